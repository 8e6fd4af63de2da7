import type { Definition } from "./ddl.ts";

/**
 * The site of a deal's customer, by which deals of an address and of its domain meet; empty where it has none, as at a
 * mail provider. Null in the deals of before until the receiver, which has the pepper, fills it in.
 */
export const dealSites: Definition = ({ text }) => [
  `alter table deals add column site_hash ${text}`,
  "create index deals_by_site on deals (site_hash, deal_id)",
  "create index deals_without_site on deals (deal_id) where site_hash is null",
];
