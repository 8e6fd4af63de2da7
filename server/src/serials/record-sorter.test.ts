import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecordSorter } from "./record-sorter.ts";

const width = 9;
const keyBytes = 8;

function sort(records: readonly Buffer[], recordsPerRun: number, perPortion: number): Buffer[][] {
  const sorter = new RecordSorter({ width, keyBytes, recordsPerRun });
  try {
    for (const record of records) {
      const { into, at } = sorter.add();
      record.copy(into, at);
    }
    const read = () => {
      const found: Buffer[] = [];
      for (const { records: some, count } of sorter.sorted(() => perPortion))
        for (let at = 0; at < count * width; at += width)
          found.push(Buffer.from(some.subarray(at, at + width)));
      return found;
    };
    return [read(), read()];
  } finally {
    sorter.close();
  }
}

const expected = (records: readonly Buffer[]) =>
  records.toSorted((a, b) => a.compare(b, 0, keyBytes, 0, keyBytes));

const sortFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("tallystick-sort-"));

describe("sorting records", () => {
  it("gives them in the order of their keys, twice, however many runs there are; equal keys as they came", () => {
    // Few different bytes, so that many keys agree in their first 32 bits, or wholly.
    const record = fc.uint8Array({ minLength: width, maxLength: width, max: 2 }).map(Buffer.from);
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 7 }),
        (records, perRun, perPortion) => {
          const [first, again] = sort(records, perRun, perPortion);
          expect(first).toEqual(expected(records));
          expect(again).toEqual(first);
        },
      ),
    );
  });

  it("of tens of thousands is right too", () => {
    const records = Array.from({ length: 40_000 }, () => randomBytes(width));
    const [sorted = []] = sort(records, 9_000, 1_000);
    expect(Buffer.concat(sorted).equals(Buffer.concat(expected(records)))).toBe(true);
  });

  it("leaves nothing on the disk", () => {
    const before = sortFolders();
    sort([randomBytes(width), randomBytes(width), randomBytes(width)], 1, 1);
    expect(sortFolders()).toEqual(before);
  });
});
