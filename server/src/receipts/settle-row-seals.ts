import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import { receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, insertReceipt } from "./rows/receipts.ts";
import { putSeals } from "./rows/row-seals.ts";
import { endSealAdoption, findSealAdoption, putSealAdoption } from "./rows/seal-adoption.ts";
import { isSigned, signed } from "./seal-progress.ts";
import { type ChangingTable, sealOf } from "./sealed-tables.ts";
import { hasSealed, isSealedBy, knownRows } from "./unsealed.ts";

const markOf = ({ table }: ChangingTable, { pepperId }: Pick<Hashes, "pepperId">): string =>
  `sealed ${table} ${pepperId}`;

/** Whether every row of before was given its seal of this pepper. */
export const areRowsSealed = async (tx: Tx, hashes: Hashes, table: ChangingTable): Promise<boolean> => {
  const mark = markOf(table, hashes);
  return (await findReceipts(tx, [mark])).has(mark);
};

/**
 * Gives seals to the rows that were there before a table had any, as they are, once; and after a rotation of the pepper to
 * those that the former one sealed. In small steps that go on after a kill, as all that a first start takes over.
 *
 * @returns how many were taken as they are; undefined where that was done before
 */
export async function settleRowSeals(
  store: Store,
  hashes: Hashes,
  { table, rowsPerStep = 1_000 }: { table: ChangingTable; rowsPerStep?: number },
): Promise<number | undefined> {
  const adoption = { hashes, table, rowsPerStep };
  const { isDone, isUnderWay, isRotated } = await store.read(async (tx) => ({
    isDone: await areRowsSealed(tx, hashes, table),
    isUnderWay: (await readPlace(tx, adoption)) !== undefined,
    isRotated: hashes.former !== undefined && (await areRowsSealed(tx, hashes.former, table)),
  }));
  if (isDone) return undefined;
  // Seals, and neither the mark nor an adoption of ours: somebody took the mark away, and the check of the ledger says so.
  if (!isUnderWay && !isRotated && (await hasSealed(store, table, adoption))) return 0;
  for (;;) {
    const step = await store.write((tx) => sealSome(tx, adoption, isRotated));
    if (step !== "more") return step?.rows;
  }
}

interface Adoption {
  hashes: Hashes;
  table: ChangingTable;
  rowsPerStep: number;
}

/** Behind which row they have their seals, by its key, and how many were given one. */
interface Place {
  after: AnyRow | null;
  rows: number;
}

async function readPlace(tx: Tx, { hashes, table }: Adoption): Promise<Place | undefined> {
  const row = await findSealAdoption(tx, table.table);
  return row !== undefined && isSigned(hashes, row) ? (JSON.parse(row.progress) as Place) : undefined;
}

/** One step; undefined where another process has ended it, or where a row behind it shows that it had been before. */
async function sealSome(
  tx: Tx,
  adoption: Adoption,
  isRotated: boolean,
): Promise<"more" | { rows: number } | undefined> {
  const { hashes, table, rowsPerStep } = adoption;
  await lockName(tx, "receipts");
  if (await areRowsSealed(tx, hashes, table)) return undefined;
  const { after, rows } = (await readPlace(tx, adoption)) ?? { after: null, rows: 0 };
  const page = await table.walk(tx, { after: after ?? undefined, since: 0, limit: rowsPerStep });
  if (!isRotated && page.some((row) => isSealedBy(hashes, table, row))) {
    await endSealAdoption(tx, table.table);
    return { rows: 0 };
  }
  // After a rotation, those that the former pepper sealed, or that somebody answered for under it.
  const own =
    isRotated && hashes.former !== undefined
      ? [...(await knownRows(tx, hashes.former, { table, rows: page }))]
      : page;
  await putSeals(
    tx,
    table,
    own.map((row) => ({ row, seal: sealOf(hashes, table, row) })),
  );
  const last = page.at(-1);
  const next: Place = {
    after: last === undefined ? after : Object.fromEntries(table.key.map((name) => [name, last[name]])),
    rows: rows + (isRotated ? 0 : own.length),
  };
  if (page.length === rowsPerStep) {
    await putSealAdoption(tx, signed(hashes, table.table, JSON.stringify(next)));
    return "more";
  }
  await endSealAdoption(tx, table.table);
  await insertReceipt(tx, markOf(table, hashes));
  return { rows: next.rows };
}

const pageSize = 500;

/** The rows that decide something, carry no seal of the receiver's, and that nobody answered for. */
export async function* walkStrangeRows(
  tx: Tx,
  table: ChangingTable,
  { since, hashes }: { since: number; hashes: Hashes },
): AsyncGenerator<AnyRow> {
  const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
  for (let after: AnyRow | undefined; ; ) {
    const page = await table.walkCounting(tx, { after, since, limit: pageSize });
    if (page.length === 0) return;
    const strange = page.filter((row) => !peppers.some((one) => isSealedBy(one, table, row)));
    const receipts = strange.map((row) => peppers.map((one) => receiptOf(one, table, row)));
    const accepted = await findReceipts(tx, receipts.flat());
    for (const [index, row] of strange.entries())
      if (!receipts[index]?.some((one) => accepted.has(one))) yield row;
    after = page.at(-1);
  }
}
