import type { Store, Tx } from "../store/store.ts";
import type { FormerHash } from "./former-hashes.ts";
import { isFormer, renameBuyer, renameHash, takeFormer } from "./rows/former-hashes.ts";

/**
 * Gives what is kept under hashes of the former pepper the hashes that stand for it now, in the transaction that goes
 * on to look for it. Whatever is asked afterwards finds old and new alike, and what may be there once is there once.
 * Costs nothing where there is no former pepper; where there is one, a look-up a hash.
 */
export async function adoptHashes(tx: Tx, met: readonly FormerHash[] | undefined): Promise<void> {
  for (const one of met ?? []) {
    // The row goes first: who adopts the same at the same time waits for it, and then finds it done.
    if (!(await takeFormer(tx, one))) continue;
    if (one.kind === "email") await renameBuyer(tx, one);
    await renameHash(tx, one);
  }
}

/** The same in a transaction of its own, for those who only read afterwards. Writes nothing where nothing is former. */
export async function adoptNow({ store }: { store: Store }, met: readonly FormerHash[]): Promise<void> {
  if (met.length === 0) return;
  const known = await store.read(async (tx) => {
    for (const one of met) if (await isFormer(tx, one)) return true;
    return false;
  });
  if (known) await store.write((tx) => adoptHashes(tx, met));
}
