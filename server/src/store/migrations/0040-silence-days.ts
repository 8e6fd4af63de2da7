import type { Definition } from "./ddl.ts";

/** After how many days without an answer a partner's self-billed invoice counts as accepted, where that is agreed. */
export const silenceDays: Definition = ({ int64 }) => [
  `alter table partner_agreements add column silence_days ${int64} check (silence_days between 1 and 365)`,
];
