import { readAgreementVersion } from "../channel/change-agreement.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import {
  customerRow,
  sealCustomerText,
  sealedForAgreement,
  sealedForVendor,
} from "../secrets/customer-seal.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { openIfSound } from "../secrets/seal.ts";
import { Unopened } from "../secrets/unopened.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import {
  listSealed,
  listSealedFor,
  type ResealedRow,
  type SealedRow,
  sealedPlaces,
  updateSealed,
} from "./rows/sealed-for.ts";

type World = Pick<Deps, "store" | "clock" | "hashes">;

/**
 * Seals anew what partners told under an agreement that no longer holds: for the one that took its place where that still
 * shares everything, else for the vendor alone. What a partner is shown does not wait for it. A row that somebody changed,
 * so that it does not open, stays as it is, and keeps none of the others from it.
 *
 * @param options.unopened what an earlier round found that does not open
 * @returns how many rows were sealed anew
 */
export async function resealCustomers(
  deps: World,
  { rowsPerStep = 500, unopened = new Unopened() } = {},
): Promise<number> {
  let resealed = 0;
  for (const was of await deps.store.read(listSealedFor)) {
    const sealedFor = await deps.store.read((tx) => addresseeNow(tx, was, deps.clock()));
    if (sealedFor === was) continue;
    for (const place of sealedPlaces)
      for (let after: string | undefined = ""; after !== undefined; ) {
        const page = { sealed_for: was, after, limit: rowsPerStep };
        const rows: SealedRow[] = await deps.store.read((tx) => listSealed(tx, place, page));
        const anew = sealAnew(deps.hashes, rows, { was, sealedFor, unopened });
        if (anew.length > 0)
          resealed += await deps.store.write(async (tx) => {
            let changed = 0;
            for (const row of anew) changed += await updateSealed(tx, place, row);
            return changed;
          });
        after = rows.length < rowsPerStep ? undefined : rows.at(-1)?.id;
      }
  }
  return resealed;
}

/** Those of the rows that open, sealed for another. */
function sealAnew(
  hashes: Hashes,
  rows: readonly SealedRow[],
  { was, sealedFor, unopened }: { was: string; sealedFor: string; unopened: Unopened },
): ResealedRow[] {
  const anew: ResealedRow[] = [];
  for (const { id, sealed: before } of rows) {
    if (unopened.has(id, before)) continue;
    const text = openIfSound(before, customerRow(id, was), hashes.customerKey);
    if (text === undefined) unopened.add(id, before);
    else {
      const sealed = sealCustomerText(hashes, text, { id, sealedFor });
      anew.push({ id, before, was, sealed, sealed_for: sealedFor });
    }
  }
  return anew;
}

async function addresseeNow(tx: Tx, was: string, now: Instant): Promise<string> {
  const partner = as.partner(was.split(" ", 1)[0] ?? "");
  const { agreement, version } = await readAgreementVersion(tx, partner, now);
  const row = await findPartner(tx, partner);
  const isShared = row?.status === "active" && agreement.sharing === "full";
  return isShared ? sealedForAgreement(partner, version) : sealedForVendor;
}
