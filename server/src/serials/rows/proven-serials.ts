import { sql } from "kysely";
import {
  knowsLicences,
  ownKey,
  ownNumber,
  ownPartner,
  relatedLicences,
} from "../../orders/rows/proof-parts.ts";
import { overList } from "../../store/over-list.ts";
import type { OrderKey } from "../../words/ids.ts";

/** Orders whose copy has no serial of a batch that was the partner's from then on. Member 5 of each row is when. */
export const findUnassigned = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where ${knowsLicences} and not exists (
      select 1 from serial_activations join serial_assignments
        on serial_assignments.batch_no = serial_activations.batch_no
      where serial_activations.licence_hash in ${relatedLicences}
        and serial_assignments.partner_id = ${ownPartner}
        and serial_assignments.effective_from = ${ownNumber(5)})`,
);
