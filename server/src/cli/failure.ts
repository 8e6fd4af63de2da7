import type { ConfigProblem } from "../config/config-error.ts";
import type { ExitCode } from "./terminal.ts";

/** A failure as it is told: the code to programs, the sentences to a person. */
export interface Failure {
  exit: ExitCode;
  code: string;
  message: string;
  /** Lines under the message, one for each problem. */
  problems?: readonly ConfigProblem[];
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
  const { problems, code } = error as { problems?: readonly ConfigProblem[]; code?: unknown };
  if (problems !== undefined) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return { exit: 2, code: "config_invalid", message: `The configuration has ${count}.`, problems };
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
  if (error.name === "StartError") return { exit: 1, code: "start_failed", message: error.message };
  const file = fileFailure(error);
  return file ?? { exit: 1, code: "internal_error", message: wordsOf(error) };
}

/** Why a file could not be read or written, by Node's codes: nearly always one that a person named. */
function fileFailure(error: Error): Failure | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  // Node does not name what it could open and not read.
  if (code === "EISDIR")
    return {
      exit: 1,
      code: "file_unusable",
      message: `${path ?? "That"} is a folder, and a file is needed.`,
    };
  if (typeof path !== "string") return undefined;
  switch (code) {
    case "ENOENT":
      return { exit: 1, code: "file_missing", message: `There is no file ${path}.` };
    case "EACCES":
    case "EPERM":
      return { exit: 1, code: "file_unusable", message: `This user may not use the file ${path}.` };
    default:
      return undefined;
  }
}

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
