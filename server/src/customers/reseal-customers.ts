import { readAgreementVersion } from "../channel/change-agreement.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import {
  customerRow,
  sealCustomerText,
  sealedForAgreement,
  sealedForVendor,
} from "../secrets/customer-seal.ts";
import { openIfSound } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { listSealedFor, resealRows } from "./rows/sealed-for.ts";

type World = Pick<Deps, "store" | "clock" | "hashes">;

/**
 * Seals anew what partners told under an agreement that no longer holds: for the one that took its place where that still
 * shares everything, else for the vendor alone. What a partner is shown does not wait for it. A row that somebody changed,
 * so that it does not open, stays as it is.
 *
 * @returns how many rows were sealed anew
 */
export async function resealCustomers(deps: World): Promise<number> {
  let resealed = 0;
  for (const was of await deps.store.read(listSealedFor)) {
    const sealedFor = await deps.store.read((tx) => addresseeNow(tx, was, deps.clock()));
    if (sealedFor === was) continue;
    for (;;) {
      const some = await deps.store.write((tx) =>
        resealRows(tx, { was, sealedFor }, ({ id, sealed }) => {
          const text = openIfSound(sealed, customerRow(id, was), deps.hashes.customerKey);
          if (text === undefined) return undefined;
          return sealCustomerText(deps.hashes, text, { id, sealedFor });
        }),
      );
      resealed += some;
      if (some === 0) break;
    }
  }
  return resealed;
}

async function addresseeNow(tx: Tx, was: string, now: Instant): Promise<string> {
  const partner = as.partner(was.split(" ", 1)[0] ?? "");
  const { agreement, version } = await readAgreementVersion(tx, partner, now);
  const row = await findPartner(tx, partner);
  const isShared = row?.status === "active" && agreement.sharing === "full";
  return isShared ? sealedForAgreement(partner, version) : sealedForVendor;
}
