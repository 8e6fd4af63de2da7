import { createRequire } from "node:module";
// Taken from the module rather than the global object, so that a test's false clock does not stop the log.
import { setImmediate } from "node:timers";
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
export type LogLevel = (typeof levels)[number];

const levels = ["info", "warn", "error"] as const;

/** Anything that takes finished lines, such as a list in a test. */
export interface LineSink {
  /** Takes one line with its line feed. */
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
  let least: number | undefined;
  const write = (level: LogLevel, line: () => object): void => {
    least ??= levels.indexOf(
      (typeof options.level === "function" ? options.level() : options.level) ?? "info",
    );
    if (levels.indexOf(level) >= least) stream.write(textOf(level, line()));
  };
  return {
    info: (event, fields) => write("info", () => lineOf(event, fields)),
    warn: (event, fields, cause) => write("warn", () => lineOf(event, fields, cause)),
    error: (event, fields, cause) => write("error", () => lineOf(event, fields, cause)),
    flush,
  };
}

/** A line as pino writes it; that pino writes any field of any object costs seven times as much, for each purchase. */
const textOf = (level: LogLevel, line: object): string =>
  `{"level":"${level}","time":"${timeNow()}",${JSON.stringify(line).slice(1)}\n`;

const newestTime = { milliseconds: Number.NaN, text: "" };

/** Lines of one millisecond have the same time. */
function timeNow(): string {
  const now = Date.now();
  if (now !== newestTime.milliseconds) {
    newestTime.milliseconds = now;
    newestTime.text = new Date(now).toISOString();
  }
  return newestTime.text;
}

/** Loads pino where its stream is used: most commands write for a person. */
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
  return oneWriteATurn(stream);
}

/**
 * Hands the stream all lines of a turn of the event loop at once: it counts all bytes that wait in it again for each
 * text that it is given. At exit nothing is left here, however the process comes to it.
 */
function oneWriteATurn(stream: LineSink & { flushSync(): void }) {
  let lines: string[] = [];
  const pass = () => {
    const text = lines.join("");
    lines = [];
    if (text !== "") stream.write(text);
  };
  const flush = () => {
    try {
      pass();
      stream.flushSync();
    } catch {
      // The reader is gone: there is nobody left to tell.
    }
  };
  const write = (line: string) => {
    if (lines.push(line) === 1) setImmediate(passQuietly);
  };
  const passQuietly = () => {
    try {
      pass();
    } catch {
      // As above; it is the log that ends then, never the receiver.
    }
  };
  process.once("exit", flush);
  return { stream: { write }, flush };
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
