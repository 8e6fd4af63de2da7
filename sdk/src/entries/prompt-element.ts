/** The custom element `tallystick-prompt`. Importing this file defines it. */
import { definePrompt } from "../prompt/element/element.ts";

export {
  answerEvent,
  elementName,
  type PromptAnswerEvent,
  TallystickPrompt,
} from "../prompt/element/element.ts";
export type { PromptAction, PromptActionId, PromptState, PromptView } from "../prompt/prompt-view.ts";

definePrompt();
