import type { Definition } from "./ddl.ts";

/** Coupons, what the vendor ruled on disputed orders, and what a purchase by the partner itself is noticed by. */
export const couponsAndRulings: Definition = ({ text, int64, appended, clustered, appendOnly }) => [
  `create table coupons (
    code ${text} not null,
    partner_id ${text} not null,
    products text,
    valid_from ${int64} not null,
    valid_until ${int64} check (valid_until >= valid_from),
    created_at ${int64} not null,
    ended_at ${int64},
    primary key (code, created_at)
  ) ${clustered}`,
  // A code belongs to one partner at a time.
  "create unique index coupons_not_ended on coupons (code) where ended_at is null",
  "create index coupons_by_partner on coupons (partner_id, code)",

  `create table rulings (
    order_key ${text} not null,
    seq ${int64} not null check (seq >= 1),
    partner_id ${text},
    note text not null,
    ruled_at ${int64} not null,
    primary key (order_key, seq)
  ) ${appended}`,
  ...appendOnly("rulings"),

  `alter table partners add column ended_at ${int64}`,
  `alter table partners add column email_domain_hash ${text}`,
  `alter table orders add column email_domain_hash ${text}`,
];
