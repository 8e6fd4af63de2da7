import { sql } from "kysely";
import { ownKey, ownNumber, ownPartner, ownText } from "../../orders/rows/proof-parts.ts";
import { overList } from "../../store/over-list.ts";
import type { OrderKey } from "../../words/ids.ts";

/** Orders whose code the partner never had. Members 5 and 6 of each row are the code and when it was given. */
export const findUnknownCodes = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where not exists (select 1 from coupons
      where code = ${ownText(5)} and created_at = ${ownNumber(6)} and partner_id = ${ownPartner})`,
);
