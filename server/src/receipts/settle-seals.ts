import type { Hashes } from "../secrets/hashes.ts";
import { lockName } from "../store/locks.ts";
import type { Store, Tx } from "../store/store.ts";
import { type AnyRow, findReceipts } from "./rows/receipts.ts";
import {
  endSealAdoption,
  findSealAdoption,
  putSealAdoption,
  type SealAdoptionRow,
} from "./rows/seal-adoption.ts";
import { isSigned, signed } from "./seal-progress.ts";
import { changingTables, type SealedTable, sealedTables } from "./sealed-tables.ts";
import { settleRowSeals } from "./settle-row-seals.ts";
import {
  findMark,
  hasSealed,
  insertMark,
  isSealedBy,
  knownRows,
  none,
  sumMark,
  type Unsealed,
  withRow,
} from "./unsealed.ts";

/**
 * Notes which events and decisions stand there without a seal of this pepper, once a pepper: what was written before there
 * were seals, and before a rotation what the former one sealed. A page is read and summed up beside the writers, and a short
 * write says how far it is: nobody waits for it, and a start that was killed goes on where it was.
 *
 * Clicks, which may change and go, are given their seals instead.
 *
 * Where a pepper has sealed rows and its mark is gone, somebody took it away: nothing is noted, and the check of the ledger
 * says so.
 *
 * @returns how many were taken as they are; undefined where that was done before
 */
export async function settleSeals(
  store: Store,
  hashes: Hashes,
  { rowsPerStep = 1_000 } = {},
): Promise<number | undefined> {
  let rows: number | undefined;
  for (const table of sealedTables) {
    const noted = await settleTable({ store, hashes, table, rowsPerStep });
    if (noted !== undefined) rows = (rows ?? 0) + noted;
  }
  for (const table of changingTables) {
    const sealed = await settleRowSeals(store, hashes, { table, rowsPerStep });
    if (sealed !== undefined) rows = (rows ?? 0) + sealed;
  }
  return rows;
}

interface Adoption {
  store: Store;
  hashes: Hashes;
  table: SealedTable;
  rowsPerStep: number;
}

/** What was summed up so far. */
interface Sums {
  /** Rows that are noted whatever else is found: all without a seal, or after a rotation those that the former pepper knew. */
  known: Unsealed;
  /** After a rotation: rows from before the former pepper, noted if they are those that it had noted. */
  older: Unsealed;
  /** The same rows under the former pepper, which says whether they are. */
  ofFormer: Unsealed;
}

interface Progress extends Sums {
  pepper: string;
  /** What is younger was written by a process of an older version beside this one, and is named by the check. */
  bound: number;
  after: AnyRow | null;
}

type Step = Progress | { noted: number };

async function settleTable(adoption: Adoption): Promise<number | undefined> {
  const { store, hashes, table } = adoption;
  if (await store.read((tx) => isMarked(tx, adoption))) return undefined;
  const under = await store.read(async (tx) =>
    readProgress(await findSealAdoption(tx, table.table), adoption),
  );
  // Who kept a step of the first start could go on from it long after: by then rows have seals.
  if (under !== undefined && hashes.former === undefined && (await hasSealed(store, table, adoption)))
    return 0;
  for (;;) {
    const step = await makeStep(adoption);
    if (step === undefined) return undefined;
    if ("noted" in step) return step.noted;
  }
}

const isMarked = async (tx: Tx, { table, hashes }: Pick<Adoption, "table" | "hashes">): Promise<boolean> =>
  (await findMark(tx, table, hashes)) !== undefined;

/** Sums one page up. Undefined where another process has noted it all meanwhile. */
async function makeStep(adoption: Adoption): Promise<Step | undefined> {
  const { store, table, rowsPerStep } = adoption;
  const { stored, before, page, sums } = await store.read(async (tx) => {
    const found = await findSealAdoption(tx, table.table);
    const from = readProgress(found, adoption) ?? (await firstProgress(tx, adoption));
    const rows = await table.walk(tx, { after: from.after ?? undefined, since: 0, limit: rowsPerStep });
    return { stored: found, before: from, page: rows, sums: await withPage(tx, adoption, from, rows) };
  });
  if (sums === undefined) {
    await store.write((tx) => endSealAdoption(tx, table.table));
    return { noted: 0 };
  }
  const last = page.length < rowsPerStep ? undefined : page.at(-1);
  return store.write(async (tx) => {
    await lockName(tx, "receipts");
    if (await isMarked(tx, adoption)) return undefined;
    // Another process made this step: its own next one goes on from there.
    const now = await findSealAdoption(tx, table.table);
    if (now?.signature !== stored?.signature) return before;
    if (last === undefined) return { noted: await finish(tx, adoption, sums) };
    const after = Object.fromEntries(table.key.map((name) => [name, last[name]]));
    const next = { ...before, ...sums, after };
    await putSealAdoption(tx, storedProgress(next, adoption));
    return next;
  });
}

