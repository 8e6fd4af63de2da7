import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type FileSerial, type LineProblem, readSerialFile } from "./serial-file.ts";

async function read(...chunks: (string | Uint8Array)[]) {
  const problems: LineProblem[] = [];
  const serials: FileSerial[] = [];
  const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)));
  for await (const some of readSerialFile(source, (problem) => problems.push(problem))) serials.push(...some);
  return { serials: serials.map(({ line, serial, open }) => [line, serial, open]), problems };
}

describe("a file of serials", () => {
  it("may have one a line, with either end of line and blank lines between", async () => {
    const { serials, problems } = await read("AAAA-1\r\nBBBB-2\n\n  \nCCCC-3");
    expect(serials).toEqual([
      [1, "AAAA1", undefined],
      [2, "BBBB2", undefined],
      [5, "CCCC3", undefined],
    ]);
    expect(problems).toEqual([]);
  });

  it("may have columns, named in any order, with quotation marks, under any usual delimiter", async () => {
    const expected = [
      [2, "AAAA1", 1000],
      [3, "BBBB2", 1001],
    ];
    expect((await read('open,serial\n1000,AAAA-1\n"1001","BBBB-2"\n')).serials).toEqual(expected);
    expect((await read("sku;Serial;OPEN\nx;AAAA-1;1000\ny;BBBB-2;01001")).serials).toEqual(expected);
    expect((await read("\ufeffserial\topen\nAAAA-1\t1000\nBBBB-2\t1001")).serials).toEqual(expected);
    expect((await read("serial\nAAAA-1\n")).serials).toEqual([[2, "AAAA1", undefined]]);
  });

  it("is read the same however its bytes come in", async () => {
    const bytes = Buffer.from("open,serial\n1000,КЛЮЧ-1\r\n1001,BBBB-2\n");
    const singly = await read(...[...bytes].map((byte) => Uint8Array.of(byte)));
    expect(singly).toEqual(await read(bytes));
    expect(singly.serials).toHaveLength(2);
  });

  it.each([
    ["control characters", "AAAA-1\nBB\u001bBB-2\n", 2, /is not a serial/],
    ["bytes that are no UTF-8", Buffer.from("AAAA-1\nBBBB\xff\n", "latin1"), 2, /is not a serial/],
    ["columns without names", "AAAA-1\n1000,BBBB-2\n", 2, /first line must name them/],
    ["a column too few", "open,serial\n1000,AAAA-1\n1001\n", 3, /has 1 columns and not 2/],
    ["an open quotation mark", 'open,serial\n1000,"AAAA-1\n', 2, /quotation mark/],
    ["text behind a quotation mark", 'open,serial\n1000,"AAAA"-1\n', 2, /quotation mark/],
    ["an open number that is none", "open,serial\n1e3,AAAA-1\n", 2, /open number/],
    ["no open number", "open,serial\n,AAAA-1\n", 2, /open number/],
    ["a heading of a list without columns", "Product Keys\nAAAA-1\n", 1, /is a heading/],
    ["a comment", "AAAA-1\n# of March\n", 2, /is a comment/],
    ["a heading in the middle", "open,serial\n1000,AAAA-1\n1001,Licence key\n", 3, /is a heading/],
    ["a number that Excel rounded", "open,serial\n1000,1.23457E+15\n", 2, /rounded/],
    ["carriage returns alone", "AAAA-1\rBBBB-2\rCCCC-3", 1, /carriage return alone/],
    ["many of them", "AAAA-1\r".repeat(2_000).concat("x"), 1, /carriage return alone/],
    ["a line separator of Unicode", "AAAA-1\u2028BBBB-2\n", 1, /U\+2028/],
    ["a formula", "open,serial\n1000,=cmd|'x'\n", 2, /is not a serial/],
  ])("is told its mistakes by line: %s", async (_what, text, line, message) => {
    const { problems } = await read(text);
    expect(problems).toEqual([{ line, message: expect.stringMatching(message) }]);
  });

  it("never repeats what stands in a line", async () => {
    const { problems } = await read('open,serial\n1000,SECRET"1\nSECRET2,SECRET\u00013\nSECRET4\n');
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain("SECRET");
  });

  it("that is one endless line takes no memory", async () => {
    const before = process.memoryUsage().rss;
    const source = Readable.from(
      (function* () {
        for (let chunk = 0; chunk < 2_000; chunk++) yield Buffer.alloc(65_536, "A");
        yield Buffer.from("\nBBBB-2\n");
      })(),
    );
    const problems: LineProblem[] = [];
    const found: number[] = [];
    for await (const some of readSerialFile(source, (problem) => problems.push(problem)))
      found.push(...some.map(({ line }) => line));
    expect(problems).toEqual([{ line: 1, message: "is longer than any serial" }]);
    expect(found).toEqual([2]);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });
});
