import { type Definition, oneOf } from "./ddl.ts";

/**
 * What came from another programme: every row with its own id, currency and status, whose name there is which partner
 * here, and what was booked for it. No address and no licence stands in it.
 */
export const imports: Definition = ({ text, int64, clustered }) => [
  `create table import_rows (
    programme ${text} not null,
    kind ${text} not null ${oneOf("kind", ["partner", "commission", "customer"])},
    source_id ${text} not null,
    partner_id ${text} not null references partners (id),
    status text not null,
    amount_minor ${int64},
    currency ${text},
    unit text,
    unit_amount text,
    account text check (account is null or account = 'held' or account = 'payable' or account = 'paid'),
    sale_id ${text},
    sale_minor ${int64},
    sale_currency ${text},
    earned_at ${int64},
    due_at ${int64},
    version ${int64} not null,
    imported_at ${int64} not null,
    primary key (programme, kind, source_id),
    check (account is null or (amount_minor is not null and currency is not null))
  ) ${clustered}`,
  "create index import_rows_due on import_rows (due_at) where account = 'held' and due_at is not null",

  `create table import_names (
    programme ${text} not null,
    name ${text} not null,
    partner_id ${text} not null references partners (id),
    primary key (programme, name)
  ) ${clustered}`,
];
