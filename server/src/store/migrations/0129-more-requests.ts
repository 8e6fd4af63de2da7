import { type Definition, type Dialect, oneOf } from "./ddl.ts";
import { guarding } from "./guard.ts";

const kinds = oneOf("kind", ["import", "correction", "ruling", "assignment"]);

/** Who earned an order, and what partners are paid by, can wait for a second person too. */
export const moreRequests: Definition = (dialect) =>
  dialect.engine === "sqlite" ? rebuilt(dialect) : altered;

const columns =
  "request_no, request_id, kind, subject, document, moves, status, entered_by, entered_at, decided_by, decided_at";

/** SQLite cannot change a table's rules: a new table takes the rows over, which imported rows go on naming. */
const rebuilt = ({ engine, text, int64, appended }: Dialect): string[] => [
  "pragma defer_foreign_keys = on",
  `create table money_requests_0129 as select ${columns} from money_requests`,
  "drop table money_requests",
  `create table money_requests (
    request_no integer primary key,
    request_id ${text} not null unique,
    kind text not null ${kinds},
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
  `insert into money_requests (${columns}) select ${columns} from money_requests_0129 order by request_no`,
  "drop table money_requests_0129",
  "create index money_requests_by_status on money_requests (status, request_no)",
  ...guarding(engine, {
    table: "money_requests",
    frozen: ["request_no", "request_id", "kind", "subject", "document", "entered_by", "entered_at"],
    once: ["decided_by", "decided_at"],
    last: { when: "old.status in ('booked', 'refused')", columns: ["status", "moves"] },
    what: "what waits for a second person stays as it was entered, and is decided once",
  }),
];

const altered = [
  "alter table money_requests drop constraint money_requests_kind_check",
  `alter table money_requests add constraint money_requests_kind_check ${kinds}`,
];
