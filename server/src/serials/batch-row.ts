import { batchPattern } from "@tallystick/sdk/protocol";
import { requireProduct } from "../config/sold-product.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ProductId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { findSerialBatch, findSerialBatchToChange, insertSerialBatch } from "./rows/batches.ts";
import type { SerialBatchRow, SerialKind } from "./rows/schema.ts";

/** A batch as it is stored. */
export type SerialBatch = Omit<SerialBatchRow, "batch_no"> & { batch_no: number };

/** What an import says of its batch. */
export interface BatchOrder {
  batch: string;
  product: ProductId;
  kind: SerialKind;
}

/**
 * Finds the batch of an import, or makes it; locked until the transaction ends.
 *
 * @throws {Refusal} `serial_batch_mismatch`, `serial_batch_revoked`
 */
export async function openBatch(tx: Tx, order: BatchOrder, now: Instant): Promise<SerialBatch> {
  await insertSerialBatch(tx, { ...order, created_at: now });
  const row = await findSerialBatchToChange(tx, order.batch);
  if (row === undefined) throw new Error("a batch that could not be made is there");
  refuseOtherBatch(row, order);
  return row;
}

/** @throws {Refusal} `serial_batch_mismatch`, `serial_batch_revoked` */
export function refuseOtherBatch(row: SerialBatch, { batch, product, kind }: BatchOrder): void {
  if (row.product !== product)
    throw new Refusal(
      "serial_batch_mismatch",
      `Batch ${batch} holds serials of ${row.product}, not of ${product}.`,
    );
  if (row.kind !== kind)
    throw new Refusal(
      "serial_batch_mismatch",
      `Batch ${batch} holds ${kindWords[row.kind]}, not ${kindWords[kind]}.`,
    );
  if (row.revoked_at !== null)
    throw new Refusal("serial_batch_revoked", `Batch ${batch} was revoked: import into a new one.`);
}

const kindWords: Readonly<Record<SerialKind, string>> = {
  secret: "secret serials",
  open: "open numbers",
  pool: "a pool of serials to be given out",
};

/** @throws {Refusal} `serial_batch_unknown` */
export async function requireBatch(tx: Tx, batch: string): Promise<SerialBatch> {
  const row = await findSerialBatch(tx, batch);
  if (row === undefined) throw unknownBatch(batch);
  return row;
}

/** The refusal of a batch that there is not. */
export const unknownBatch = (batch: string): Refusal =>
  new Refusal("serial_batch_unknown", `There is no batch ${batch}; \`tallystick serial list\` shows them.`);

/**
 * The product of an import: the one that was named, that of the batch, or the only one that is sold.
 *
 * @throws {Refusal} `request_invalid`, `product_unknown`
 */
export async function productOfImport(
  { store, config }: Pick<Deps, "store" | "config">,
  { batch, product }: { batch: string; product?: string | undefined },
): Promise<ProductId> {
  if (!batchPattern.test(batch))
    throw new Refusal("request_invalid", "A batch has 1 to 64 characters, none of them invisible.");
  const known = await store.read((tx) => findSerialBatch(tx, batch));
  const [only, ...others] = config.products.keys();
  const named = product ?? known?.product ?? (others.length === 0 ? only : undefined);
  if (named === undefined) throw new Refusal("request_invalid", "Say which product the serials are of.");
  return requireProduct(config, named).id;
}
