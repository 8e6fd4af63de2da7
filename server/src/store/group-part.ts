import type { Statement } from "./query.ts";

/**
 * What a statement that writes does, so that PostgreSQL can run it for a group of transactions at once. It is said where
 * the statement is defined. What it says is never trusted for correctness alone: a row that turns out to be there fails
 * the whole group, and its members go alone. `key` are the members of its parameters that name the row.
 */
export type GroupPart<Member extends string = string, P = object> =
  /** Inserts a row that no other transaction makes. It is written when the group commits. */
  | { does: "insert"; table: string }
  /**
   * Inserts a row unless it is there, and so locks its name. `taken` finds what stands in its way. A missing row is
   * written when the group commits: a rival that was faster is then an error of the group.
   */
  | { does: "claim"; table: string; key: readonly Member[]; taken: Statement }
  /** Some claims in one statement: a row for each, as `each` takes them. */
  | { does: "claims"; each: Statement; rows(params: P): readonly object[] }
  /** Locks one row by an update that changes nothing, and reads it. `there` finds it without locking it. */
  | { does: "lock"; table: string; key: readonly Member[]; there: Statement }
  /** Changes a row that the transaction has locked: where `matches` finds it, or always. */
  | { does: "update"; table: string; key: readonly Member[]; matches?: Statement }
  /** Adds to the sums of a row, or makes it. `tells` reads what the statement returns beside it, where it does. */
  | { does: "add"; table: string; key: readonly Member[]; sums: readonly Member[]; tells?: Statement };
