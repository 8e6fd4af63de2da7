import type { PromptActionId, PromptView } from "../prompt-view.ts";
import { renderTerminal, type TerminalStream, terminalLook } from "./render.ts";

/** What is written to, such as `process.stderr`. */
export interface TerminalOutput extends TerminalStream {
  /** Writes text with escape sequences; what it returns is ignored. */
  write(text: string): unknown;
}

/** What is read from, such as `process.stdin`. */
export interface TerminalInput extends TerminalStream {
  /** As `tty.ReadStream`. Without it no single key can be read, and the view is written without choices. */
  setRawMode?: ((raw: boolean) => unknown) | undefined;
  /** As `EventEmitter.on`. */
  on(event: "data" | "end" | "error" | "close", listener: (chunk: Uint8Array | string) => void): unknown;
  /** As `EventEmitter.off`. */
  off(event: "data" | "end" | "error" | "close", listener: (chunk: Uint8Array | string) => void): unknown;
  /** As `Readable.resume`. */
  resume(): unknown;
  /** As `Readable.pause`. */
  pause(): unknown;
}

/** Where to ask. */
export interface AskOptions {
  /** Standard error by choice: what the program prints stays clean. */
  output: TerminalOutput;
  /** Where the key comes from. */
  input: TerminalInput;
  /** As `process.env`: for colours. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What stands below the choices: the text `choose` of the language. */
  hint?: string | undefined;
}

/** What the customer pressed. `later`: Enter, Escape, or no number; `interrupted`: Ctrl-C, which the program is to heed. */
export type TerminalAnswer = PromptActionId | "later" | "interrupted";

/**
 * Shows a view and waits for a key: a number is a choice, Enter or Escape decide later. Where nobody can answer, since
 * input or output is no terminal, the view is written without choices and without colours, and nothing is waited for.
 * A terminal that goes away decides later too. Never throws.
 *
 * @example
 * ```ts
 * const answer = await askInTerminal(shown, { input: process.stdin, output: process.stderr, env: process.env });
 * ```
 */
export async function askInTerminal(view: PromptView, options: AskOptions): Promise<TerminalAnswer> {
  try {
    return await ask(view, options);
  } catch {
    return "later";
  }
}

async function ask(view: PromptView, options: AskOptions): Promise<TerminalAnswer> {
  const { input, output, env = {}, hint } = options;
  const choices = input.isTTY === true && output.isTTY === true;
  output.write(`${renderTerminal(view, { ...terminalLook(output, env), choices })}\n`);
  if (!choices) return "later";
  const key = await readKey(input, () => hint !== undefined && output.write(`\n${hint} `));
  output.write("\n");
  if (key === "\u0003") return "interrupted";
  return view.actions[Number(key) - 1]?.id ?? "later";
}

/**
 * One key, or one line where the terminal gives only those; nothing when the input ends, fails or is closed. What was
 * typed before it is no answer: the terminal hands it over in the turns of the event loop that follow, and it is dropped.
 */
async function readKey(input: TerminalInput, onReady: () => void): Promise<string> {
  const ends = ["end", "error", "close"] as const;
  input.setRawMode?.(true);
  try {
    return await new Promise<string>((resolve, reject) => {
      let asked = false;
      const settle = (text: string) => {
        input.off("data", onData);
        for (const event of ends) input.off(event, onEnd);
        resolve(text);
      };
      const onData = (chunk: Uint8Array | string) =>
        asked && settle((typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)).trim());
      const onEnd = () => settle("");
      input.on("data", onData);
      for (const event of ends) input.on(event, onEnd);
      input.resume();
      const ask = () => {
        asked = true;
        onReady();
      };
      afterTurns(3).then(ask).catch(reject);
    });
  } finally {
    input.setRawMode?.(false);
    input.pause();
  }
}

async function afterTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
