import type { Hashes } from "../secrets/hashes.ts";
import { Refusal } from "../words/refusal.ts";
import { hashBytes, lineOf, openOf, recordWidth, writeRecord } from "./import-record.ts";
import { LineProblems } from "./line-problems.ts";
import type { OpenRange } from "./open-range.ts";
import { type Portion, RecordSorter } from "./record-sorter.ts";
import { type FileSerial, readSerialFile } from "./serial-file.ts";

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
  /** How many lines of the file have a serial. Some may have the same. */
  lines: number;
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
 * Reads a file of serials, hashes and sorts them, and looks for what contradicts itself. `onSerials` sees them in clear
 * as they go by, a few at a time.
 *
 * @throws {Refusal} `serials_invalid`
 */
export async function readImport(
  source: AsyncIterable<Uint8Array>,
  hashes: Pick<Hashes, "serialInto" | "pooledSerialKey">,
  isPool: boolean,
  onProgress: OnProgress,
  onSerials: (serials: readonly FileSerial[]) => void | Promise<void> = () => {},
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
      await onSerials(serials);
      hasOpens ||= serials[0]?.open !== undefined;
      if (sorter.count - told < progressEvery) continue;
      told = sorter.count;
      onProgress({ phase: "reading", done: told });
    }
    problems.throwIfAny();
    if (sorter.count === 0) throw new Refusal("serials_invalid", "The file has no serial in it.");
    if (hasOpens) onProgress({ phase: "checking", done: 0, total: sorter.count });
    const ranges = hasOpens ? rangesOf(checkedOpens(sorter, width, problems), problems) : [];
    problems.throwIfAny();
    return {
      width,
      isPool,
      lines: sorter.count,
      ranges,
      portions: (perPortion) => unique(sorter, width, perPortion, () => {}),
      close: () => sorter.close(),
    };
  } catch (error) {
    sorter.close();
    throw error;
  }
}

/** The open numbers of a file's serials, each serial's once. */
function checkedOpens(sorter: RecordSorter, width: number, problems: LineProblems): Float64Array {
  const opens = new Float64Array(sorter.count);
  let serials = 0;
  const onTwice = (first: Buffer, again: Buffer) => {
    if (openOf(first, 0) === openOf(again, 0)) return;
    const message = `has the serial of line ${lineOf(first, 0)} with another open number`;
    problems.add({ line: lineOf(again, 0), message });
  };
  for (const { records, count } of unique(sorter, width, () => checkedAtATime, onTwice)) {
    for (let at = 0; at < records.length; at += width) opens[serials + at / width] = openOf(records, at) ?? 0;
    serials += count;
  }
  return opens.subarray(0, serials);
}

/** Leaves out each record whose hash is that of the one before. */
function* unique(
  sorter: RecordSorter,
  width: number,
  perPortion: () => number,
  onTwice: (first: Buffer, again: Buffer) => void,
): Generator<Portion> {
  const last = Buffer.alloc(width);
  let lastPrefix = -1;
  for (const { records, count } of sorter.sorted(perPortion)) {
    let end = 0;
    for (let at = 0; at < count * width; at += width) {
      // Two that differ, as nearly all do, differ in 32 bits already.
      const prefix = records.readUInt32BE(at);
      if (prefix === lastPrefix) {
        const before = end === 0 ? last : records.subarray(end - width, end);
        if (before.compare(records, at, at + hashBytes, 0, hashBytes) === 0) {
          onTwice(before, records.subarray(at, at + width));
          continue;
        }
      }
      lastPrefix = prefix;
      if (at !== end) records.copyWithin(end, at, at + width);
      end += width;
    }
    if (end === 0) continue;
    records.copy(last, 0, end - width, end);
    yield { records: records.subarray(0, end), count: end / width };
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
