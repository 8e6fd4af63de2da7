import { type Definition, oneOf } from "./ddl.ts";

/** Decisions that partners contest: what each claims, the thread, and the ruling. */
export const disputes: Definition = ({ text, int64, bytes, clustered, appendOnly }) => [
  `create table disputes (
    id ${text} primary key not null,
    partner_id ${text} not null references partners (id),
    claim text not null,
    order_key ${text},
    state text not null ${oneOf("state", ["open", "answered", "ruled"])},
    opened_at ${int64} not null,
    due_at ${int64},
    remind_at ${int64},
    ruled_at ${int64},
    granted ${int64} check (granted in (0, 1)),
    entries ${int64} not null,
    check ((state = 'ruled') = (ruled_at is not null)),
    check (state = 'open' or due_at is null)
  ) ${clustered}`,
  "create index disputes_by_partner on disputes (partner_id, id)",
  "create index disputes_by_state on disputes (state, id)",
  "create index disputes_by_order on disputes (order_key) where order_key is not null",
  // Whose money is on hold: no longer than what is not ruled on.
  "create index disputes_contested on disputes (order_key) where state <> 'ruled' and order_key is not null",
  // What waits for the vendor, the most urgent first: no longer than what is not done.
  "create index disputes_due on disputes (due_at, id) where due_at is not null",
  "create index disputes_to_remind on disputes (remind_at) where remind_at is not null",
  "create index disputes_unruled on disputes (partner_id) where state <> 'ruled'",
  `create table dispute_entries (
    dispute_id ${text} not null references disputes (id),
    seq ${int64} not null check (seq > 0),
    author text not null ${oneOf("author", ["partner", "vendor", "receiver"])},
    kind text not null ${oneOf("kind", ["claim", "message", "answer", "note", "reminder", "ruling"])},
    text text,
    file_name text,
    file_type text,
    file_bytes ${int64},
    file ${bytes},
    actor ${text},
    at ${int64} not null,
    primary key (dispute_id, seq)
  ) ${clustered}`,
  ...appendOnly("dispute_entries"),
];
