import type { Hashes } from "../deps.ts";
import { Refusal } from "../refusal.ts";
import { hashBytes, lineOf, openOf, recordWidth, writeRecord } from "./import-record.ts";
import { LineProblems } from "./line-problems.ts";
import type { OpenRange } from "./open-ranges.ts";
import { type Portion, RecordSorter } from "./record-sorter.ts";
import { readSerialFile } from "./serial-file.ts";

/** How far an import is, now and then. `total` is known once all was read. */
export interface ImportProgress {
  phase: "reading" | "checking" | "writing";
  done: number;
  total?: number;
}

/** Hears how far an import is. */
export type OnProgress = (progress: ImportProgress) => void;

/** A file that was read and found good, ready to be written. */
export interface ImportPlan {
  /** Bytes of a record. */
  width: number;
  isPool: boolean;
  /** How many serials the file has, each counted once. */
  serials: number;
  /** How many lines repeat a serial of another line. */
  duplicates: number;
  /** The open numbers of the file, consecutive ones together. */
  ranges: readonly OpenRange[];
  /** The records in the order of their hashes, each serial once. A portion holds until the next is asked for. */
  portions(perPortion: () => number): Generator<Portion>;
  /** Removes what was kept on disk. */
  close(): void;
}

const progressEvery = 100_000;
const checkedAtATime = 20_000;

/**
 * Reads a file of serials, hashes and sorts them, and looks for what contradicts itself.
 *
 * @throws {Refusal} `serials_invalid`
 */
export async function readImport(
  source: AsyncIterable<Uint8Array>,
  hashes: Pick<Hashes, "serialInto" | "pooledSerialKey">,
  isPool: boolean,
  onProgress: OnProgress,
): Promise<ImportPlan> {
  const width = recordWidth(isPool);
  const sorter = new RecordSorter({ width, keyBytes: hashBytes });
  const problems = new LineProblems();
  let hasOpens = false;
  let told = 0;
  try {
    for await (const serials of readSerialFile(source, (problem) => problems.add(problem))) {
      // After the first wrong line nothing will be imported: the rest is only read for its mistakes.
      if (problems.count === 0) for (const one of serials) writeRecord(one, hashes, sorter.add(), isPool);
      hasOpens ||= serials[0]?.open !== undefined;
      if (sorter.count - told < progressEvery) continue;
      told = sorter.count;
      onProgress({ phase: "reading", done: told });
    }
    problems.throwIfAny();
    if (sorter.count === 0) throw new Refusal("serials_invalid", "The file has no serial in it.");
    onProgress({ phase: "checking", done: 0, total: sorter.count });
    const { serials, opens } = check(sorter, width, hasOpens, problems);
    const ranges = rangesOf(opens, problems);
    problems.throwIfAny();
    return {
      width,
      isPool,
      serials,
      duplicates: sorter.count - serials,
      ranges,
      portions: (perPortion) => unique(sorter, width, perPortion, () => {}),
      close: () => sorter.close(),
    };
  } catch (error) {
    sorter.close();
    throw error;
  }
}

/** Counts the serials, and gathers the open numbers where the file has them. */
function check(sorter: RecordSorter, width: number, hasOpens: boolean, problems: LineProblems) {
  const opens = new Float64Array(hasOpens ? sorter.count : 0);
  let serials = 0;
  const onTwice = (first: Buffer, again: Buffer) => {
    if (openOf(first, 0) === openOf(again, 0)) return;
    const message = `has the serial of line ${lineOf(first, 0)} with another open number`;
    problems.add({ line: lineOf(again, 0), message });
  };
  for (const { records, count } of unique(sorter, width, () => checkedAtATime, onTwice)) {
    if (hasOpens)
      for (let index = 0; index < count; index++)
        opens[serials + index] = openOf(records, index * width) ?? 0;
    serials += count;
  }
  return { serials, opens: opens.subarray(0, hasOpens ? serials : 0) };
}

/** Leaves out each record whose hash is that of the one before. */
function* unique(
  sorter: RecordSorter,
  width: number,
  perPortion: () => number,
  onTwice: (first: Buffer, again: Buffer) => void,
): Generator<Portion> {
  let last: Buffer | undefined;
  for (const { records, count } of sorter.sorted(perPortion)) {
    let kept = 0;
    for (let at = 0; at < count * width; at += width) {
      const before = kept === 0 ? last : records.subarray((kept - 1) * width, kept * width);
      if (before !== undefined && records.compare(before, 0, hashBytes, at, at + hashBytes) === 0) {
        onTwice(before, records.subarray(at, at + width));
        continue;
      }
      if (at !== kept * width) records.copyWithin(kept * width, at, at + width);
      kept += 1;
    }
    if (kept === 0) continue;
    last = Buffer.from(records.subarray((kept - 1) * width, kept * width));
    yield { records: records.subarray(0, kept * width), count: kept };
  }
}

/** Consecutive open numbers, together. Two boxes with one number are a mistake of the file. */
function rangesOf(opens: Float64Array, problems: LineProblems): OpenRange[] {
  opens.sort();
  const ranges: OpenRange[] = [];
  let range: OpenRange | undefined;
  for (const open of opens) {
    if (range !== undefined && open === range.last)
      problems.addSentence(`The open number ${open} stands beside two serials.`);
    else if (range !== undefined && open === range.last + 1) range.last = open;
    else {
      range = { first: open, last: open };
      ranges.push(range);
    }
  }
  return ranges;
}
