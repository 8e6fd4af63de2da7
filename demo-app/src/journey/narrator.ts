import { styleText } from "node:util";
import type { LogLine } from "../receiver/log-lines.ts";

/** Tells the journey: a plain sentence for each step, the receiver's own lines under it, and what it came to. */
export interface Narrator {
  say(text: string): void;
  /**
   * Says the sentence, does the work and says what came of it. Work that takes too long has failed.
   *
   * @throws {StepError} when the work fails
   */
  step<T>(step: Step<T>): Promise<T>;
  /** Prints a line of the receiver's log as it was written. */
  logLine(line: LogLine): void;
}

/** One step of the journey. */
interface Step<T> {
  sentence: string;
  /** Where a person should look when it fails. */
  lookAt: string;
  work(): Promise<T>;
  /** What it came to, for people; a line each. */
  outcome(result: T): string | readonly string[];
}

/** A step has failed; the message says which, why, and what to look at. */
export class StepError extends Error {
  override readonly name = "StepError";
}

/** How long a step may take by default. */
const stepWithinMs = 600_000;

/** What the narrator writes to: standard output, or an array in a test. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Makes a narrator. Colours only on a terminal, and not when NO_COLOR asks for none. */
export function createNarrator(output: Output, env: NodeJS.ProcessEnv, withinMs = stepWithinMs): Narrator {
  const coloured = output.isTTY === true && !env.NO_COLOR;
  const paint = (style: "bold" | "green" | "red" | "gray" | "yellow", text: string) =>
    coloured ? styleText(style, text, { validateStream: false }) : text;
  const print = (text: string) => output.write(`${text}\n`);
  let count = 0;

  return {
    say: print,
    logLine: ({ text, event }) =>
      print(`    ${paint("gray", "│")} ${paint(event === undefined ? "yellow" : "gray", text)}`),
    async step({ sentence, lookAt, work, outcome }) {
      count += 1;
      const number = count;
      print(`\n${paint("bold", `${String(number).padStart(2)}  ${sentence}`)}`);
      try {
        const result = await inTime(work(), withinMs);
        for (const line of [outcome(result)].flat()) print(`    ${paint("green", "✓")} ${line}`);
        return result;
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        print(`    ${paint("red", "✗")} ${why}`);
        throw new StepError(`Step ${number} failed: ${sentence}\n  Why: ${why}\n  Look at: ${lookAt}`, {
          cause,
        });
      }
    },
  };
}

async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${withinMs / 1000} s`)), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
