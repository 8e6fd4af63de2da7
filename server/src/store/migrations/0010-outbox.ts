import { type Definition, oneOf } from "./ddl.ts";

/** What is to be sent to partners and networks, and where to. */
export const outbox: Definition = ({ text, int64, bytes, clustered }) => [
  `create table outbox_destinations (
    id ${text} primary key not null,
    partner_id ${text} not null references partners (id),
    kind text not null ${oneOf("kind", ["webhook", "network"])},
    network ${text},
    url text,
    secret ${bytes},
    previous_secret ${bytes},
    previous_until ${int64},
    settings text not null,
    status text not null ${oneOf("status", ["active", "removed"])},
    created_at ${int64} not null,
    changed_at ${int64} not null,
    check ((kind = 'network') = (network is not null))
  ) ${clustered}`,
  "create index outbox_destinations_by_partner on outbox_destinations (partner_id)",

  `create table outbox (
    id ${text} primary key not null,
    destination_id ${text} not null references outbox_destinations (id),
    order_key ${text} not null,
    seq ${int64} not null check (seq > 0),
    kind text not null ${oneOf("kind", ["convert", "adjust", "reverse"])},
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
  // The order's own column comes first: what is looked for is what one order was told to all who hear of it.
  "create unique index outbox_by_order on outbox (order_key, destination_id, seq)",
  // A row that is not to be sent, or waits for an earlier one of its order, is in neither of these.
  "create index outbox_due on outbox (due_at) where due_at is not null",
  "create index outbox_due_by_destination on outbox (destination_id, due_at) where due_at is not null",
  // An id begins with the time at which its row was written, so lists go by it.
  "create index outbox_by_state on outbox (state, id)",
];