const firstProgress = async (tx: Tx, { table, hashes }: Adoption): Promise<Progress> => ({
  pepper: hashes.pepperId,
  bound: await table.youngest(tx),
  after: null,
  known: none,
  older: none,
  ofFormer: none,
});

/** Undefined where the mark of a pepper that has sealed rows is gone. */
async function withPage(
  tx: Tx,
  { table, hashes }: Adoption,
  { bound, known, older, ofFormer }: Progress,
  page: readonly AnyRow[],
): Promise<Sums | undefined> {
  const { former } = hashes;
  const formerUntil = former === undefined ? undefined : await findMark(tx, table, former);
  const sums: Sums = { known, older, ofFormer };
  if (former === undefined || formerUntil === undefined) {
    for (const row of page) {
      if (isSealedBy(hashes, table, row)) return undefined;
      if (former !== undefined && isSealedBy(former, table, row)) return undefined;
      if (Number(row[table.at]) <= bound) sums.known = withRow(sums.known, hashes, table, row);
    }
    return sums;
  }
  const knownBefore = await knownRows(tx, former, { table, rows: page });
  for (const row of page) {
    const isKnown = knownBefore.has(row);
    const isOlder = !isKnown && Number(row[table.at]) <= formerUntil;
    if (isOlder) sums.ofFormer = { ...withRow(sums.ofFormer, former, table, row), until: formerUntil };
    if (Number(row[table.at]) > bound || isSealedBy(hashes, table, row)) continue;
    if (isKnown) sums.known = withRow(sums.known, hashes, table, row);
    else if (isOlder) sums.older = withRow(sums.older, hashes, table, row);
  }
  return sums;
}

/** Notes what the pages add up to. After a rotation nothing was taken as it is: it had been before. */
async function finish(tx: Tx, { table, hashes }: Adoption, sums: Sums): Promise<number> {
  const { former } = hashes;
  const formerUntil = former === undefined ? undefined : await findMark(tx, table, former);
  const { known, older } = sums;
  await endSealAdoption(tx, table.table);
  if (former === undefined || formerUntil === undefined) {
    await insertMark(tx, table, hashes, known);
    return known.count;
  }
  const mark = sumMark(table, former, { ...sums.ofFormer, until: formerUntil });
  const isAsNoted = (await findReceipts(tx, [mark])).has(mark);
  await insertMark(tx, table, hashes, isAsNoted ? both(known, older) : known);
  return 0;
}

const both = (a: Unsealed, b: Unsealed): Unsealed => ({
  count: a.count + b.count,
  sum: (a.sum + b.sum) % (1n << 128n),
  until: Math.max(a.until, b.until),
});

const storedProgress = (progress: Progress, { table, hashes }: Adoption): SealAdoptionRow => {
  const text = JSON.stringify(progress, (_, value) =>
    typeof value === "bigint" ? value.toString(16) : value,
  );
  return signed(hashes, table.table, text);
};

/** What the receiver itself noted under this pepper; anything else begins anew. */
function readProgress(row: SealAdoptionRow | undefined, { hashes }: Adoption): Progress | undefined {
  if (row === undefined || !isSigned(hashes, row)) return undefined;
  const said = JSON.parse(row.progress) as Progress & Record<keyof Sums, { sum: string }>;
  if (said.pepper !== hashes.pepperId) return undefined;
  const read = (one: { count: number; until: number; sum: unknown }): Unsealed => ({
    ...one,
    sum: BigInt(`0x${one.sum}`),
  });
  return { ...said, known: read(said.known), older: read(said.older), ofFormer: read(said.ofFormer) };
}
