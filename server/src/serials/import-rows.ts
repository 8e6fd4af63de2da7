import type { Store, Tx } from "../store/store.ts";
import type { ImportPlan, OnProgress } from "./import-plan.ts";
import { lineOf, openOf, sealedAt, sealedLengthOf } from "./import-record.ts";
import type { Portion } from "./record-sorter.ts";
import { countImportedSerials } from "./rows/batches.ts";
import { insertPooledSerials } from "./rows/pooled-serials.ts";
import {
  findKnownSerials,
  insertNewSerials,
  insertSerials,
  isSerialKnown,
  type PackedSerials,
} from "./rows/serials.ts";
import { WritePace } from "./write-pace.ts";

/** What became of the serials of a file. */
export interface ImportCounts {
  /** Serials in the file, each counted once. */
  serials: number;
  /** Those that are new. */
  added: number;
  /** Lines that repeat a serial of the same file. */
  duplicates: number;
  /** Those that the batch had already. */
  known: number;
  /** Those that another batch has, which keeps them. */
  elsewhere: number;
  /** The first lines with such serials. */
  elsewhereLines: readonly number[];
}

const linesTold = 20;

/** Where an import writes to. */
export interface OpenImport {
  batch_no: number;
  import_no: number;
}

/**
 * Writes the serials of a plan, a short transaction at a time, and counts each with the rows themselves. While
 * PostgreSQL writes one portion, the next is made ready and sent after it.
 */
export async function writeRecords(
  store: Store,
  plan: ImportPlan,
  target: OpenImport,
  onProgress: OnProgress,
): Promise<ImportCounts> {
  const pace = new WritePace(store.engine);
  const counts = new Counting(plan);
  const trust = { isNew: store.engine === "postgres" && !plan.isPool };
  const underWay: Promise<void>[] = [];
  for (const { records, count } of plan.portions(() => pace.rows)) {
    const portion = { records: Buffer.from(records), count };
    const done = pace
      .take(count, () => writePortion(store, { plan, portion, pack: packOf(portion, plan) }, target, trust))
      .then((written) => {
        counts.add(portion, written, target.batch_no);
        onProgress({ phase: "writing", done: counts.done, total: plan.lines });
      });
    // It is awaited below; until then its failure must not be nobody's.
    done.catch(() => {});
    underWay.push(done);
    if (underWay.length === pace.atOnce) await underWay.shift();
  }
  await Promise.all(underWay);
  return counts.result();
}

/** Says what writing would do. */
export async function lookUpRecords(
  store: Store,
  plan: ImportPlan,
  batch_no: number | undefined,
  onProgress: OnProgress,
): Promise<ImportCounts> {
  const counts = new Counting(plan);
  for (const portion of plan.portions(() => 10_000)) {
    const known = await store.read((tx) => findKnownSerials(tx, packOf(portion, plan)));
    counts.add(portion, { added: portion.count - known.length, known }, batch_no);
    onProgress({ phase: "writing", done: counts.done, total: plan.lines });
  }
  return counts.result();
}

interface Written {
  added: number;
  /** Those that were there before, where any were. */
  known: readonly { place: number; batch_no: number }[];
}

interface ToWrite {
  plan: ImportPlan;
  portion: Portion;
  pack: PackedSerials;
}

/** Most imports bring nothing but new serials, which are written faster; the first that is not new ends that. */
async function writePortion(
  store: Store,
  work: ToWrite,
  target: OpenImport,
  trust: { isNew: boolean },
): Promise<Written> {
  if (trust.isNew)
    try {
      const added = await store.write((tx) => writeNew(tx, work, target));
      return { added, known: [] };
    } catch (error) {
      if (!isSerialKnown(error)) throw error;
      trust.isNew = false;
    }
  return store.write((tx) => writeDoubtful(tx, work, target));
}

async function writeNew(tx: Tx, { pack }: ToWrite, { batch_no, import_no }: OpenImport): Promise<number> {
  const added = await insertNewSerials(tx, batch_no, pack);
  // Last, since the next portion's transaction waits for this row.
  await countImportedSerials(tx, { import_no, added });
  return added;
}

async function writeDoubtful(
  tx: Tx,
  { plan, portion, pack }: ToWrite,
  { batch_no, import_no }: OpenImport,
): Promise<Written> {
  // A serial that was given out already must not come back into its pool: only what is new goes there.
  const before = plan.isPool ? await findKnownSerials(tx, pack) : [];
  const added = await insertSerials(tx, batch_no, pack);
  if (plan.isPool && added !== portion.count - before.length)
    throw new Error("another import into this pool runs at the same time: run this one again");
  if (plan.isPool && added > 0) await poolNew(tx, { plan, portion, pack }, before, batch_no);
  if (added > 0) await countImportedSerials(tx, { import_no, added });
  if (plan.isPool || added === portion.count) return { added, known: before };
  const known = (await findKnownSerials(tx, pack)).filter((one) => one.batch_no !== batch_no);
  return { added, known };
}

function poolNew(
  tx: Tx,
  { plan, portion, pack }: ToWrite,
  before: readonly { place: number }[],
  batch_no: number,
): Promise<number> {
  const known = new Set(before.map(({ place }) => place));
  const lengths = Array.from({ length: portion.count }, (_, index) =>
    known.has(index) ? null : sealedLengthOf(portion.records, index * plan.width),
  );
  return insertPooledSerials(tx, batch_no, { ...pack, numbers: lengths }, sealedAt);
}

function packOf({ records, count }: Portion, { width, ranges }: ImportPlan): PackedSerials {
  if (ranges.length === 0) return { records, width, count };
  const numbers = Array.from({ length: count }, (_, index) => openOf(records, index * width));
  return { records, width, count, numbers };
}

/** Adds up what became of the portions. */
class Counting {
  readonly #plan: ImportPlan;
  readonly #lines: number[] = [];
  #added = 0;
  #elsewhere = 0;
  /** Serials that were dealt with. */
  done = 0;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
  }

  add({ records, count }: Portion, { added, known }: Written, own: number | undefined): void {
    this.done += count;
    this.#added += added;
    for (const { place, batch_no } of known) {
      if (batch_no === own) continue;
      this.#elsewhere += 1;
      if (this.#lines.length < linesTold) this.#lines.push(lineOf(records, place * this.#plan.width));
    }
  }

  result(): ImportCounts {
    const serials = this.done;
    return {
      serials,
      added: this.#added,
      duplicates: this.#plan.lines - serials,
      known: serials - this.#added - this.#elsewhere,
      elsewhere: this.#elsewhere,
      elsewhereLines: this.#lines.toSorted((a, b) => a - b),
    };
  }
}
