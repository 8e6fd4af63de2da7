import type { TokenRefusal } from "../protocol/index.ts";
import type { ReadRefusal } from "./token-store.ts";

/** Something that was kept and could not be used, or could not be kept. Nothing is lost by it but memory. */
export interface StoreProblem {
  /**
   * A refusal to read; `file_damaged`: not what the SDK writes; `file_unwritable`: kept for this process only;
   * or why a stored token is refused, such as a token of another product.
   */
  code: ReadRefusal | "file_damaged" | "file_unwritable" | TokenRefusal;
  /** The file. */
  where: string;
  /** Whether it was moved to `….set-aside` beside its place. */
  setAside: boolean;
}

/** Collects problems, each once. */
export interface ProblemList {
  add(problem: StoreProblem): void;
  all(): StoreProblem[];
}

/** A long-running product meets the same problem at every look: it is noted once. */
export function createProblemList(): ProblemList {
  const problems = new Map<string, StoreProblem>();
  return {
    add: (problem) => void problems.set(JSON.stringify(problem), problem),
    all: () => [...problems.values()],
  };
}
