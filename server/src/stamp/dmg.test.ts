import { bytesSource, encodePlaceholder } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, refusalOf, stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";
import {
  attributeRecord,
  type TinyDmg,
  type TinyRun,
  tinyDmg,
  unpackDmg,
} from "../../../test/stamp/tiny-dmg.ts";
import { planDmgPreparation } from "./prepare-dmg.ts";

const sectors = (count: number, content: Uint8Array = Buffer.from("HFS ")) => {
  const bytes = Buffer.alloc(count * 512);
  bytes.set(content);
  return bytes;
};

/** A raw run with a placeholder somewhere in it. */
const marked = (at: number, placeholderBytes = 2048): TinyRun => ({
  kind: "raw",
  content: sectors(
    12 + Math.ceil(at / 512),
    Buffer.concat([Buffer.alloc(at, "hfs "), attributeRecord(encodePlaceholder(placeholderBytes))]),
  ),
});
const other = fc
  .tuple(fc.constantFrom<TinyRun["kind"]>("raw", "zlib", "zeros", "left out"), fc.integer({ min: 1, max: 9 }))
  .map(
    ([kind, count]): TinyRun => ({
      kind,
      content: sectors(count, kind === "raw" || kind === "zlib" ? undefined : Buffer.alloc(0)),
    }),
  );
const others = fc.array(other, { maxLength: 5 });
const shape: fc.Arbitrary<TinyDmg> = fc
  .record({
    before: others,
    within: others,
    behind: others,
    after: others,
    at: fc.nat(5000),
    withoutSums: fc.boolean(),
  })
  .map(({ before, within, behind, after, at, withoutSums }) => ({
    partitions: [before, [...within, marked(at), ...behind], after],
    withoutSums,
  }));
const token = fc.stringMatching(/^[\w.-]{1,2030}$/);

describe("a stamped disk image", () => {
  it("gives its token, keeps every sum right, takes another, and becomes the original again", async () => {
    const property = fc.asyncProperty(shape, token, token, async (options, first, second) => {
      const original = tinyDmg(options);
      expect(unpackDmg(original).wrong).toEqual([]);
      expect(await tokenOf(original)).toBeUndefined();
      const stamped = await stampBytes(original, first);
      expect(await tokenOf(stamped)).toBe(first);
      const { wrong, partitions } = unpackDmg(stamped);
      expect(wrong).toEqual([]);
      expect(partitions[1]?.includes(first)).toBe(true);
      const again = await stampBytes(stamped, second);
      expect(Buffer.compare(again, await stampBytes(original, second))).toBe(0);
      expect(Buffer.compare(await unstampBytes(again), original)).toBe(0);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it.each([0, 1, (1 << 18) - 90, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, (1 << 20) + 1])(
    "has its attribute found at %i bytes of a long run, once",
    async (at) => {
      const original = tinyDmg({ partitions: [[marked(at)]] });
      const stamped = await stampBytes(original, "token");
      expect(await tokenOf(stamped)).toBe("token");
      expect(unpackDmg(stamped).wrong).toEqual([]);
    },
  );
});

describe("a disk image that cannot be stamped", () => {
  it.each<[string, TinyDmg]>([
    ["no placeholder", { partitions: [[{ kind: "raw", content: sectors(20) }]] }],
    ["its placeholder in a compressed run", { partitions: [[{ ...marked(100), kind: "zlib" }]] }],
    ["two placeholders", { partitions: [[marked(100), marked(700), { kind: "raw", content: sectors(1) }]] }],
    ["a signature of its own", { partitions: [[marked(100)]], signatureBytes: 2000 }],
    [
      "sums of the old kind",
      {
        partitions: [[marked(100)]],
        moreResources:
          "<key>cSum</key>\n<array>\n<dict><key>Data</key><data>AAEAAAAC8nAJyQ==</data></dict></array>\n",
      },
    ],
  ])("is one with %s", async (_, options) => {
    expect(await refusalOf(stampBytes(tinyDmg(options), "token"))).toBe("container_unsupported");
    expect(await refusalOf(unstampBytes(tinyDmg(options)))).toBe("container_unsupported");
  });

  it("is one whose sums were wrong before", async () => {
    const image = tinyDmg({ partitions: [[marked(100)]] });
    const master = image.length - 512 + 360;
    image[master] = (image[master] ?? 0) ^ 1;
    expect(await refusalOf(stampBytes(image, "token"))).toBe("container_malformed");
  });

  it("is one with a placeholder that is too small, or without a stamp to lose", async () => {
    const image = tinyDmg({ partitions: [[marked(100, 64)]] });
    expect(await refusalOf(stampBytes(image, "t".repeat(47)))).toBe("stamp_too_large");
    expect(await refusalOf(stampBytes(image, "t".repeat(46)))).toBeUndefined();
    expect(await refusalOf(unstampBytes(image))).toBe("stamp_absent");
  });
});

describe("a compressed disk image", () => {
  it("is prepared once, with the same volume in it, and stamped from then on", async () => {
    const compressed = shape.map(({ partitions, ...more }) => ({
      ...more,
      partitions: partitions.map((runs) =>
        runs.map((run): TinyRun => (run.kind === "raw" ? { ...run, kind: "zlib" } : run)),
      ),
    }));
    const property = fc.asyncProperty(compressed, token, async (options, first) => {
      const original = tinyDmg(options);
      expect(await refusalOf(stampBytes(original, first))).toBe("container_unsupported");
      const prepared = apply(original, await planDmgPreparation(bytesSource(original)));
      expect(unpackDmg(prepared)).toEqual({ ...unpackDmg(original), wrong: [] });
      const stamped = await stampBytes(prepared, first);
      expect(await tokenOf(stamped)).toBe(first);
      expect(unpackDmg(stamped).wrong).toEqual([]);
      expect(Buffer.compare(await unstampBytes(stamped), prepared)).toBe(0);
      const again = await planDmgPreparation(bytesSource(prepared));
      expect(again).toMatchObject({ patches: [], newLength: prepared.length });
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("is stamped as fast when most of it would not compress", async () => {
    const incompressible = Array.from(
      { length: 66 },
      (): TinyRun => ({ kind: "raw", content: sectors(2048) }),
    );
    const original = tinyDmg({ partitions: [[...incompressible, { ...marked(100), kind: "zlib" }]] });
    const prepared = apply(original, await planDmgPreparation(bytesSource(original)));
    expect(await tokenOf(await stampBytes(prepared, "token"))).toBe("token");
  });

  it("is not prepared without a placeholder, with two, or when a part of it is broken", async () => {
    const refused = (partitions: TinyRun[][]) =>
      refusalOf(planDmgPreparation(bytesSource(tinyDmg({ partitions }))));
    expect(await refused([[{ kind: "zlib", content: sectors(9) }]])).toBe("container_unsupported");
    expect(await refused([[{ ...marked(9), kind: "zlib" }, marked(900)]])).toBe("container_unsupported");
    const broken = tinyDmg({ partitions: [[{ ...marked(9), kind: "zlib" }]] });
    broken[20] = (broken[20] ?? 0) ^ 0xff;
    expect(await refusalOf(planDmgPreparation(bytesSource(broken)))).toBe("container_malformed");
    expect(await refusalOf(planDmgPreparation(bytesSource(new Uint8Array(600))))).toBe("container_unknown");
  });
});
