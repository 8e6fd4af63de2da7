import { type Definition, type Dialect, oneOf } from "./ddl.ts";

const kinds = oneOf("kind", ["convert", "adjust", "reverse", "notice"]);

/** A partner's webhook hears of more than its credits: of a change of its bank details, of a contested decision. */
export const outboxNotices: Definition = (dialect) =>
  dialect.engine === "sqlite" ? rebuilt(dialect) : altered;

const columns =
  "id, destination_id, order_key, seq, kind, facts, state, due_at, lease, attempts, tried_since, status, problem, conversion_id, note, created_at, settled_at";

/** SQLite cannot change a table's rules: a new table takes the rows over. */
const rebuilt = ({ text, int64, clustered }: Dialect): string[] => [
  `create table outbox_0041 (
    id ${text} primary key not null,
    destination_id ${text} not null references outbox_destinations (id),
    order_key ${text} not null,
    seq ${int64} not null check (seq > 0),
    kind text not null ${kinds},
    facts text not null,
    state text not null ${oneOf("state", ["pending", "delivered", "failed", "manual", "dropped"])},
    due_at ${int64},
    lease ${text},
    attempts ${int64} not null,
    tried_since ${int64},
    status ${int64},
    problem text,
    conversion_id text,
    note text,
    created_at ${int64} not null,
    settled_at ${int64},
    check (due_at is null or state = 'pending')
  ) ${clustered}`,
  `insert into outbox_0041 (${columns}) select ${columns} from outbox`,
  "drop table outbox",
  "alter table outbox_0041 rename to outbox",
  "create unique index outbox_by_order on outbox (order_key, destination_id, seq)",
  "create index outbox_due on outbox (due_at) where due_at is not null",
  "create index outbox_due_by_destination on outbox (destination_id, due_at) where due_at is not null",
  "create index outbox_by_state on outbox (state, id)",
];

const altered = [
  "alter table outbox drop constraint outbox_kind_check",
  `alter table outbox add constraint outbox_kind_check ${kinds}`,
];
