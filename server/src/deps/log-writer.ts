import { createRequire } from "node:module";
import type { Logger } from "pino";
import { type Log, type LogEvent, type LogFieldName, type LogFields, logFieldNames } from "../words/log.ts";
import { currentRequest } from "../words/request-scope.ts";

const allowedNames: ReadonlySet<string> = new Set(logFieldNames);

/** What must not stand even in a field that is allowed: text from outside may hold it. */
const suspicious = /@|%40|eyJ|whsec_|sk_|\?/;
const scrubbings: readonly [RegExp, string][] = [
  [/(https?:\/\/[^\s?"'<>]*)\?[^\s"'<>]*/g, "$1?[query]"],
  [/eyJ[\w-]*\.[\w-]+(\.[\w-]*)?/g, "[token]"],
  [/\b(whsec|sk)_[\w+/=-]+/g, "[secret]"],
  [/[^\s"'<>(),;:=]+(@|%40)[^\s"'<>(),;:=]+/g, "[address]"],
];

/** The levels of lines, the least first. */
export type LogLevel = "info" | "warn" | "error";

/** Anything that takes finished lines, such as a list in a test. */
export interface LineSink {
  write(line: string): void;
}

/**
 * Makes the log: JSON lines with `time` (ISO 8601), `level` (a word) and `event` first, written without blocking;
 * or lines for a person when `pretty`. What is buffered is written by `flush`, which the entry point calls at exit.
 * A reader that goes away (a closed pipe) stops the log, never the receiver.
 *
 * @param options.destination a file descriptor (1 is standard output, 2 standard error) or a sink
 * @param options.level the least level that is written, `info` by default; asked for with the first line where it is a function
 */
export async function createLog(options: {
  destination: 1 | 2 | LineSink;
  pretty?: boolean;
  level?: LogLevel | (() => LogLevel);
}): Promise<Log> {
  const { stream, flush } = await openStream(options.destination, options.pretty ?? false);
  let made: Logger | undefined;
  const writer = (): Logger => {
    if (made !== undefined) return made;
    const { pino, stdTimeFunctions } = loadPino();
    made = pino(
      {
        base: null,
        level: (typeof options.level === "function" ? options.level() : options.level) ?? "info",
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (word) => ({ level: word }) },
      },
      stream,
    );
    return made;
  };
  return {
    info: (event, fields) => writer().info(lineOf(event, fields)),
    warn: (event, fields, cause) => writer().warn(lineOf(event, fields, cause)),
    error: (event, fields, cause) => writer().error(lineOf(event, fields, cause)),
    flush,
  };
}

/** Loads the logger when the first line is written: most commands write none, and it has thirty files. */
const loadPino = () => createRequire(import.meta.url)("pino") as typeof import("pino");

async function openStream(destination: 1 | 2 | LineSink, pretty: boolean) {
  if (typeof destination === "object") return { stream: destination, flush: () => {} };
  if (pretty) {
    const { default: pinoPretty } = await import("pino-pretty");
    const stream = pinoPretty({
      destination,
      sync: true,
      ignore: "event",
      messageFormat: "{event}",
      translateTime: "HH:MM:ss",
      singleLine: true,
    });
    return { stream, flush: () => {} };
  }
  const stream = loadPino().destination({ dest: destination, sync: false, minLength: 0 });
  stream.on("error", () => {});
  return { stream, flush: () => flushQuietly(stream) };
}

function flushQuietly(stream: { flushSync(): void }): void {
  try {
    stream.flushSync();
  } catch {
    // The reader is gone: there is nobody left to tell.
  }
}

function lineOf(event: LogEvent, fields: LogFields | undefined, cause?: unknown): object {
  const line: Record<string, unknown> = { event };
  let withheld: string[] | undefined;
  for (const name in fields) {
    const value = fields[name as LogFieldName];
    if (value === undefined) continue;
    if (allowedNames.has(name)) line[name] = typeof value === "string" ? scrub(value) : value;
    else withheld = [...(withheld ?? []), name];
  }
  const request = currentRequest();
  if (request !== undefined) line.request = request;
  if (withheld !== undefined) line.withheld = withheld;
  if (cause !== undefined) line.error = describeError(cause);
  return line;
}

function scrub(text: string): string {
  if (!suspicious.test(text)) return text;
  return scrubbings.reduce((clean, [pattern, word]) => clean.replace(pattern, word), text);
}

/** The error's own words and those of its causes, and nothing else of it: drivers hang whole rows on their errors. */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === "string" ? { code } : {}),
    message: scrub(error.message),
    ...(error.stack === undefined ? {} : { stack: scrub(error.stack) }),
    ...(error.cause === undefined || depth >= 4 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
