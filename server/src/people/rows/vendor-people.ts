import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";

const vendorPeopleQuery = query<object>()((db) =>
  db
    .selectFrom("people")
    .select(["id", "mail", "role", "removed_at"])
    .where("partner_id", "is", null)
    .orderBy("id"),
);

/** All who act or acted for the vendor, removed ones too: somebody who was let in anew is the same person. */
export const findVendorPeople = (tx: Tx) => tx.all(vendorPeopleQuery, {});
