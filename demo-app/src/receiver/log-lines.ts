import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** One line of the receiver's log, as it was written and as it reads. */
export interface LogLine {
  text: string;
  /** Absent when the line is not the JSON of a log. */
  event?: string;
  fields: Record<string, unknown>;
}

/** The receiver's log so far, and what is still to come. */
export interface LogLines {
  readonly all: readonly LogLine[];
  /** Reads a further stream, such as that of a receiver that was started again. */
  follow(stream: Readable): void;
  /** Calls back for each line from now on. */
  each(listener: (line: LogLine) => void): void;
  /**
   * The first line of an event, from a place in `all` on.
   *
   * @throws when it does not come in time
   */
  waitFor(event: string, options?: WaitOptions): Promise<LogLine>;
  /** The same for the first of several events. */
  waitForOneOf(events: readonly string[], options?: WaitOptions): Promise<LogLine>;
}

/** Where to begin, and how long to wait: two minutes by default. */
interface WaitOptions {
  from?: number;
  withinMs?: number;
}

/** Gathers log lines. */
export function createLogLines(): LogLines {
  const all: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();

  return {
    all,
    follow(stream) {
      createInterface({ input: stream }).on("line", (text) => {
        const line = readLine(text);
        all.push(line);
        for (const listener of listeners) listener(line);
      });
    },
    each: (listener) => void listeners.add(listener),
    waitFor: (event, options) => waitForOneOf([event], options),
    waitForOneOf,
  };

  function waitForOneOf(
    events: readonly string[],
    { from = 0, withinMs = 120_000 }: WaitOptions = {},
  ): Promise<LogLine> {
    const isIt = (line: LogLine) => line.event !== undefined && events.includes(line.event);
    const known = all.slice(from).find(isIt);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const listener = (line: LogLine) => {
        if (!isIt(line)) return;
        settle();
        resolve(line);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`the receiver logged no ${events[0]} within ${withinMs / 1000} s`));
      }, withinMs).unref();
      const settle = () => {
        clearTimeout(timer);
        listeners.delete(listener);
      };
      listeners.add(listener);
    });
  }
}

function readLine(text: string): LogLine {
  try {
    const fields = JSON.parse(text) as Record<string, unknown>;
    return { text, fields, ...(typeof fields.event === "string" ? { event: fields.event } : {}) };
  } catch {
    return { text, fields: {} };
  }
}
