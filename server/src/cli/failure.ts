import type { ConfigError, ConfigProblem } from "../config/config-error.ts";
import type { ExitCode } from "./terminal.ts";

/** A failure as it is told: the code to programs, the sentences to a person. */
export interface Failure {
  exit: ExitCode;
  code: string;
  message: string;
  /** Lines under the message, one for each problem. */
  problems?: readonly ConfigProblem[];
  /** The configuration that has them, where the error says so. */
  file?: string | undefined;
}

/** What only the command line refuses. */
export class CommandRefusal extends Error {
  override readonly name = "CommandRefusal";
  readonly code: "files_exist" | "interrupted" | "key_missing" | "usage";

  constructor(code: CommandRefusal["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Says what went wrong. Errors are known by name and shape, since their classes belong to rooms that a light command
 * does not load.
 */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { exit: 1, code: "internal_error", message: String(error) };
  const { problems, code, file } = error as Partial<ConfigError> & { code?: unknown };
  if (problems !== undefined) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return { exit: 2, code: "config_invalid", message: `The configuration has ${count}.`, problems, file };
  }
  if (error.name === "Refusal" && typeof code === "string") {
    return { exit: code === "request_invalid" ? 2 : 1, code, message: error.message };
  }
  if (/^(Stamp(File)?|Backup)Error$/.test(error.name) && typeof code === "string") {
    return { exit: 1, code, message: error.message };
  }
  if (error instanceof CommandRefusal) {
    return { exit: error.code === "usage" ? 2 : 1, code: error.code, message: error.message };
  }
  if (error.name === "ShopApiError") return { exit: 1, code: "shop_api_failed", message: error.message };
  if (error.name === "StartError") return { exit: 1, code: "start_failed", message: error.message };
  if (/^(Database|Migration|NotDurable)Error$/.test(error.name)) {
    return { exit: 1, code: "database_unusable", message: sentenceOf(wordsOf(error)) };
  }
  return (
    fileFailure(error) ?? sqliteFailure(error) ?? { exit: 1, code: "internal_error", message: wordsOf(error) }
  );
}

/** What the system says of a file, as a person says it. */
const fileFailures: Readonly<Record<string, readonly [code: string, sentence: (path: string) => string]>> = {
  ENOENT: ["file_missing", (path) => `There is no file ${path}.`],
  ENOTDIR: ["file_missing", (path) => `There is no file ${path}.`],
  EACCES: ["file_unusable", (path) => `This user may not use ${path}.`],
  EPERM: ["file_unusable", (path) => `This user may not use ${path}.`],
  EISDIR: ["file_unusable", (path) => `${path} is a folder, and a file is expected.`],
  ENOSPC: ["file_unusable", (path) => `There is no room left on the disk of ${path}.`],
  EROFS: ["file_unusable", (path) => `${path} is on a disk that is mounted read-only.`],
};

/** An error of the file system, which names a path; undefined for every other. */
function fileFailure(error: Error): Failure | undefined {
  const { code = "", path } = error as NodeJS.ErrnoException;
  // Node does not name what it could open and not read.
  const named = path ?? (code === "EISDIR" ? "That" : undefined);
  const found = fileFailures[code];
  if (named === undefined || found === undefined) return undefined;
  return { exit: 1, code: found[0], message: found[1](named) };
}

/** What SQLite says by number, as a person says it: https://sqlite.org/rescode.html, the low byte of the code. */
const sqliteFailures: Readonly<Record<number, string>> = {
  5: "Another program is writing to the database and does not end: try again, or end that program.",
  8: "The database is read-only for this user.",
  11: "The database is damaged: stop the receiver, keep the file, and restore a backup (tallystick backup restore).",
  13: "There is no room left on the disk of the database.",
  26: "The file that `database` names is no SQLite database: see whether the path is right.",
};

function sqliteFailure(error: Error): Failure | undefined {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code !== "ERR_SQLITE_ERROR" || typeof errcode !== "number") return undefined;
  const message = sqliteFailures[errcode & 0xff];
  return message === undefined ? undefined : { exit: 1, code: "database_unusable", message };
}

const sentenceOf = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?)]$/.test(words) ? "" : "."}`;

/** An error's words with its causes'. Some errors of the network have none of their own, only those they gather. */
function wordsOf(error: Error): string {
  const gathered = error instanceof AggregateError ? error.errors : [];
  const words = [error.message, ...gathered.map((one) => (one instanceof Error ? one.message : String(one)))]
    .filter((text) => text !== "")
    .join("; ");
  const own = words || error.name;
  const cause = error.cause instanceof Error ? wordsOf(error.cause) : "";
  // Some errors repeat their cause's words in their own.
  return own.includes(cause) ? own : `${own} (${cause})`;
}
