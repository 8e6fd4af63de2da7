import type { Definition } from "./ddl.ts";

/** Partners that are suspended, and those that turned out to be another's firm. */
export const partnerStanding: Definition = ({ int64, text }) => [
  `alter table partners add column suspended_at ${int64}`,
  `alter table partners add column merged_into ${text}`,
  `alter table partners add column merged_at ${int64}`,
];
