import { encodePlaceholder } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusalOf, stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";
import { type TinyIsoFile, tinyIso } from "../../../test/stamp/tiny-iso.ts";

const filled = (letter: string) => Buffer.alloc(512, letter);
const readme = { name: "README.TXT", content: Buffer.from("read me") };
const placeholder = (name: string, more: Partial<TinyIsoFile> = {}): TinyIsoFile => ({
  name,
  content: encodePlaceholder(),
  ...more,
});

const images: [string, Uint8Array, number][] = [
  ["a field of zeros", tinyIso({ files: [readme] }), 493],
  ["a field of spaces", tinyIso({ files: [readme], applicationUse: filled(" ") }), 493],
  ["a placeholder", tinyIso({ files: [readme, placeholder("TALLYSTICK.TOKEN")] }), 2030],
  ["a placeholder with a short name", tinyIso({ files: [placeholder("TALLYSTI.TOK")] }), 2030],
  [
    "a placeholder in Rock Ridge",
    tinyIso({ files: [placeholder("T1", { longName: "tallystick.token" })] }),
    2030,
  ],
  ["a placeholder in Joliet", tinyIso({ joliet: true, files: [placeholder("tallystick.token")] }), 2030],
  [
    "a placeholder beside a field in use",
    tinyIso({ files: [placeholder("TALLYSTICK.TOKEN")], applicationUse: filled("x") }),
    2030,
  ],
  [
    "a placeholder larger than any stamp",
    tinyIso({ files: [placeholder("TALLYSTICK.TOKEN", { content: encodePlaceholder(10_000) })] }),
    4096,
  ],
];

describe("a stamped image", () => {
  it.each(images)(
    "with %s gives its token, takes another, and becomes the original again",
    async (_, original, room) => {
      expect(await tokenOf(original)).toBeUndefined();
      const token = fc.integer({ min: 1, max: room }).map((length) => "t".repeat(length));
      const property = fc.asyncProperty(token, token, async (first, second) => {
        const stamped = await stampBytes(original, first);
        expect(stamped).toHaveLength(original.length);
        expect(await tokenOf(stamped)).toBe(first);
        const again = await stampBytes(stamped, second);
        expect(Buffer.compare(again, await stampBytes(original, second))).toBe(0);
        expect(Buffer.compare(await unstampBytes(again), original)).toBe(0);
      });
      await fc.assert(property, { numRuns: 30 });
      expect(await refusalOf(stampBytes(original, "t".repeat(room + 1)))).toBe("stamp_too_large");
      expect(await refusalOf(unstampBytes(original))).toBe("stamp_absent");
    },
  );
});

describe("an image that cannot be stamped", () => {
  it.each([
    ["another program's field", tinyIso({ applicationUse: filled("x") })],
    [
      "a field that is blank but for one byte",
      tinyIso({ applicationUse: Buffer.from(`x${" ".repeat(511)}`) }),
    ],
    ["a sum of isomd5sum", tinyIso({ applicationUse: Buffer.from("ISO MD5SUM = 0;".padEnd(512)) })],
    [
      "a sum of isomd5sum beside a placeholder",
      tinyIso({
        files: [placeholder("TALLYSTICK.TOKEN")],
        applicationUse: Buffer.from("ISO MD5SUM = 0;".padEnd(512)),
      }),
    ],
    ["a sum of libisofs", tinyIso({ behindDescriptors: Buffer.from("libisofs_sb_checksum_tag_v1 pos=18") })],
    [
      "a token that is no placeholder",
      tinyIso({ files: [{ name: "TALLYSTICK.TOKEN", content: Buffer.from("ey") }] }),
    ],
    ["a placeholder in pieces", tinyIso({ files: [placeholder("TALLYSTICK.TOKEN", { flags: 0x80 })] })],
  ])("is one with %s", async (_, image) => {
    expect(await refusalOf(stampBytes(image, "token"))).toBe("container_unsupported");
    expect(await refusalOf(unstampBytes(image))).toBe("container_unsupported");
  });

  it("is one whose placeholder has something else behind its stamp", async () => {
    const image = await stampBytes(tinyIso({ files: [placeholder("TALLYSTICK.TOKEN")] }), "token");
    const at = Buffer.from(image).indexOf("token");
    image[at + 10] = 1;
    expect(await refusalOf(stampBytes(image, "another"))).toBe("stamp_damaged");
    expect(await refusalOf(tokenOf(image))).toBe("stamp_damaged");
  });
});
