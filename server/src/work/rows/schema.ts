import type { Instant } from "../../words/clock.ts";

/** Something long that a person set off. */
export interface WorkRow {
  work_id: string;
  /** What is done, such as `verify`. */
  kind: string;
  /** What it is about: a shop, a plan, a file's name. */
  about: string | null;
  state: "running" | "done" | "failed";
  /** JSON: counts by name. */
  progress: string;
  /** JSON; null until it is done. */
  result: string | null;
  /** Why it failed, for the person who set it off. */
  problem: string | null;
  started_by: string;
  started_at: Instant;
  /** When whoever does it was heard last. */
  beat_at: Instant;
  ended_at: Instant | null;
  /** JSON: what it was set off with; null where the kind says all. */
  input: string | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    works: WorkRow;
  }
}
