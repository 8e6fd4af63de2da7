import { gunzipSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";
import { tinyDeb, tinyGzip, tinyZip, tinyZstd } from "../../../test/stamp/tiny-archives.ts";
import { tinyElf } from "../../../test/stamp/tiny-elf.ts";

const content = fc.uint8Array({ maxLength: 300 });
const token = fc.stringMatching(/^[\w.-]{1,1500}$/);
const files = fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,9}$/), content }), { maxLength: 5 });

const app = { name: "Größe 1.app/Contents/Info.plist", content: Buffer.from("<plist/>") };

const kinds: [string, fc.Arbitrary<Uint8Array>][] = [
  ["zip", files.map((all) => tinyZip(all))],
  ["zip with a comment", fc.tuple(files, content).map(([all, comment]) => tinyZip(all, { comment }))],
  ["zip in ZIP64", files.map((all) => tinyZip(all, { zip64: true }))],
  ["zip in ZIP64 that it does not need", files.map((all) => tinyZip(all, { zip64: "both" }))],
  [
    "zip in ZIP64 behind a script",
    fc
      .tuple(files, fc.constantFrom<boolean | "both">(true, "both"))
      .map(([all, zip64]) => tinyZip(all, { zip64, prefix: Buffer.from("#!/bin/sh\n") })),
  ],
  ["zip behind a script", files.map((all) => tinyZip(all, { prefix: Buffer.from("#!/bin/sh\n") }))],
  ["an app in a zip", fc.tuple(files, content).map(([all, comment]) => tinyZip([...all, app], { comment }))],
  ["an app in a zip in ZIP64", files.map((all) => tinyZip([app, ...all], { zip64: true }))],
  [
    "an app in a zip in ZIP64 that it does not need",
    files.map((all) => tinyZip([app, ...all], { zip64: "both" })),
  ],
  ["a program", fc.tuple(content, fc.boolean()).map(([overlay, is32]) => tinyElf({ overlay, is32 }))],
  ["a program with a zip behind it", files.map((all) => tinyElf({ overlay: tinyZip(all) }))],
  ["deb", fc.tuple(content, content).map(([control, rest]) => tinyDeb(control, rest))],
  ["gzip", fc.array(content, { minLength: 1, maxLength: 3 }).map((all) => tinyGzip(...all))],
  ["zstd", fc.array(content, { minLength: 1, maxLength: 3 }).map((all) => tinyZstd(...all))],
];

describe.each(kinds)("stamping %s", (_kind, archives) => {
  it("gives the token back, replaces it, and restores the original byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(archives, token, token, async (original, one, other) => {
        const stamped = await stampBytes(original, one);
        expect(await tokenOf(original)).toBe(undefined);
        expect(await tokenOf(stamped)).toBe(one);
        const again = await stampBytes(stamped, other);
        expect(Buffer.compare(again, await stampBytes(original, other))).toBe(0);
        expect(Buffer.compare(await unstampBytes(again), original)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what a stamped file unpacks to", () => {
  it("is the same for gzip and zstd", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 3 }), async (all) => {
        expect(gunzipSync(await stampBytes(tinyGzip(...all), "t")).equals(Buffer.concat(all))).toBe(true);
        expect(zstdDecompressSync(await stampBytes(tinyZstd(...all), "t")).equals(Buffer.concat(all))).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });
});
