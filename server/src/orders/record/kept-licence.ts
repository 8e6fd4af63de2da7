import type { Config } from "../../config/config.ts";
import type { Hashes } from "../../secrets/hashes.ts";
import type { LicenceSpelling } from "../../secrets/licence-spelling.ts";
import type { Tx } from "../../store/store.ts";
import { as, type LicenceHash } from "../../words/ids.ts";
import {
  anyKeptFromBefore,
  findKeptAs,
  forgetExact,
  insertSpelling,
  moveLicence,
  noteExact,
  type TextHashes,
} from "../rows/licence-spellings.ts";
import { lockLicence } from "./order-names.ts";

/** The hash by which a licence is kept. */
export interface KeptLicence {
  licence: LicenceHash;
  /** Whether what was kept under two of its spellings has just become one: orders of it may have found evidence. */
  joined: boolean;
}

// While a receiver runs, only exact products add to them: an installation whose licences are loose asks once.
const withoutOlder = new WeakSet<object>();

async function hasOlder(tx: Tx, config: object): Promise<boolean> {
  if (withoutOlder.has(config)) return false;
  if (await anyKeptFromBefore(tx)) return true;
  withoutOlder.add(config);
  return false;
}

/**
 * The hash by which a licence is kept, for a transaction that is about to write it. One that was kept in its exact
 * spelling before licences were loose keeps that hash, and from the first time that spelling is seen again all others
 * lead to it.
 */
export async function keptLicence(
  tx: Tx,
  { config }: { config: Pick<Config, "articles"> },
  { hash, exact }: LicenceSpelling,
): Promise<KeptLicence> {
  if (exact === null) {
    // So that it is found should the product's licences become loose.
    await noteExact(tx, hash);
    return { licence: hash, joined: false };
  }
  if (!(await hasOlder(tx, config))) return { licence: hash, joined: false };
  // Before anything is read: nobody may write under the loose hash meanwhile.
  await lockLicence(tx, hash, as.order(""));
  const { known, before } = await findKeptAs(tx, { loose: hash, exact });
  if (before === null) return { licence: known ?? hash, joined: false };
  await forgetExact(tx, before);
  if (known === before) return { licence: known, joined: false };
  if (known === null) await insertSpelling(tx, { loose: hash, licence: before });
  await moveLicence(tx, known === null ? { from: hash, to: before } : { from: before, to: known });
  return { licence: known ?? before, joined: true };
}

/** Every hash by which a text may be kept, whatever its product: for those who only look. */
export async function hashesOfLicence(
  tx: Tx,
  hashes: Pick<Hashes, "licence" | "looseLicence">,
  text: string,
): Promise<LicenceHash[]> {
  const both: TextHashes = { exact: hashes.licence(text), loose: hashes.looseLicence(text) };
  const { known } = await findKeptAs(tx, both);
  return [...new Set([both.loose, both.exact, ...(known === null ? [] : [known])])];
}

/** The hash by which a licence is kept, for one that was seen before: nothing is written. */
export async function findKeptLicence(
  tx: Tx,
  { config }: { config: Pick<Config, "articles"> },
  { hash, exact }: LicenceSpelling,
): Promise<LicenceHash> {
  if (exact === null || !(await hasOlder(tx, config))) return hash;
  const { known, before } = await findKeptAs(tx, { loose: hash, exact });
  return known ?? before ?? hash;
}
