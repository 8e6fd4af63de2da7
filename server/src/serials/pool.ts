import { randomBytes } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import { openSealed } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ProductId, SerialHash } from "../words/ids.ts";
import {
  deletePooledSerial,
  findFilledPools,
  lockFirstPooledSerial,
  lockPooledSerialAfter,
} from "./rows/pooled-serials.ts";
import type { PooledSerialRow } from "./rows/schema.ts";

/** A serial that was taken out of its pool, in clear for the one who gets it. */
export interface TakenSerial {
  serial: string;
  hash: SerialHash;
}

/**
 * Takes a serial out of a pool of a product, of the batch named or of the oldest that has any left. It is never taken
 * again: its sealed row goes in the same transaction, which is the caller's. Nothing when none is left. Whoever takes
 * at the same time takes another one and waits for nobody, and it costs the same however many were taken: each begins
 * to look at a random place, so that none walks over what others left behind.
 */
export async function takePooledSerial(
  tx: Tx,
  { hashes }: Pick<Deps, "hashes">,
  { product, batch }: { product: ProductId; batch?: string | undefined },
  now: Instant,
): Promise<TakenSerial | undefined> {
  for (const { batch_no } of await findFilledPools(tx, { product, batch: batch ?? null, now })) {
    const row = await lockAnyOf(tx, batch_no);
    if (row === undefined) continue;
    await deletePooledSerial(tx, row);
    const serial = openSealed(row.sealed, row.hash, hashes.pooledSerialKey);
    return { serial, hash: Buffer.from(row.hash).toString("base64url") as SerialHash };
  }
  return undefined;
}

async function lockAnyOf(tx: Tx, batch_no: number): Promise<PooledSerialRow | undefined> {
  const after = randomBytes(16);
  return (
    (await lockPooledSerialAfter(tx, { batch_no, hash: after })) ?? lockFirstPooledSerial(tx, { batch_no })
  );
}
