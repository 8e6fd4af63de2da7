import type { Definition } from "./ddl.ts";

/** The addresses that tokens were issued at, so that a changed one is noticed. */
export const issuers: Definition = ({ text, int64, clustered }) => [
  `create table issuers (
    issuer ${text} primary key not null,
    first_used_at ${int64} not null
  ) ${clustered}`,
];
