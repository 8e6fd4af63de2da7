import type { Tx } from "../store/store.ts";
import { deleteEmptyOrganisation, findOrganisation } from "./rows/organisations.ts";
import { deleteCustomer, findCustomer } from "./rows/people.ts";

/**
 * Takes a person off the customers for good, with its organisation where nobody else is in it: that may be a person's own
 * name.
 */
export async function forgetCustomer(tx: Tx, id: string): Promise<void> {
  const row = await findCustomer(tx, id);
  await deleteCustomer(tx, id);
  for (let at = row?.organisation_id ?? null; at !== null; ) {
    const above: string | null = (await findOrganisation(tx, at))?.parent_id ?? null;
    if (!(await deleteEmptyOrganisation(tx, at))) return;
    at = above;
  }
}
