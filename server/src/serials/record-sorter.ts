import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Records in order, one after another in one piece of memory. */
export interface Portion {
  records: Buffer;
  count: number;
}

/** How records are laid out, and how many are sorted in memory at a time. */
export interface SorterOptions {
  /** Bytes of one record, at least four; the first `keyBytes` are what it is sorted by. */
  width: number;
  keyBytes: number;
  /** Default 1,048,576, which is also the most. */
  recordsPerRun?: number;
}

const mostPerRun = 2 ** 20;
const mostBytesPerRun = 64 * 2 ** 20;
const bytesPerRead = 2 ** 18;

/**
 * Sorts records of one width, however many, in little memory: runs are sorted as they fill and rest in a temporary
 * file until they are merged. The keys should be evenly spread, as hashes are. A million rows that come in the order
 * of their key cost an index a tenth of what they cost in any order.
 */
export class RecordSorter {
  readonly #width: number;
  readonly #keyBytes: number;
  readonly #perRun: number;
  readonly #pending: Buffer;
  readonly #folder = { path: "", file: -1 };
  readonly #runLengths: number[] = [];
  #spilled = 0;
  #count = 0;
  /** The pending records in order, once they were asked for. */
  #sorted: Buffer | undefined;

  constructor({ width, keyBytes, recordsPerRun = mostPerRun }: SorterOptions) {
    this.#width = width;
    this.#keyBytes = keyBytes;
    this.#perRun = Math.max(1, Math.min(recordsPerRun, mostPerRun, Math.floor(mostBytesPerRun / width)));
    this.#pending = Buffer.allocUnsafeSlow(this.#perRun * width);
  }

