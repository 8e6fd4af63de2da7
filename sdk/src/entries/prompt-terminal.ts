/** The prompt in a terminal. */

export type { PromptAction, PromptActionId, PromptState, PromptView } from "../prompt/prompt-view.ts";
export {
  type AskOptions,
  askInTerminal,
  type TerminalAnswer,
  type TerminalInput,
  type TerminalOutput,
} from "../prompt/terminal/ask.ts";
export {
  renderTerminal,
  type TerminalLook,
  type TerminalStream,
  terminalLook,
} from "../prompt/terminal/render.ts";
