import type { Deps } from "../deps/deps.ts";
import { adoptHashes, type FormerHash, formerOfLicence } from "../secrets/former-hashes.ts";
import { findFormerSerials } from "../secrets/rows/former-hashes.ts";
import type { FileSerial } from "./serial-file.ts";

const askedAtOnce = 1_000;

/**
 * Brings over serials of a file that a batch has since before the pepper changed, so that none is imported a second time.
 * Does nothing where there is no former pepper.
 */
export async function adoptSerials(
  { store, hashes }: Pick<Deps, "store" | "hashes">,
  serials: readonly FileSerial[],
): Promise<void> {
  const { former } = hashes;
  if (former === undefined) return;
  for (let at = 0; at < serials.length; at += askedAtOnce) {
    const asked = new Map<string, FileSerial>();
    for (const one of serials.slice(at, at + askedAtOnce)) asked.set(former.serial(one.serial), one);
    const known = await store.read((tx) => findFormerSerials(tx, [...asked.keys()]));
    const met = known.flatMap((hash): FormerHash[] => {
      const one = asked.get(hash);
      return one === undefined ? [] : formerOfLicence(hashes, one.text);
    });
    if (met.length > 0) await store.write((tx) => adoptHashes(tx, met));
  }
}
