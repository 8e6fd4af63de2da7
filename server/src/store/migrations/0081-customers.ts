import { type Definition, oneOf } from "./ddl.ts";

/**
 * Customers: organisations as a tree, the people in them, and the licences in whose purchase each has a part. Licences are
 * theirs, never a partner's: `told_by` says who told of a row, and is empty where the vendor or a shop did.
 */
export const customers: Definition = ({ text, int64, bytes, clustered }) => [
  `create table customer_organisations (
    organisation_id ${text} primary key not null,
    parent_id ${text} references customer_organisations (organisation_id),
    told_by ${text} not null,
    name_hash ${text} not null,
    name_sealed ${bytes} not null,
    sealed_for ${text} not null,
    added_at ${int64} not null
  ) ${clustered}`,
  "create unique index customer_organisations_by_name on customer_organisations (told_by, coalesce(parent_id, ''), name_hash)",
  "create index customer_organisations_by_parent on customer_organisations (parent_id)",
  "create index customer_organisations_shared on customer_organisations (sealed_for) where sealed_for <> 'vendor'",

  `create table customer_people (
    customer_id ${text} primary key not null,
    told_by ${text} not null,
    source text not null ${oneOf("source", ["order", "vendor", "partner"])},
    email_hash ${text} not null,
    sealed ${bytes} not null,
    sealed_for ${text} not null,
    language ${text},
    organisation_id ${text} references customer_organisations (organisation_id),
    organisation_parts ${text} not null,
    consent_version ${text},
    consent_at ${int64},
    added_at ${int64} not null,
    changed_at ${int64} not null
  ) ${clustered}`,
  "create unique index customer_people_by_email on customer_people (email_hash, told_by)",
  "create index customer_people_by_organisation on customer_people (organisation_id)",
  "create index customer_people_shared on customer_people (sealed_for) where sealed_for <> 'vendor'",

  `create table customer_licences (
    customer_id ${text} not null references customer_people (customer_id),
    product ${text} not null,
    licence_hash ${text} not null,
    order_key ${text} not null,
    parts ${text} not null,
    licence_end ${text},
    version ${text},
    added_at ${int64} not null,
    primary key (customer_id, product, licence_hash, order_key)
  ) ${clustered}`,
  "create index customer_licences_by_licence on customer_licences (licence_hash)",
  "create index customer_licences_by_order on customer_licences (order_key) where order_key <> ''",
  "create index customer_licences_by_product on customer_licences (product, customer_id)",

  `create table customer_mandates (
    mandate_id ${text} primary key not null,
    partner_id ${text} not null references partners (id),
    product ${text} not null,
    licence_hash ${text} not null,
    licence_end ${text},
    given_by ${text} not null,
    given_at ${int64} not null,
    ended_at ${int64}
  ) ${clustered}`,
  "create index customer_mandates_by_licence on customer_mandates (licence_hash)",
  "create index customer_mandates_by_partner on customer_mandates (partner_id, mandate_id)",
  "create index customer_mandates_by_giver on customer_mandates (given_by)",
];
