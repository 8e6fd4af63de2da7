import type { RenewalClient } from "@tallystick/sdk";
import {
  answerPrompt,
  loadLanguage,
  type PromptOptions,
  promptView,
  writeText,
} from "@tallystick/sdk/prompt";
import { type AskOptions, askInTerminal } from "@tallystick/sdk/prompt/terminal";

/** The terminal a tool runs in: `{ input: process.stdin, output: process.stderr, env: process.env }`. */
export type ToolTerminal = Pick<AskOptions, "input" | "output" | "env">;

/**
 * A tool's last line of work: asks when something is due, after the output that the customer came for. Standard output
 * stays clean, and in a pipe or a script the prompt is a few lines on standard error that wait for nobody.
 */
export async function askAfterWork(
  renewal: RenewalClient,
  terminal: ToolTerminal,
  options: PromptOptions = {},
): Promise<"interrupted" | "done"> {
  const language = await loadLanguage(Intl.DateTimeFormat().resolvedOptions().locale);
  const view = promptView(renewal, { ...options, language });
  if (view === null || renewal.markShown().code !== "shown") return "done";
  const answer = await askInTerminal(view, { ...terminal, hint: writeText(language, language.texts.choose) });
  if (answer === "interrupted" || answer === "later") return answer === "later" ? "done" : answer;
  const { said } = await answerPrompt(renewal, answer, { language });
  // A key is entered by another command of the tool.
  terminal.output.write(`${said ?? "Enter it with: acme-tool activate KEY"}\n`);
  return "done";
}
