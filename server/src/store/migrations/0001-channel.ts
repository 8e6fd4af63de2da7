import { type Definition, oneOf } from "./ddl.ts";

/** Signing keys, partners and the issuance log. */
export const channel: Definition = ({ text, int64, appended, clustered }) => [
  `create table signing_keys (
    kid ${text} primary key not null,
    public_jwk text not null,
    status text not null ${oneOf("status", ["active", "retired", "revoked"])},
    created_at ${int64} not null,
    revoked_at ${int64},
    check ((status = 'revoked') = (revoked_at is not null))
  ) ${appended}`,

  `create table partners (
    id ${text} primary key not null,
    name text not null,
    kind text not null ${oneOf("kind", ["distributor", "reseller", "affiliate"])},
    parent_id ${text} references partners (id) check (parent_id <> id),
    percent_bp ${int64} not null check (percent_bp between 0 and 10000),
    email_hash ${text},
    sharing text not null ${oneOf("sharing", ["none", "transaction", "full"])},
    status text not null ${oneOf("status", ["active", "ended"])},
    created_at ${int64} not null
  ) ${clustered}`,
  "create index partners_by_parent on partners (parent_id) where parent_id is not null",

  `create table tokens (
    jti ${text} primary key not null,
    kid ${text} not null,
    partner_id ${text} not null,
    product ${text} not null,
    batch text,
    issued_at ${int64} not null,
    expires_at ${int64},
    revoked_at ${int64}
  ) ${clustered}`,
  "create index tokens_by_partner on tokens (partner_id)",
];
