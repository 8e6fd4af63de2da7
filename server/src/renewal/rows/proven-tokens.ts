import { sql } from "kysely";
import {
  hangsTogether,
  knowsLicences,
  ownKey,
  ownPartner,
  ownText,
  relatedKeys,
  relatedLicences,
} from "../../orders/rows/proof-parts.ts";
import { overList } from "../../store/over-list.ts";
import type { OrderKey } from "../../words/ids.ts";

/** Orders whose reference names no click of that token and partner. Members 5 and 6 of each row are token and reference. */
export const findUnclicked = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where not exists (select 1 from clicks
      where reference = ${ownText(6)} and partner_id = ${ownPartner} and jti = ${ownText(5)})`,
);

/** Orders of whose copy no order names a click of that token and partner. Member 5 of each row is the token. */
export const findUnclickedBefore = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where ${hangsTogether} and not exists (
      select 1 from orders join clicks on clicks.reference = orders.reference
      where orders.order_key in ${relatedKeys} and clicks.partner_id = ${ownPartner} and clicks.jti = ${ownText(5)})`,
);

const claimsOf = (table: string) => sql`select 1 from ${sql.table(table)}
  where licence_hash in ${relatedLicences} and partner_id = ${ownPartner} and jti = ${ownText(5)}`;

/** Orders whose copy's licences no copy with that token claimed for the partner. Member 5 of each row is the token. */
export const findUnclaimed = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where ${knowsLicences} and not exists (${claimsOf("registrations")})
      and not exists (${claimsOf("registration_conflicts")})`,
);
