import { type Definition, oneOf } from "./ddl.ts";

/** Sign-ins that have begun, and the passkeys by which people sign in. */
export const signIns: Definition = ({ text, int64, bytes, clustered }) => [
  `create table sign_ins (
    browser_hash ${text} primary key not null,
    link_hash ${text} not null,
    code_hash ${text} not null,
    mail_hash ${text} not null,
    mail ${bytes} not null,
    audience text not null ${oneOf("audience", ["people", "customer"])},
    destination text,
    tries ${int64} not null,
    begun_at ${int64} not null,
    expires_at ${int64} not null,
    used_at ${int64}
  ) ${clustered}`,
  "create unique index sign_ins_by_link on sign_ins (link_hash)",
  "create index sign_ins_by_end on sign_ins (expires_at)",

  `create table passkeys (
    id ${text} primary key not null,
    person_id ${text} not null references people (id),
    public_key ${bytes} not null,
    counter ${int64} not null,
    transports text not null,
    name text not null,
    added_at ${int64} not null,
    last_used_at ${int64}
  ) ${clustered}`,
  "create index passkeys_by_person on passkeys (person_id, added_at)",

  `create table ceremonies (
    browser_hash ${text} primary key not null,
    kind text not null ${oneOf("kind", ["passkey-add", "passkey-use", "oidc"])},
    sealed ${bytes} not null,
    expires_at ${int64} not null
  ) ${clustered}`,
  "create index ceremonies_by_end on ceremonies (expires_at)",
];
