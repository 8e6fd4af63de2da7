import { type Definition, oneOf } from "./ddl.ts";

/** What partners sent to be registered, counted: whether anything stood before is not told by it. */
export const emailTallies: Definition = ({ text, int64, clustered }) => [
  `create table email_tallies (
    partner_id ${text} not null references partners (id),
    product ${text} not null,
    origin ${text} not null ${oneOf("origin", ["import", "api", "form"])},
    sent ${int64} not null,
    first_at ${int64} not null,
    last_at ${int64} not null,
    primary key (partner_id, product, origin)
  ) ${clustered}`,
];
