import type { Definition } from "./ddl.ts";

/** When licences end, as copies of the product told it when they were registered. */
export const licenceTerms: Definition = ({ text, int64, clustered }) => [
  `create table licence_terms (
    licence_hash ${text} not null,
    product ${text} not null,
    expires_at ${int64} not null,
    partner_id ${text} not null references partners (id),
    told_at ${int64} not null,
    primary key (licence_hash, product, expires_at)
  ) ${clustered}`,
];
