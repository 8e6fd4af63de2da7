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

const ofPartner = sql`voucher_batches.partner_id = ${ownPartner} and vouchers.exchanged_at = ${ownNumber(5)}`;

/** Orders whose copy's licences no voucher of the partner was exchanged for then. Member 5 of each row is when. */
export const findUnexchanged = overList(
  (items) => sql<{ order_key: OrderKey }>`select ${ownKey} as order_key from ${items}
    where ${knowsLicences}
      and not exists (
        select 1 from vouchers join voucher_batches on voucher_batches.id = vouchers.batch_id
        where vouchers.licence_hash in ${relatedLicences} and ${ofPartner})
      and not exists (
        select 1 from serial_activations
          join vouchers on vouchers.serial_hash = serial_activations.serial_hash
          join voucher_batches on voucher_batches.id = vouchers.batch_id
        where serial_activations.licence_hash in ${relatedLicences} and ${ofPartner})`,
);
