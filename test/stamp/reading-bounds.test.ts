import { type ByteSource, bytesSource, encodePlaceholder, readStamp } from "@tallystick/sdk/stamp";
import { describe, expect, it } from "vitest";
import { hfsPlusVolume } from "../containers/hfs-plus.ts";
import { refusalOf, stampBytes } from "./stamping.ts";
import { tinyDeb, tinyGzip, tinyZip, tinyZstd } from "./tiny-archives.ts";
import { attributeRecord, tinyDmg } from "./tiny-dmg.ts";
import { tinyElf } from "./tiny-elf.ts";
import { tinyIso } from "./tiny-iso.ts";
import { tinyMsi } from "./tiny-msi.ts";

const token = "t".repeat(400);
const kilobyte = 1024;
const empty = new Uint8Array();
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const files = (count: number, name: (index: number) => string) =>
  range(count).map((index) => ({ name: name(index), content: empty }));
const sectors = (count: number, content: Uint8Array = empty) => Buffer.concat([content], count * 512);

/** A source that counts: the time that a reading takes is that of its reads, and of looking through what they give. */
function counted(bytes: Uint8Array) {
  const source = bytesSource(bytes);
  const spent = { reads: 0, bytes: 0 };
  const counting: ByteSource = {
    size: source.size,
    read: (offset, length) => {
      spent.reads++;
      spent.bytes += length;
      return source.read(offset, length);
    },
  };
  return { source: counting, spent };
}

/** A volume with its attributes far behind its front, in an image that is not compressed. */
function rawDmg(): Uint8Array {
  const volume = hfsPlusVolume(encodePlaceholder(), 5000);
  const [from, to, blockBytes] = [5, 4900, 4096];
  volume.copy(volume, to * blockBytes, from * blockBytes, (from + 4) * blockBytes);
  volume.fill(0, from * blockBytes, (from + 4) * blockBytes);
  volume.writeUInt32BE(to, 1024 + 368);
  return tinyDmg({ partitions: [[{ kind: "raw", content: volume }]] });
}

const preparedDmg = () => {
  const compressed = range(9000).map(() => ({ kind: "zlib" as const, content: sectors(1) }));
  const raw = { kind: "raw" as const, content: sectors(2048, attributeRecord(encodePlaceholder())) };
  return tinyDmg({ partitions: [[...compressed, raw]] });
};

describe("reading a stamp", () => {
  it.each<[string, () => Uint8Array, { reads: number; bytes: number }]>([
    [
      "a ZIP file of 20,000 files",
      () => tinyZip(files(20_000, (index) => `node_modules/acme/${index}.js`)),
      { reads: 8, bytes: 160 * kilobyte },
    ],
    [
      "a macOS app of 20,000 files in a ZIP file",
      () => tinyZip(files(20_000, (index) => `Paint.app/Contents/${index}.strings`)),
      { reads: 8, bytes: 160 * kilobyte },
    ],
    [
      "a Debian package with all the members it may have",
      () => tinyDeb(empty, empty, ...files(60, (index) => `_${index}`)),
      { reads: 8, bytes: 80 * kilobyte },
    ],
    [
      "a gzip file of 5,000 members",
      () => tinyGzip(...range(5000).map(() => empty)),
      { reads: 4, bytes: 40 * kilobyte },
    ],
    [
      "a zstd file of 5,000 frames",
      () => tinyZstd(...range(5000).map(() => empty)),
      { reads: 4, bytes: 40 * kilobyte },
    ],
    [
      "a program with 20,000 sections",
      () => tinyElf({ sections: range(20_000).map(() => ({ name: ".text", content: empty })) }),
      { reads: 4, bytes: 40 * kilobyte },
    ],
    [
      "an MSI whose DIFAT has several sectors",
      () => tinyMsi({ signatureBytes: 5000, cabinetBytes: 24 << 20 }),
      { reads: 16, bytes: 300 * kilobyte },
    ],
    [
      "an image of a disc",
      () => tinyIso({ joliet: true, files: [{ name: "tallystick.token", content: encodePlaceholder() }] }),
      { reads: 12, bytes: 120 * kilobyte },
    ],
    ["a prepared disk image of 9,000 pieces", preparedDmg, { reads: 6, bytes: 1200 * kilobyte }],
    ["a disk image that is not compressed", rawDmg, { reads: 12, bytes: 3 << 20 }],
  ])("takes a few reads: %s", async (_what, make, most) => {
    const { source, spent } = counted(await stampBytes(make(), token));
    expect(await readStamp(source)).toMatchObject({ code: "stamped", token });
    expect(spent.reads).toBeLessThanOrEqual(most.reads);
    expect(spent.bytes).toBeLessThanOrEqual(most.bytes);
  });

  it("ends soon where a chain of an MSI leads all over its table", async () => {
    const msi = Buffer.from(tinyMsi({ signatureBytes: 5000, cabinetBytes: 40 << 20 }));
    const table = (index: number) => (msi.readUInt32LE(76 + 4 * index) + 1) * 512;
    // The directory's chain takes one step in each sector of the FAT that the header names, round and round.
    for (const index of range(109 * 128)) {
      const next = (index + 128) % (109 * 128);
      msi.writeUInt32LE(
        next === index % 128 ? (next + 1) % 128 : next,
        table(index >> 7) + 4 * (index & 127),
      );
    }
    const { source, spent } = counted(msi);
    expect(await refusalOf(readStamp(source))).toBe("container_malformed");
    expect(spent.reads).toBeLessThanOrEqual(10_000);
  });

  it("ends soon where an archive's directory ends in what looks like one record in another", async () => {
    const record = Buffer.from("PK\x01\x02", "latin1");
    const name = `__MACOSX/._${record.toString("latin1").repeat(500)}.app`;
    const zip = tinyZip(files(2000, (index) => `${index}${name}`));
    const { source, spent } = counted(zip);
    expect(await readStamp(source)).toEqual({ code: "absent", container: "zip" });
    expect(spent.reads).toBeLessThanOrEqual(8);
  });
});
