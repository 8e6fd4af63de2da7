import { type Definition, oneOf } from "./ddl.ts";

/** What people book by hand, each with its reason; the booking itself stands in the journal. */
export const adjustments: Definition = ({ engine, text, int64, appended }) => [
  `create table adjustments (
    adjustment_no ${engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key"},
    adjustment_id ${text} not null unique,
    partner_id ${text} not null references partners (id),
    kind text not null ${oneOf("kind", ["adjustment", "allowance", "bonus", "opening"])},
    amount_minor ${int64} not null check (amount_minor <> 0),
    currency ${text} not null,
    reference text not null,
    note text not null,
    allowance text ${oneOf("allowance", ["warehousing", "transport", "marketing"])},
    budget text,
    claim ${text},
    reverses ${text} references adjustments (adjustment_id),
    status text not null ${oneOf("status", ["pending", "booked", "refused"])},
    entered_by text not null,
    entered_at ${int64} not null,
    decided_by text,
    decided_at ${int64},
    check ((kind = 'allowance') = (allowance is not null)),
    check ((allowance is not null) = (budget is not null) and (budget is not null) = (claim is not null)),
    check ((decided_by is null) = (decided_at is null)),
    check (decided_by is null or decided_by <> entered_by)
  ) ${appended}`,
  "create index adjustments_by_partner on adjustments (partner_id, adjustment_no)",
  "create index adjustments_by_status on adjustments (status, adjustment_no)",
  "create index adjustments_by_claim on adjustments (partner_id, claim) where claim is not null",
  // What was refused may be reversed anew; what stands is reversed once.
  `create unique index adjustments_reversed_once on adjustments (reverses)
    where reverses is not null and status <> 'refused'`,
];
