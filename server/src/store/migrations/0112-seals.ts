import type { Definition } from "./ddl.ts";

/**
 * A keyed hash in each event and each decision, so that one that the receiver did not write is told from one that it did.
 * What stands there already has none: which rows these are is noted when the receiver starts.
 */
export const seals: Definition = () => [
  "alter table events add column seal text",
  "alter table decisions add column seal text",
];
