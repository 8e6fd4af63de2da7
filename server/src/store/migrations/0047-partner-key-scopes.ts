import type { Definition } from "./ddl.ts";

/** What a partner's API key may be used for; null is everything, as for all keys before. */
export const partnerKeyScopes: Definition = ({ text }) => [
  `alter table partner_keys add column scopes ${text}`,
];
