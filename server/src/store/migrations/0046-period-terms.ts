import type { Definition } from "./ddl.ts";

/** What the terms of plans came to when periods were closed, and which periods were. */
export const periodTerms: Definition = ({ text, int64, clustered, appendOnly }) => [
  `create table closed_periods (
    period ${text} primary key not null,
    closed_at ${int64} not null
  ) ${clustered}`,
  ...appendOnly("closed_periods"),
  `create table period_terms (
    closed_in ${text} not null,
    partner_id ${text} not null,
    term ${text} not null,
    currency ${text} not null,
    period ${text} not null,
    plan_id ${text} not null,
    version ${int64} not null,
    counted ${int64} not null,
    amount_minor ${int64} not null,
    change_minor ${int64} not null,
    why text not null,
    closed_at ${int64} not null,
    primary key (closed_in, partner_id, term, currency, period)
  ) ${clustered}`,
  "create index period_terms_by_partner on period_terms (partner_id, period)",
  ...appendOnly("period_terms"),
];
