import { sql } from "kysely";
import { overList } from "../../store/over-list.ts";
import type { OrderKey } from "../../words/ids.ts";
import { hangsTogether, ownKey, ownNumber, ownPartner, relatedKeys } from "./proof-parts.ts";

/** Orders on which the vendor is said to have ruled, and has not. Member 5 of each row is when. */
export const findUnruled = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where not exists (select 1 from rulings
      where order_key = ${ownKey} and partner_id = ${ownPartner} and ruled_at = ${ownNumber(5)})`,
);

/** Orders that are said to follow a ruling on an earlier one, where there is none. Member 5 of each row is when. */
export const findUnruledBefore = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where ${hangsTogether} and not exists (select 1 from rulings
      where order_key in ${relatedKeys} and partner_id = ${ownPartner} and ruled_at = ${ownNumber(5)})`,
);
