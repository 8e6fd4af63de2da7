import type { Query } from "../store/query.ts";
import type { Store, Tx } from "../store/store.ts";
import { storeWith } from "../store/store-with.ts";
import { type KeptWrite, keptWriteOf } from "./kept-writes.ts";
import { type ReceiptKey, receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, insertReceipt, insertReceipts, type RowWalk } from "./rows/receipts.ts";
import { putSeals } from "./rows/row-seals.ts";
import { sealOf } from "./sealed-tables.ts";
import { isSealedBy } from "./unsealed.ts";

type Kept<Keeps> = Extract<KeptWrite, { keeps: Keeps }>;

/**
 * The same store, which keeps a receipt with each row of `receiptedTables` that is written, in the same transaction, and
 * gives each row of `sealedTables` its seal. It hangs on the store, not on each verb: none can forget it, and a row without one was not written by the receiver.
 */
export function receiptingStore<S extends Store>(store: S, hashes: Peppers): S {
  return storeWith(store, {
    write: (work, options) => store.write((tx) => work(receiptingTx(tx, hashes)), options),
  });
}

/** What seals and receipts are made with, and what they may have been made with before. */
type Peppers = ReceiptKey & { readonly former?: ReceiptKey | undefined };

const receiptingTx = (tx: Tx, hashes: Peppers): Tx => ({
  engine: tx.engine,
  one: (query, params) => tx.one(query, params),
  all(query, params) {
    const kept = keptWriteOf(query, tx.engine);
    const found = tx.all(query, params);
    return kept?.keeps !== "receipts"
      ? found
      : found.then(async (rows) => {
          await keepReceipts(tx, { params, kept, hashes });
          return rows;
        });
  },
  // Most statements are of other tables: they cost a look-up, and no promise of their own.
  run(query, params) {
    const kept = keptWriteOf(query, tx.engine);
    switch (kept?.keeps) {
      case undefined:
        return tx.run(query, params);
      case "seal":
        return tx.run(query, { ...params, seal: sealOf(hashes, kept.table, params as AnyRow) });
      case "moved seals":
        return moveWithSeals(tx, { query, params, kept, hashes });
      case "moved receipts":
        return moveWithReceipts(tx, { query, params, kept, hashes });
      case "receipts":
        return tx.run(query, params).then(async (changed) => {
          if (changed > 0) await keepReceipts(tx, { params, kept, hashes });
          return changed;
        });
    }
  },
});

async function keepReceipts(
  tx: Tx,
  { params, kept, hashes }: { params: object; kept: Kept<"receipts">; hashes: ReceiptKey },
): Promise<void> {
  const rows = await kept.written(tx, params);
  const made = rows.map((row) => receiptOf(hashes, kept.table, row));
  const [only] = made;
  if (made.length > 1) await insertReceipts(tx, made);
  else if (only !== undefined) await insertReceipt(tx, only);
}

/** An update that puts one hash in the place of another, and what is kept of the rows that it stands in. */
interface Moving<P extends object, R, Keeps> {
  query: Query<P, R>;
  params: P;
  kept: Kept<Keeps>;
  hashes: Peppers;
}

/** Whatever had no receipt under the one hash has none under the other. */
async function moveWithReceipts<P extends object, R>(
  tx: Tx,
  { query, params, kept, hashes }: Moving<P, R, "moved receipts">,
): Promise<number> {
  const { table, movedBy, rows } = kept;
  const { from, to } = movedHashes(params, table);
  const before = await rows(tx, from);
  const changed = await tx.run(query, params);
  if (before.length === 0) return changed;
  const receipts = before.map((row) => receiptOf(hashes, table, row));
  const found = await findReceipts(tx, receipts);
  const receipted = before.filter((_, index) => found.has(receipts[index] ?? ""));
  await insertReceipts(
    tx,
    receipted.map((row) => receiptOf(hashes, table, { ...row, [movedBy]: to })),
  );
  return changed;
}

function movedHashes(params: object, { table }: RowWalk): { from: unknown; to: unknown } {
  const { from, to } = params as { from?: unknown; to?: unknown };
  if (from === undefined || to === undefined)
    throw new Error(`what moves rows of ${table} says from which hash to which`);
  return { from, to };
}

/** Whatever had its seal under the one hash gets another under the other. */
async function moveWithSeals<P extends object, R>(
  tx: Tx,
  { query, params, kept, hashes }: Moving<P, R, "moved seals">,
): Promise<number> {
  const { table, movedBy, rows } = kept;
  const { from, to } = movedHashes(params, table);
  const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
  const own = (await rows(tx, from)).filter((row) => peppers.some((one) => isSealedBy(one, table, row)));
  const changed = await tx.run(query, params);
  const moved = own.map((row) => ({ before: String(row.seal), row: { ...row, [movedBy]: to } }));
  await putSeals(
    tx,
    table,
    moved.map(({ before, row }) => ({ before, row, seal: sealOf(hashes, table, row) })),
  );
  return changed;
}
