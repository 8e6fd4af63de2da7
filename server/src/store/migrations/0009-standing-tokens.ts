import type { Definition } from "./ddl.ts";

/** Tokens that are handed out again and again, by what they are for. A token is public; what it names can be looked up. */
export const standingTokens: Definition = ({ text, clustered }) => [
  `create table standing_tokens (
    partner_id ${text} not null,
    product ${text} not null,
    batch ${text} not null,
    jti ${text} not null,
    token ${text} not null,
    primary key (partner_id, product, batch)
  ) ${clustered}`,
];
