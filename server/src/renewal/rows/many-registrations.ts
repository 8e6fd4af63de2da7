import { sql } from "kysely";
import { doNothing, insertList } from "../../store/insert-list.ts";
import { overList } from "../../store/over-list.ts";
import type { LicenceHash, PartnerId, ProductId } from "../../words/ids.ts";
import { registrationColumns } from "./registrations.ts";
import type { RegistrationRow } from "./schema.ts";

/** The bindings of some licences; each row of the list is licence and product. */
export const findRegistrationsOf = overList(
  (items) => sql<{ licence_hash: LicenceHash; product: ProductId; partner_id: PartnerId }>`select
    registrations.licence_hash, registrations.product, registrations.partner_id
    from ${items} cross join registrations
    where registrations.licence_hash = item.value ->> 0 and registrations.product = item.value ->> 1`,
);

/** Binds many licences in one statement. The caller has them locked, and knows that none is bound. */
export const insertRegistrations = insertList<RegistrationRow>({
  table: "registrations",
  columns: registrationColumns,
  numbers: ["token_issued_at", "bound_at", "sold", "contradicted"],
  onConflict: doNothing,
});
