import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodePlaceholder } from "@tallystick/sdk/stamp";
import { tinyDeb, tinyGzip, tinyZip, tinyZstd } from "./tiny-archives.ts";
import { attributeRecord, tinyDmg } from "./tiny-dmg.ts";
import { tinyElf } from "./tiny-elf.ts";
import { tinyIso } from "./tiny-iso.ts";
import { tinyMsi } from "./tiny-msi.ts";

/** A file that can be stamped. */
export interface StampFixture {
  name: string;
  bytes: Uint8Array;
}

const text = (value: string, times = 1) => Buffer.from(value.repeat(times));
const file = (name: string) => ({ name, content: text(`${name} `, 20) });
const sectors = (count: number, content: Uint8Array) => Buffer.concat([content], count * 512);

/** Real files, made and signed by real tools: test/containers/make-fixtures.ts. */
function storedFixtures(): StampFixture[] {
  const folder = join(import.meta.dirname, "fixtures");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }));
}

const dmg = () => {
  const attribute = Buffer.concat([text("hfs ", 40), attributeRecord(encodePlaceholder(2048))]);
  return tinyDmg({
    partitions: [
      [{ kind: "zlib", content: sectors(3, text("plist")) }],
      [
        { kind: "raw", content: sectors(12, attribute) },
        { kind: "zeros", content: sectors(2, text("")) },
      ],
    ],
  });
};

/** At least one file of every kind, all of them small. */
export const stampFixtures = (): StampFixture[] => [
  ...storedFixtures(),
  { name: "msi", bytes: tinyMsi({ signatureBytes: 5000 }) },
  { name: "msi with a small signature", bytes: tinyMsi({ signatureBytes: 800, sectorBytes: 512 }) },
  { name: "app.zip", bytes: tinyZip([file("A.app/Contents/a"), file("b")], { comment: text("c") }) },
  { name: "large app.zip", bytes: tinyZip([file("A.app/Contents/a")], { zip64: true }) },
  { name: "zip", bytes: tinyZip([file("a"), file("b")], { comment: text("a comment") }) },
  { name: "large zip", bytes: tinyZip([file("a"), file("b")], { zip64: true }) },
  { name: "script and zip", bytes: tinyZip([file("a")], { prefix: text("#!/bin/sh\nexit\n") }) },
  { name: "deb", bytes: tinyDeb(text("control"), text("data")) },
  {
    name: "signed deb",
    bytes: tinyDeb(text("a"), text("b"), { name: "_gpgorigin", content: text("c", 99) }),
  },
  { name: "gzip", bytes: tinyGzip(text("one", 50), text("two")) },
  { name: "zstd", bytes: tinyZstd(text("one", 50), text("two")) },
  { name: "elf", bytes: tinyElf({ sections: [{ name: ".text", content: text("code", 30) }] }) },
  { name: "elf of 32 bits", bytes: tinyElf({ is32: true, isBigEndian: true, overlay: text("more") }) },
  {
    name: "appimage",
    bytes: tinyElf({
      isAppImage: true,
      sections: [
        { name: ".upd_info", content: text("zsync|https://acme.example") },
        { name: ".sha256_sig", content: new Uint8Array(64) },
      ],
      overlay: text("hsqs", 30),
    }),
  },
  { name: "elf and zip", bytes: tinyElf({ overlay: tinyZip([file("a")]) }) },
  { name: "iso", bytes: tinyIso({ files: [{ name: "README.TXT", content: text("read me") }] }) },
  {
    name: "iso with a placeholder",
    bytes: tinyIso({ joliet: true, files: [{ name: "tallystick.token", content: encodePlaceholder() }] }),
  },
  { name: "dmg", bytes: dmg() },
];
