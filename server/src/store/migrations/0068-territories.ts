import type { Definition } from "./ddl.ts";

/** Where a partner may sell, by its agreement: countries with a comma between; null for everywhere. */
export const territories: Definition = () => ["alter table partner_agreements add column territories text"];
