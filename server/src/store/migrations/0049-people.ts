import { type Definition, oneOf } from "./ddl.ts";

/** Who may sign in, and who is signed in. */
export const people: Definition = ({ text, int64, bytes, clustered }) => [
  // The vendor's own people have no partner. One address may stand for several: once with the vendor, once a partner.
  `create table people (
    id ${text} primary key not null,
    partner_id ${text} references partners (id),
    role text not null ${oneOf("role", ["owner", "finance", "channel", "support", "auditor", "viewer"])},
    mail_hash ${text} not null,
    mail ${bytes} not null,
    language text,
    digest text not null ${oneOf("digest", ["daily", "weekly", "never"])},
    added_at ${int64} not null,
    added_by ${text} not null,
    last_seen_at ${int64},
    removed_at ${int64},
    check ((role in ('channel', 'support', 'auditor')) <= (partner_id is null)),
    check ((role = 'viewer') <= (partner_id is not null))
  ) ${clustered}`,
  "create unique index people_by_mail on people (mail_hash, coalesce(partner_id, '')) where removed_at is null",
  "create index people_by_partner on people (partner_id, id) where removed_at is null",

  `create table sessions (
    secret_hash ${text} primary key not null,
    id ${text} not null,
    person_id ${text} references people (id),
    customer_hash ${text},
    customer_mail ${bytes},
    way text not null ${oneOf("way", ["mail", "passkey", "oidc", "link"])},
    device text not null,
    signed_in_at ${int64} not null,
    seen_at ${int64} not null,
    idle_at ${int64} not null,
    expires_at ${int64} not null,
    check ((person_id is null) = (customer_hash is not null)),
    check ((customer_hash is null) = (customer_mail is null))
  ) ${clustered}`,
  "create unique index sessions_by_id on sessions (id)",
  "create index sessions_by_person on sessions (person_id, id) where person_id is not null",
  "create index sessions_by_customer on sessions (customer_hash, id) where customer_hash is not null",
  "create index sessions_by_end on sessions (expires_at)",
];
