import type { Definition } from "./ddl.ts";

/** The console counts the deals that wait for an answer on each of its pages. */
export const dealsWaiting: Definition = () => [
  "create index deals_waiting on deals (deal_id) where state = 'registered'",
];
