import type { Definition } from "./ddl.ts";

const tables = [
  "orders",
  "clicks",
  "registrations",
  "registration_conflicts",
  "licence_checks",
  "serial_activations",
  "serial_conflicts",
  "vouchers",
];

/**
 * Licences whose spelling does not matter. Those that were kept before stand under the hash of their very text: all of
 * them are noted, and once such a text is seen again its other spellings lead to it.
 */
export const looseLicences: Definition = ({ text, clustered }) => [
  `create table exact_licences (
    licence_hash ${text} primary key not null
  ) ${clustered}`,
  `create table licence_spellings (
    loose_hash ${text} primary key not null,
    licence_hash ${text} not null
  ) ${clustered}`,
  `insert into exact_licences (licence_hash)
    ${tables
      .map(
        (table) =>
          `select licence_hash from ${table} where licence_hash is not null and licence_hash <> 'erased'`,
      )
      .join(" union ")}`,
];
