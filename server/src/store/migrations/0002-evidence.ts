import type { Definition } from "./ddl.ts";

/** Clicks, and the partner each licence is bound to. All keys are random, so each table is one tree. */
export const evidence: Definition = ({ text, int64, clustered }) => [
  `create table clicks (
    reference ${text} primary key not null,
    product ${text} not null,
    partner_id ${text} not null,
    jti ${text} not null,
    token_issued_at ${int64} not null,
    licence_hash ${text},
    clicked_at ${int64} not null
  ) ${clustered}`,

  `create table registrations (
    product ${text} not null,
    licence_hash ${text} not null,
    partner_id ${text} not null,
    jti ${text} not null,
    token_issued_at ${int64} not null,
    bound_at ${int64} not null,
    primary key (licence_hash, product)
  ) ${clustered}`,

  `create table registration_conflicts (
    product ${text} not null,
    licence_hash ${text} not null,
    partner_id ${text} not null,
    jti ${text} not null,
    seen_at ${int64} not null,
    primary key (licence_hash, product, partner_id)
  ) ${clustered}`,
];
