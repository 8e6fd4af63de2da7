import { readFileSync } from "node:fs";
import { derSlice, readAuthenticode, stampPlaceBytes } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusalOf, stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../test/stamp/fixtures/pe/${name}.exe`, import.meta.url));
const names = ["unsigned", "signed", "signed-32", "dual", "two-entries"];
const [first, second] = ["a".repeat(350), "b".repeat(1024)];

/** Where things stand in a program of 64 bits. */
function placesOf(program: Buffer) {
  const header = program.readUInt32LE(0x3c);
  const directory = header + 24 + (program.readUInt16LE(header + 24) === 0x20b ? 144 : 128);
  return { checksum: header + 24 + 64, directory, table: program.readUInt32LE(directory) };
}

/** The checksum as "PE Format" and ImageHlp's CheckSumMappedFile have it, over the whole file. */
function wholeChecksum(program: Buffer): number {
  const bytes = Buffer.concat([program, Buffer.alloc(program.length % 2)]);
  bytes.writeUInt32LE(0, placesOf(program).checksum);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += bytes.readUInt16LE(at);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return sum + program.length;
}

/** A signed program with its table as other tools may have written it. */
function odd(program: Buffer, change: { checksum?: number; zeros?: number; length?: number }): Buffer {
  const { checksum, directory, table } = placesOf(program);
  const made = Buffer.concat([program, Buffer.alloc(change.zeros ?? 0)]);
  made.writeUInt32LE(made.length - table, directory + 4);
  if (change.length !== undefined) made.writeUInt32LE(program.readUInt32LE(table) + change.length, table);
  if (change.checksum !== undefined) made.writeUInt32LE(change.checksum, checksum);
  return made;
}

async function expectRoundTrip(original: Buffer): Promise<Buffer> {
  const stamped = await stampBytes(original, first);
  expect(await tokenOf(stamped)).toBe(first);
  const again = await stampBytes(stamped, second);
  expect(await tokenOf(again)).toBe(second);
  expect(Buffer.compare(again, await stampBytes(original, second))).toBe(0);
  expect(Buffer.compare(await unstampBytes(again), original)).toBe(0);
  return Buffer.from(stamped);
}

describe("a Windows program", () => {
  it.each(names)("%s: a stamp is read, replaced and removed without a trace", async (name) => {
    const original = fixture(name);
    expect(await tokenOf(original)).toBeUndefined();
    const stamped = await expectRoundTrip(original);
    const { checksum } = placesOf(stamped);
    expect(original.readUInt32LE(checksum)).toBe(wholeChecksum(original));
    expect(stamped.readUInt32LE(checksum)).toBe(wholeChecksum(stamped));
  });

  it("has its table end with its certificate, padded to eight with zeros", async () => {
    const stamped = Buffer.from(await stampBytes(fixture("signed"), first));
    const { directory, table } = placesOf(stamped);
    const size = stamped.readUInt32LE(directory + 4);
    expect([size, stamped.readUInt32LE(table), size % 8]).toEqual([stamped.length - table, size, 0]);
  });

  it("has the attributes beside the stamp as they were, in DER's order", async () => {
    const attributes = (program: Buffer) => {
      const blob = program.subarray(placesOf(program).table + 8);
      return readAuthenticode(blob).list.map((one) => Buffer.from(derSlice(blob, one)));
    };
    const before = attributes(fixture("dual"));
    const after = attributes(Buffer.from(await stampBytes(fixture("dual"), first)));
    expect(after).toEqual([...after].sort(Buffer.compare));
    expect(after.filter((one) => before.some((other) => other.equals(one)))).toEqual(before);
    expect(after.length).toBe(before.length + 1);
  });

  it("comes back byte for byte whatever its checksum and its padding", async () => {
    const change = fc.record(
      {
        checksum: fc.oneof(fc.constantFrom(0, 1, 0xffff, 0x1_0000, 0xffff_ffff), fc.nat(0xffff_ffff)),
        zeros: fc.nat(40),
        length: fc.constantFrom(-7, -1, 0, 1, 5),
      },
      { requiredKeys: [] },
    );
    const usable = fc
      .tuple(fc.constantFrom("signed", "dual"), change)
      .filter(([name, { zeros = 0, length = 0 }]) => {
        const program = fixture(name);
        const { table } = placesOf(program);
        const used = 12 + program.readUInt16BE(table + 10);
        const told = program.readUInt32LE(table) + length;
        return told >= used && told <= program.length - table + zeros;
      });
    await fc.assert(
      fc.asyncProperty(usable, async ([name, how]) => {
        await expectRoundTrip(odd(fixture(name), how));
      }),
      { numRuns: 200 },
    );
  });

  it("without a signature comes back whatever its checksum and its length", async () => {
    const { checksum } = placesOf(fixture("unsigned"));
    await fc.assert(
      fc.asyncProperty(fc.nat(0xffff_ffff), fc.nat(9), async (sum, longer) => {
        const original = Buffer.concat([fixture("unsigned"), Buffer.alloc(longer, 7)]);
        original.writeUInt32LE(sum, checksum);
        await expectRoundTrip(original);
        original.writeUInt32LE(wholeChecksum(original), checksum);
        const stamped = await expectRoundTrip(original);
        expect(stamped.readUInt32LE(checksum)).toBe(wholeChecksum(stamped));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a program that cannot be stamped", () => {
  const signed = fixture("signed");
  const { directory, table } = placesOf(signed);
  const changed = (change: (bytes: Buffer) => void, behind = 0) => {
    const bytes = Buffer.concat([signed, Buffer.alloc(behind)]);
    change(bytes);
    return bytes;
  };

  it.each([
    [
      "something hidden in its padding",
      odd(signed, { zeros: 8, length: 8 }).fill(1, signed.length),
      "container_unsupported",
    ],
    ["something behind its signature", changed(() => {}, 8), "container_unsupported"],
    ["its end cut off", signed.subarray(0, -1), "container_malformed"],
    ["its table inside its headers", changed((b) => b.writeUInt32LE(64, directory)), "container_malformed"],
    [
      "a table at an odd place",
      changed((b) => b.writeUInt32LE(table + 4, directory), 4),
      "container_unsupported",
    ],
    [
      "a certificate longer than the table",
      changed((b) => b.writeUInt32LE(2 ** 31, table)),
      "container_malformed",
    ],
    ["a certificate of another kind", changed((b) => b.writeUInt16LE(1, table + 6)), "container_unsupported"],
    ["an indefinite length", changed((b) => b.writeUInt8(0x80, table + 9)), "container_unsupported"],
    [
      "no optional header",
      changed((b) => b.writeUInt16LE(0, b.readUInt32LE(0x3c) + 20)),
      "container_malformed",
    ],
  ])("with %s is refused", async (_what, program, code) => {
    expect(await refusalOf(stampBytes(program, first))).toBe(code);
  });

  it("says that a stamp was damaged, wherever it stands", async () => {
    for (const name of ["signed", "unsigned"]) {
      const stamped = Buffer.from(await stampBytes(fixture(name), first));
      const at = stamped.lastIndexOf(first);
      stamped[at] = 0x63;
      for (const work of [tokenOf(stamped), stampBytes(stamped, second), unstampBytes(stamped)])
        expect(await refusalOf(work)).toBe("stamp_damaged");
    }
  });

  it("has no stamp to lose", async () => {
    for (const name of names) expect(await refusalOf(unstampBytes(fixture(name)))).toBe("stamp_absent");
    expect(fixture("unsigned").length).toBeLessThan(stampPlaceBytes);
  });

  it("is refused with a typed error, or stamped so that it comes back, whatever was changed in it", async () => {
    const mutated = fc.tuple(
      fc.constantFrom(...names.filter((name) => name !== "signed-32")),
      fc.boolean(),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
    );
    const originals = new Map(names.map((name) => [name, fixture(name)]));
    await fc.assert(
      fc.asyncProperty(mutated, async ([name, inHeaders, changes]) => {
        const program = Buffer.from(originals.get(name) ?? []);
        const { table } = placesOf(program);
        const [from, span] = inHeaders || table === 0 ? [0, 400] : [table, program.length - table];
        for (const [where, value] of changes) program[from + Math.floor(where * span)] = value;
        if ((await refusalOf(stampBytes(program, first))) !== undefined) return;
        await expectRoundTrip(program);
      }),
      { numRuns: 2000 },
    );
  });
});
