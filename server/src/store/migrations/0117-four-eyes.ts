import { type Definition, oneOf } from "./ddl.ts";
import { guarding } from "./guard.ts";

const numbered = (engine: "sqlite" | "postgres"): string =>
  engine === "sqlite" ? "integer primary key" : "bigint generated always as identity primary key";

/**
 * What people moved alone, whatever they moved it with, and what waits since it is more than one person may. Adjustments
 * that were booked alone before count with the rest.
 */
export const fourEyes: Definition = ({ engine, text, int64, appended, appendOnly }) => [
  `create table booked_alone (
    booking_no ${numbered(engine)},
    deed_id ${text} not null,
    partner_id ${text} not null references partners (id),
    currency ${text} not null,
    amount_minor ${int64} not null check (amount_minor <> 0),
    booked_by text not null,
    booked_at ${int64} not null,
    takes_back ${text}
  ) ${appended}`,
  "create index booked_alone_by_partner on booked_alone (partner_id, currency, booked_at)",
  "create index booked_alone_by_deed on booked_alone (deed_id)",
  "create index booked_alone_taken_back on booked_alone (takes_back) where takes_back is not null",
  `insert into booked_alone (deed_id, partner_id, currency, amount_minor, booked_by, booked_at, takes_back)
    select adjustment_id, partner_id, currency, amount_minor, entered_by, entered_at,
      (select earlier.adjustment_id from adjustments as earlier
        where earlier.adjustment_id = adjustments.reverses and earlier.decided_by is null
          and earlier.entered_by = adjustments.entered_by)
    from adjustments where status = 'booked' and decided_by is null order by adjustment_no`,
  ...appendOnly("booked_alone"),

  `create table money_requests (
    request_no ${numbered(engine)},
    request_id ${text} not null unique,
    kind text not null ${oneOf("kind", ["import", "correction"])},
    subject text not null,
    document text not null,
    moves text not null,
    status text not null ${oneOf("status", ["gathering", "pending", "booked", "refused"])},
    entered_by text not null,
    entered_at ${int64} not null,
    decided_by text,
    decided_at ${int64},
    check ((decided_by is null) = (decided_at is null)),
    check (decided_by is null or decided_by <> entered_by)
  ) ${appended}`,
  "create index money_requests_by_status on money_requests (status, request_no)",
  ...guarding(engine, {
    table: "money_requests",
    frozen: ["request_no", "request_id", "kind", "subject", "document", "entered_by", "entered_at"],
    once: ["decided_by", "decided_at"],
    last: { when: "old.status in ('booked', 'refused')", columns: ["status", "moves"] },
    what: "what waits for a second person stays as it was entered, and is decided once",
  }),

  `alter table import_rows add column waits_for ${text} references money_requests (request_id)`,
  "alter table import_rows add column waits_row text check ((waits_row is null) = (waits_for is null))",
  `create index import_rows_waiting on import_rows (waits_for) where waits_for is not null`,
];
