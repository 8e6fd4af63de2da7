import { type Definition, oneOf } from "./ddl.ts";

/** What people are to be told, and the mail that tells them. */
export const mail: Definition = ({ text, int64, bytes, clustered }) => [
  `create table notices (
    id ${text} primary key not null,
    kind ${text} not null,
    partner_id ${text} references partners (id),
    person_id ${text} references people (id),
    facts text not null,
    once_key ${text} not null,
    told_at ${int64},
    noted_at ${int64} not null
  ) ${clustered}`,
  "create unique index notices_once on notices (once_key)",
  "create index notices_untold on notices (id) where told_at is null",
  "create index notices_told on notices (told_at) where told_at is not null",

  `create table mails (
    id ${text} primary key not null,
    kind ${text} not null,
    lane ${text} not null,
    recipient_hash ${text} not null,
    sealed ${bytes} not null,
    once_key ${text} not null,
    state text not null ${oneOf("state", ["pending", "sent", "failed", "dropped"])},
    due_at ${int64},
    lease ${text},
    attempts ${int64} not null,
    tried_since ${int64},
    problem text,
    created_at ${int64} not null,
    expires_at ${int64},
    settled_at ${int64},
    check ((due_at is not null) = (state = 'pending')),
    check ((settled_at is null) = (state = 'pending'))
  ) ${clustered}`,
  "create unique index mails_once on mails (once_key)",
  // What is sent or given up is in neither of these.
  "create index mails_due on mails (due_at) where due_at is not null",
  "create index mails_by_lane on mails (lane, id) where due_at is not null",
  "create index mails_by_state on mails (state, id)",
  "create index mails_settled on mails (settled_at) where settled_at is not null",
];