  /** Makes room for one more record and answers where it is to be written, wholly and at once. */
  add(): { into: Buffer; at: number } {
    if (this.#count === this.#perRun) this.#spill();
    const at = this.#count * this.#width;
    this.#sorted = undefined;
    this.#count += 1;
    return { into: this.#pending, at };
  }

  /** How many records there are. */
  get count(): number {
    return this.#spilled + this.#count;
  }

  /**
   * All records in order, in portions of at most so many, as often as it is asked for. A portion holds until the next.
   */
  *sorted(perPortion: () => number): Generator<Portion> {
    if (this.#runLengths.length === 0) {
      this.#sorted ??= this.#sortPending();
      yield* inPortions(this.#sorted, this.#width, perPortion);
      return;
    }
    if (this.#count > 0) this.#spill();
    yield* this.#merge(perPortion);
  }

  /** Ends the temporary file. */
  close(): void {
    if (this.#folder.file === -1) return;
    closeSync(this.#folder.file);
    rmSync(this.#folder.path, { recursive: true, force: true });
    this.#folder.file = -1;
  }

  #spill(): void {
    if (this.#folder.file === -1) {
      this.#folder.path = mkdtempSync(join(tmpdir(), "tallystick-sort-"));
      this.#folder.file = openSync(join(this.#folder.path, "runs"), "wx+", 0o600);
      // Where a file may lose its name while it is open, nothing is left of it even after a kill.
      if (process.platform !== "win32") rmSync(this.#folder.path, { recursive: true });
    }
    const run = this.#sortPending();
    for (let from = 0; from < run.length; ) from += writeSync(this.#folder.file, run, from);
    this.#runLengths.push(this.#count);
    this.#spilled += this.#count;
    this.#count = 0;
  }

  /**
   * The engine's own sort of numbers is many times faster than one that is asked how two records compare. So each is
   * a number of 52 bits, 32 of its key above its place; the few that agree in 32 bits are put right afterwards.
   */
  #sortPending(): Buffer {
    const width = this.#width;
    const order = new Float64Array(this.#count);
    for (let index = 0; index < order.length; index++)
      order[index] = this.#pending.readUInt32BE(index * width) * mostPerRun + index;
    order.sort();
    const sorted = Buffer.allocUnsafeSlow(order.length * width);
    let lastPrefix = -1;
    for (let to = 0; to < order.length; to++) {
      const number = order[to] ?? 0;
      const from = (number % mostPerRun) * width;
      const prefix = Math.floor(number / mostPerRun);
      const place = prefix === lastPrefix ? this.#placeAmongTied(sorted, to, from) : to;
      lastPrefix = prefix;
      this.#pending.copy(sorted, place * width, from, from + width);
    }
    return sorted;
  }

  /** Moves back what is sorted already and belongs behind a record; returns the record's place. */
  #placeAmongTied(sorted: Buffer, to: number, from: number): number {
    const width = this.#width;
    const key = this.#pending.subarray(from, from + this.#keyBytes);
    let place = to;
    while (place > 0 && key.compare(sorted, (place - 1) * width, (place - 1) * width + this.#keyBytes) < 0) {
      sorted.copyWithin(place * width, (place - 1) * width, place * width);
      place -= 1;
    }
    return place;
  }

  *#merge(perPortion: () => number): Generator<Portion> {
    let at = 0;
    const heads: RunHead[] = [];
    for (const length of this.#runLengths) {
      heads.push(new RunHead(this.#folder.file, this.#width, at, at + length * this.#width));
      at += length * this.#width;
    }
    let records = Buffer.alloc(0);
    let count = 0;
    let wanted = 0;
    for (let least = leastOf(heads, this.#keyBytes); least; least = leastOf(heads, this.#keyBytes)) {
      if (count === wanted) {
        if (count > 0) yield { records: records.subarray(0, count * this.#width), count };
        wanted = perPortion();
        count = 0;
        if (records.length < wanted * this.#width) records = Buffer.allocUnsafeSlow(wanted * this.#width);
      }
      least.takeTo(records, count * this.#width);
      count += 1;
      if (!least.isOpen) heads.splice(heads.indexOf(least), 1);
    }
    if (count > 0) yield { records: records.subarray(0, count * this.#width), count };
  }
}

/** Where a run has been read to. */
class RunHead {
  readonly #file: number;
  readonly #width: number;
  readonly #page: Buffer;
  readonly #end: number;
  #next: number;
  #at = 0;
  #filled = 0;
  /** The first 32 bits of the record's key. */
  prefix = 0;
  isOpen = true;

  constructor(file: number, width: number, from: number, end: number) {
    this.#file = file;
    this.#width = width;
    this.#next = from;
    this.#end = end;
    this.#page = Buffer.allocUnsafeSlow(Math.max(1, Math.floor(bytesPerRead / width)) * width);
    this.#advance(0);
  }

  compareTo(other: RunHead, keyBytes: number): number {
    if (this.prefix !== other.prefix) return this.prefix - other.prefix;
    return this.#page.compare(other.#page, other.#at, other.#at + keyBytes, this.#at, this.#at + keyBytes);
  }

  takeTo(records: Buffer, to: number): void {
    this.#page.copy(records, to, this.#at, this.#at + this.#width);
    this.#advance(this.#width);
  }

  #advance(by: number): void {
    this.#at += by;
    if (this.#at === this.#filled) {
      const wanted = Math.min(this.#page.length, this.#end - this.#next);
      this.isOpen = wanted > 0;
      if (!this.isOpen) return;
      for (this.#filled = 0; this.#filled < wanted; ) {
        const read = readSync(this.#file, this.#page, this.#filled, wanted - this.#filled, this.#next);
        if (read === 0) throw new Error("the temporary file of an import was cut short");
        this.#filled += read;
        this.#next += read;
      }
      this.#at = 0;
    }
    this.prefix = this.#page.readUInt32BE(this.#at);
  }
}

/** Runs are few and were filled one after another: of two equal keys the one that came first is told first. */
function leastOf(heads: readonly RunHead[], keyBytes: number): RunHead | undefined {
  let least = heads[0];
  for (let index = 1; index < heads.length; index++) {
    const head = heads[index];
    if (least === undefined || head === undefined) continue;
    if (head.prefix < least.prefix || (head.prefix === least.prefix && head.compareTo(least, keyBytes) < 0))
      least = head;
  }
  return least;
}

function* inPortions(records: Buffer, width: number, perPortion: () => number): Generator<Portion> {
  for (let from = 0; from < records.length; ) {
    // A copy, as of the merged runs: whoever gets a portion may change it.
    const portion = Buffer.from(records.subarray(from, from + perPortion() * width));
    yield { records: portion, count: portion.length / width };
    from += portion.length;
  }
}
