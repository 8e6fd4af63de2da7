import type { Definition } from "./ddl.ts";

/**
 * What suspicions are found by: other spellings of an address, who used a click's reference, how many licences were
 * claimed for a partner in a day, and what the vendor's licence system knows. What is still to be decided waits in a
 * table of its own.
 */
export const trust: Definition = ({ text, int64, clustered }) => [
  "alter table decisions add column suspicions text",
  `alter table orders add column email_alias_hash ${text}`,
  `alter table orders add column email_site_hash ${text}`,
  `alter table partners add column email_alias_hash ${text}`,
  `alter table partners add column email_site_hash ${text}`,
  // References begin with the time, so entries are appended.
  "create index orders_by_reference on orders (reference) where reference is not null",

  `alter table registrations add column sold ${int64} check (sold in (0, 1))`,
  `alter table registrations add column contradicted ${int64} check (contradicted in (0, 1))`,
  `create table claim_days (
    partner_id ${text} not null,
    day ${int64} not null,
    claims ${int64} not null check (claims >= 0),
    unsold ${int64} not null check (unsold >= 0),
    primary key (partner_id, day)
  ) ${clustered}`,

  `create table licence_checks (
    licence_hash ${text} not null,
    product ${text} not null,
    known ${int64} not null check (known in (0, 1)),
    sold_at ${int64},
    checked_at ${int64} not null,
    primary key (licence_hash, product)
  ) ${clustered}`,

  `create table waiting_decisions (
    order_key ${text} primary key not null,
    cause text not null,
    waiting_since ${int64} not null
  ) ${clustered}`,
];
