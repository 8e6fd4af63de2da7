import { type Definition, oneOf } from "./ddl.ts";

/** Rate limits, partners' API keys, and the addresses that partners registered. */
export const registeredEmails: Definition = ({ text, int64, clustered }) => [
  `create table rate_limits (
    id ${text} primary key not null,
    whole_at ${int64} not null
  ) ${clustered}`,
  "create index rate_limits_by_end on rate_limits (whole_at)",

  `create table partner_keys (
    id ${text} primary key not null,
    secret_hash ${text} not null,
    partner_id ${text} not null references partners (id),
    name text,
    created_at ${int64} not null,
    revoked_at ${int64},
    last_used_at ${int64}
  ) ${clustered}`,
  "create index partner_keys_by_partner on partner_keys (partner_id)",

  // One row: which pepper the hashes in this database were made with.
  `create table peppers (
    slot text primary key not null ${oneOf("slot", ["in_force"])},
    pepper_id text not null,
    since ${int64} not null
  ) ${clustered}`,

  `create table consents (
    id ${text} primary key not null,
    version text not null,
    wording text not null,
    first_given_at ${int64} not null
  ) ${clustered}`,

  `create table registered_emails (
    email_hash ${text} not null,
    product ${text} not null,
    partner_id ${text} not null references partners (id),
    pepper_id text not null,
    registered_at ${int64} not null,
    origin text not null ${oneOf("origin", ["import", "api", "form"])},
    consent_id ${text},
    consent_at ${int64},
    primary key (email_hash, product),
    check ((consent_id is null) = (consent_at is null))
  ) ${clustered}`,
  "create index registered_emails_by_partner on registered_emails (partner_id, registered_at)",
];
