import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ProductId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type OpenRange, rangeText } from "./open-range.ts";
import { findSerialBatch } from "./rows/batches.ts";
import { findLastRangeFrom, insertSerialRange } from "./rows/ranges.ts";

/** Makes imports of one product's open numbers wait for one another: of two that overlap one must see the other. */
export async function lockOpenRanges(tx: Tx, product: ProductId): Promise<void> {
  if (tx.engine === "sqlite") return;
  await lockName(tx, `open numbers ${product}`);
}

/**
 * Looks whether ranges could be added, before anything is written.
 *
 * @returns how many numbers would be new
 * @throws {Refusal} `open_numbers_taken`
 */
export async function refuseTakenRanges(
  tx: Tx,
  { batch, product }: { batch: string; product: ProductId },
  ranges: readonly OpenRange[],
): Promise<number> {
  if (ranges.length === 0) return 0;
  const batch_no = (await findSerialBatch(tx, batch))?.batch_no;
  let added = 0;
  for (const range of ranges)
    for await (const { first, last } of gapsOf(tx, { product, batch_no }, range)) added += last - first + 1;
  return added;
}

/**
 * Adds ranges to a batch. What of them the batch has already is left as it is.
 *
 * @returns how many numbers are new
 * @throws {Refusal} `open_numbers_taken` when another batch of the product has one of them
 */
export async function addOpenRanges(
  tx: Tx,
  { product, batch_no }: { product: ProductId; batch_no: number },
  ranges: readonly OpenRange[],
  now: Instant,
): Promise<number> {
  let added = 0;
  for (const range of ranges) {
    for await (const { first, last } of gapsOf(tx, { product, batch_no }, range)) {
      await insertSerialRange(tx, {
        product,
        batch_no,
        first_open: first,
        last_open: last,
        added_at: now,
      });
      added += last - first + 1;
    }
  }
  return added;
}

/** What of a range no batch has yet, from its end to its beginning. Ranges do not overlap, so one look-up a gap is enough. */
async function* gapsOf(
  tx: Tx,
  { product, batch_no }: { product: ProductId; batch_no: number | undefined },
  { first, last }: OpenRange,
): AsyncGenerator<OpenRange> {
  for (let end = last; end >= first; ) {
    const taken = await findLastRangeFrom(tx, product, end);
    if (taken === undefined || taken.last_open < first) {
      yield { first, last: end };
      return;
    }
    if (taken.batch_no !== batch_no) {
      const numbers = rangeText({ first: taken.first_open, last: taken.last_open });
      throw new Refusal(
        "open_numbers_taken",
        `Batch ${taken.batch} has the open numbers ${numbers} already.`,
      );
    }
    if (taken.last_open < end) yield { first: taken.last_open + 1, last: end };
    end = taken.first_open - 1;
  }
}
