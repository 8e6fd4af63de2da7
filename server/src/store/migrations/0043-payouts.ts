import { type Definition, oneOf } from "./ddl.ts";

/** What is sent to partners: batches that one person proposes and another approves, and what becomes of each item. */
export const payouts: Definition = ({ text, int64, clustered }) => [
  `create table payout_batches (
    id ${text} primary key not null,
    currency ${text} not null,
    channel text not null ${oneOf("channel", ["bank", "wise", "paypal"])},
    state text not null ${oneOf("state", ["proposed", "approved", "exported", "settled", "cancelled"])},
    minimum_minor ${int64} not null check (minimum_minor > 0),
    until_at ${int64},
    proposed_by ${text} not null,
    proposed_at ${int64} not null,
    approved_by ${text},
    approved_at ${int64},
    format text,
    execute_on ${text},
    exported_by ${text},
    exported_at ${int64},
    settled_at ${int64},
    cancelled_by ${text},
    cancelled_at ${int64},
    check (approved_by is null or approved_by <> proposed_by)
  ) ${clustered}`,
  `create table payout_items (
    id ${text} primary key not null,
    batch_id ${text} not null references payout_batches (id),
    row_no ${int64} not null check (row_no > 0),
    partner_id ${text} not null references partners (id),
    currency ${text} not null,
    amount_minor ${int64} not null check (amount_minor > 0),
    details_version ${int64} not null,
    state text not null ${oneOf("state", ["open", "confirmed", "failed", "returned", "cancelled"])},
    sent ${int64} not null check (sent in (0, 1)),
    why text,
    bank_status ${text},
    settled_at ${int64},
    settled_by ${text},
    returned_at ${int64},
    check (state = 'open' or state = 'cancelled' or settled_at is not null),
    check ((state = 'returned') = (returned_at is not null))
  ) ${clustered}`,
  "create unique index payout_items_by_row on payout_items (batch_id, row_no)",
  // What is reserved: few rows, however long the history.
  "create index payout_items_open on payout_items (currency, partner_id) where state = 'open'",
  "create index payout_items_by_partner on payout_items (partner_id, id)",
  "create index payout_items_by_day on payout_items (settled_at) where settled_at is not null",
  "create index payout_items_returned on payout_items (returned_at) where returned_at is not null",
];
