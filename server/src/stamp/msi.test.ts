import { bytesSource, findSignatureStream, openCompoundFile } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusalOf, stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";
import { type TinyMsi, tinyMsi } from "../../../test/stamp/tiny-msi.ts";

const token = fc.stringMatching(/^[\w.-]{1,4000}$/);

const shape: fc.Arbitrary<TinyMsi> = fc.record({
  sectorBytes: fc.constantFrom(512, 4096),
  signatureBytes: fc.integer({ min: 200, max: 12_000 }),
  cabinetBytes: fc.nat(70_000),
  noDifat: fc.constantFrom(0xffff_fffe, 0xffff_ffff),
  looseBytes: fc.nat(100),
});

/** What is read of the tables, to see that they stay what a compound file has. */
async function readTables(bytes: Uint8Array) {
  const file = await openCompoundFile(bytesSource(bytes));
  const marks: number[] = [];
  for (let sector = 0; sector < file.sectorCount; sector++) marks.push(await file.nextSector(sector));
  return { file, marks };
}

describe("a stamped MSI", () => {
  it("gives its token, takes another, and becomes the original again, whatever its shape", async () => {
    const property = fc.asyncProperty(shape, token, token, async (options, first, second) => {
      const original = tinyMsi(options);
      const stamped = await stampBytes(original, first);
      expect(await tokenOf(stamped)).toBe(first);
      const again = await stampBytes(stamped, second);
      expect(Buffer.compare(again, await stampBytes(original, second))).toBe(0);
      expect(Buffer.compare(await unstampBytes(again), original)).toBe(0);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it.each([
    ["has sectors of 512 bytes", { sectorBytes: 512, cabinetBytes: 20_000, isFull: false }],
    ["has sectors of 4,096 bytes", { sectorBytes: 4096, cabinetBytes: 20_000, isFull: false }],
    ["has a FAT that is full to the last entry", { cabinetBytes: 512 * (128 - 7), isFull: true }],
    [
      "names its FAT in the header alone, full to the last place",
      { cabinetBytes: 512 * (109 * 128 - 115), isFull: true },
    ],
    [
      "has a DIFAT of one sector, full to the last place",
      { cabinetBytes: 512 * ((109 + 127) * 128 - 243), isFull: true },
    ],
  ] as const)("covers every sector of its own when it %s", async (_name, options) => {
    const original = tinyMsi({ ...options, signatureBytes: 2000 });
    const before = await readTables(original);
    const covered = before.file.fatSectors.length * (before.file.sectorBytes / 4);
    expect(covered === before.file.sectorCount).toBe(options.isFull);
    const stamped = await stampBytes(original, "t".repeat(4000));
    const { file, marks } = await readTables(stamped);
    expect(file.sectorCount).toBe(stamped.length / file.sectorBytes - 1);
    expect(marks).not.toContain(0xffff_ffff);
    expect(marks.filter((mark) => mark === 0xffff_fffd)).toHaveLength(file.fatSectors.length);
    expect(marks.filter((mark) => mark === 0xffff_fffc)).toHaveLength(file.difatSectors.length);
    expect(file.fatSectors.every((sector) => marks[sector] === 0xffff_fffd)).toBe(true);
    expect(file.difatSectors.every((sector) => marks[sector] === 0xffff_fffc)).toBe(true);
    expect(marks.slice(0, before.marks.length)).toEqual(before.marks);
    expect(Buffer.compare(await unstampBytes(stamped), original)).toBe(0);
  });

  it("has a signature with sectors of its own, however small it was", async () => {
    const original = tinyMsi({ signatureBytes: 300 });
    const file = await openCompoundFile(bytesSource(await stampBytes(original, "t")));
    expect((await findSignatureStream(file))?.size).toBeGreaterThanOrEqual(4096);
  });

  it("is not taken back when another program changed it since", async () => {
    const stamped = await stampBytes(tinyMsi({ signatureBytes: 2000 }), "token");
    const longer = new Uint8Array(stamped.length + 512);
    longer.set(stamped);
    expect(await refusalOf(unstampBytes(longer))).toBe("container_unsupported");
    expect(await refusalOf(stampBytes(longer, "another"))).toBe("container_unsupported");
    expect(await tokenOf(longer)).toBe("token");
  });
});

describe("an MSI that cannot be stamped", () => {
  it("is one without a signature; it has no stamp either", async () => {
    const unsigned = tinyMsi();
    expect(await tokenOf(unsigned)).toBeUndefined();
    expect(await refusalOf(stampBytes(unsigned, "token"))).toBe("container_unsupported");
    expect(await refusalOf(unstampBytes(unsigned))).toBe("container_unsupported");
  });

  it("is one with bytes behind what its table covers, or with entries for sectors that it lacks", async () => {
    const whole = tinyMsi({ signatureBytes: 5000, cabinetBytes: 512 * 100 });
    const appended = new Uint8Array(whole.length + 512 * 64);
    appended.set(whole);
    expect(await refusalOf(stampBytes(appended, "token"))).toBe("container_unsupported");
    const cut = whole.subarray(0, whole.length - 512 * 3);
    expect(await refusalOf(stampBytes(cut, "token"))).toMatch(/^container_/);
  });

  it("says of a signed one that it has no stamp to lose", async () => {
    expect(await refusalOf(unstampBytes(tinyMsi({ signatureBytes: 5000 })))).toBe("stamp_absent");
  });
});
