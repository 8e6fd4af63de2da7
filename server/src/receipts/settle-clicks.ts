import { sql } from "kysely";
import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import { overList } from "../store/over-list.ts";
import type { Store, Tx } from "../store/store.ts";
import { receiptOf } from "./receipted-tables.ts";
import { type AnyRow, findReceipts, insertReceipt } from "./rows/receipts.ts";
import { endSealAdoption, findSealAdoption, putSealAdoption } from "./rows/seal-adoption.ts";
import { isSigned, signed } from "./seal-progress.ts";
import { sealedClicks, sealOf, walkNamedClicks } from "./sealed-tables.ts";
import { hasSealed, isSealedBy, knownRows } from "./unsealed.ts";

const markOf = ({ pepperId }: Pick<Hashes, "pepperId">): string => `sealed clicks ${pepperId}`;

/** Whether every click of before was given its seal of this pepper. */
export const areClicksSettled = async (tx: Tx, hashes: Hashes): Promise<boolean> =>
  (await findReceipts(tx, [markOf(hashes)])).has(markOf(hashes));

/**
 * Gives seals to the clicks that were there before clicks had any, as they are, once; and after a rotation of the pepper to
 * those that the former one sealed. In small steps that go on after a kill, as all that a first start takes over.
 *
 * @returns how many were taken as they are; undefined where that was done before
 */
export async function settleClicks(
  store: Store,
  hashes: Hashes,
  { rowsPerStep = 1_000 } = {},
): Promise<number | undefined> {
  const adoption = { store, hashes, rowsPerStep };
  const { isDone, isUnderWay, isRotated } = await store.read(async (tx) => ({
    isDone: await areClicksSettled(tx, hashes),
    isUnderWay: (await readPlace(tx, hashes)) !== undefined,
    isRotated: hashes.former !== undefined && (await areClicksSettled(tx, hashes.former)),
  }));
  if (isDone) return undefined;
  // Seals, and neither the mark nor an adoption of ours: somebody took the mark away, and the check of the ledger says so.
  if (!isUnderWay && !isRotated && (await hasSealed(store, sealedClicks, adoption))) return 0;
  for (;;) {
    const step = await store.write((tx) => sealSome(tx, adoption, isRotated));
    if (step !== "more") return step?.rows;
  }
}

interface Adoption {
  store: Store;
  hashes: Hashes;
  rowsPerStep: number;
}

/** Up to where clicks have their seals, and how many were given one. */
interface Place {
  after: string;
  rows: number;
}

async function readPlace(tx: Tx, hashes: Hashes): Promise<Place | undefined> {
  const row = await findSealAdoption(tx, sealedClicks.table);
  return row !== undefined && isSigned(hashes, row) ? (JSON.parse(row.progress) as Place) : undefined;
}

/** One step; undefined where another process has ended it, or where a click behind it shows that it had been before. */
async function sealSome(
  tx: Tx,
  { hashes, rowsPerStep }: Adoption,
  isRotated: boolean,
): Promise<"more" | { rows: number } | undefined> {
  await lockName(tx, "receipts");
  if (await areClicksSettled(tx, hashes)) return undefined;
  const { after, rows } = (await readPlace(tx, hashes)) ?? { after: "", rows: 0 };
  const page = await sealedClicks.walk(tx, { after: { reference: after }, since: 0, limit: rowsPerStep });
  if (!isRotated && page.some((row) => isSealedBy(hashes, sealedClicks, row))) {
    await endSealAdoption(tx, sealedClicks.table);
    return { rows: 0 };
  }
  // After a rotation, those that the former pepper sealed, or that somebody answered for under it.
  const own =
    isRotated && hashes.former !== undefined
      ? [...(await knownRows(tx, hashes.former, { table: sealedClicks, rows: page }))]
      : page;
  await putSeals(
    tx,
    own.map((row) => [row.reference, sealOf(hashes, sealedClicks, row)]),
  );
  const next = { after: String(page.at(-1)?.reference ?? after), rows: rows + (isRotated ? 0 : own.length) };
  if (page.length === rowsPerStep) {
    await putSealAdoption(tx, signed(hashes, sealedClicks.table, JSON.stringify(next)));
    return "more";
  }
  await endSealAdoption(tx, sealedClicks.table);
  await insertReceipt(tx, markOf(hashes));
  return { rows: next.rows };
}

const putSeals = overList<never>(
  (items) => sql`update clicks set seal = item.value ->> 1 from ${items}
    where clicks.reference = item.value ->> 0`,
);

const pageSize = 500;

/** The clicks that orders name, that carry no seal of the receiver's, and that nobody answered for. */
export async function* walkStrangeClicks(
  tx: Tx,
  { since, hashes }: { since: number; hashes: Hashes },
): AsyncGenerator<AnyRow> {
  const peppers = hashes.former === undefined ? [hashes] : [hashes, hashes.former];
  for (let after: AnyRow | undefined; ; ) {
    const page = await walkNamedClicks(tx, { after, since, limit: pageSize });
    if (page.length === 0) return;
    const strange = page.filter((row) => !peppers.some((one) => isSealedBy(one, sealedClicks, row)));
    const receipts = strange.map((row) => peppers.map((one) => receiptOf(one, sealedClicks, row)));
    const accepted = await findReceipts(tx, receipts.flat());
    for (const [index, row] of strange.entries())
      if (!receipts[index]?.some((one) => accepted.has(one))) yield row;
    after = page.at(-1);
  }
}
