import type { Deps } from "../deps/deps.ts";
import { unopened } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { readIfSound } from "./customers-of.ts";
import { nameOf } from "./organisations.ts";
import { listLicencesOfCustomer } from "./rows/licences.ts";
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

/** What is kept of a person among customers, for the person: name, address, organisation and its part in each licence. */
export async function describeCustomer(
  tx: Tx,
  deps: Pick<Deps, "hashes">,
  id: string,
): Promise<string | undefined> {
  const row = await findCustomer(tx, id);
  if (row === undefined) return undefined;
  const who = readIfSound(deps, { id, sealedFor: row.sealed_for, sealed: row.sealed });
  const { name, address } = who ?? { name: unopened };
  const organisation =
    row.organisation_id === null ? undefined : await findOrganisation(tx, row.organisation_id);
  const licences = (await listLicencesOfCustomer(tx, id)).map(({ parts, product, licence_end, version }) =>
    [parts, product, licence_end === null ? "" : `…${licence_end}`, version ?? ""]
      .filter((text) => text !== "")
      .join(" "),
  );
  const consent = row.consent_version === null ? [] : [`agreed to ${row.consent_version}`];
  const all = [
    name,
    address,
    organisation && nameOf(deps, organisation),
    row.language,
    ...consent,
    ...licences,
  ];
  return all.filter((text) => text !== undefined && text !== null && text !== "").join("; ");
}
