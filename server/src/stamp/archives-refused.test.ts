import { bytesSource, readStamp, recogniseContainer } from "@tallystick/sdk/stamp";
import { describe, expect, it } from "vitest";
import { refusalOf, stampBytes, tokenOf, unstampBytes } from "../../../test/stamp/stamping.ts";
import { tinyAr, tinyDeb, tinyGzip, tinyZip, tinyZstd } from "../../../test/stamp/tiny-archives.ts";
import { tinyElf } from "../../../test/stamp/tiny-elf.ts";

const text = (value: string) => Buffer.from(value, "latin1");
const file = (name: string) => ({ name, content: text(name) });
const zip = tinyZip([file("a")]);
const elf = (end: string) => tinyElf({ overlay: text(end) });
const signedAppImage = tinyElf({
  isAppImage: true,
  sections: [{ name: ".sha256_sig", content: text("-----BEGIN PGP SIGNATURE-----") }],
});
const withByte = (bytes: Uint8Array, fromEnd: number, value: number) => {
  const changed = Uint8Array.from(bytes);
  changed[changed.length - fromEnd] = value;
  return changed;
};

const unsupported: [string, Uint8Array][] = [
  ["an rpm", text("\xed\xab\xee\xdb and the rest")],
  ["a macOS package", text("xar! and the rest")],
  ["a cabinet", text("MSCF and the rest")],
  ["a 7z archive", text("7z\xbc\xaf\x27\x1c and the rest")],
  ["a browser extension, an archive behind its head", Buffer.concat([text("Cr24 and the rest"), zip])],
  ["an APK with a signature block", tinyZip([file("a")], { gap: text("and so on APK Sig Block 42") })],
  ["an msix", tinyZip([file("a"), file("AppxBlockMap.xml")])],
  ["a NuGet package with a signature", tinyZip([file("a"), file(".signature.p7s")])],
  ["a zip with bytes behind its end", Buffer.concat([zip, text("more")])],
  ["a zip in several parts", withByte(zip, 18, 1)],
  ["two apps in a zip", tinyZip([file("A.app/Contents/a"), file("B.app/Contents/b")])],
  ["an app with attributes", tinyZip([file("A.app/Contents/a"), file("__MACOSX/._A.app")])],
  ["a deb without its last padding", tinyDeb(text("a"), text("b")).subarray(0, -1)],
  ["a padded gzip", Buffer.concat([tinyGzip(text("a")), Buffer.alloc(512)])],
  ["a zstd with a seek table", Buffer.concat([tinyZstd(text("a")), text("\xb1\xea\x92\x8f")])],
  ["an AppImage with a signature over all of it", signedAppImage],
  ["a program of Bun", elf("code\n---- Bun! ----\n\x10\0\0\0\0\0\0\0")],
  ["a program of Deno", elf("coded3n0l4nd\0\0\0\0\0\0\0\x10")],
  ["a game of Godot", elf("pack\0\0\0\0\0\0\0\x10GDPC")],
  ["a kernel module with a signature", elf("~Module signature appended~\n")],
];

const malformed: [string, Uint8Array][] = [
  ["a zip that was cut off", tinyZip([file("a"), file("b")]).subarray(0, 60)],
  ["a zip whose directory is elsewhere", withByte(zip, 10, 1)],
  [
    "an app in a zip that counts wrong",
    withByte(withByte(tinyZip([file("A.app/Contents/a")]), 14, 2), 12, 2),
  ],
  ["a deb that was cut off", tinyDeb(text("a"), Buffer.alloc(90)).subarray(0, -20)],
  [
    "a deb of too many members",
    tinyDeb(text("a"), text("b"), ...Array.from({ length: 70 }, () => file("c"))),
  ],
  ["a program that was cut off", tinyElf().subarray(0, -1)],
  ["a program before an archive that was cut off", tinyElf({ overlay: withByte(zip, 1, 0x10) })],
];

describe("what cannot be stamped", () => {
  it.each(unsupported)("is refused with the reason: %s", async (_what, bytes) => {
    expect(await refusalOf(stampBytes(bytes, "token"))).toBe("container_unsupported");
  });

  it.each(malformed)("is refused as damaged: %s", async (_what, bytes) => {
    expect(await refusalOf(stampBytes(bytes, "token"))).toBe("container_malformed");
  });

  it.each([text(""), text("P"), text("hello, world"), tinyAr([file("library.o")])])(
    "is unknown when it is nothing of all that",
    async (bytes) => {
      expect(await refusalOf(readStamp(bytesSource(bytes)))).toBe("container_unknown");
    },
  );

  it("is a token, or a comment beside it, that is too long", async () => {
    expect(await refusalOf(stampBytes(zip, "t".repeat(4097)))).toBe("stamp_too_large");
    expect(await refusalOf(stampBytes(zip, ""))).toBe("stamp_too_large");
    const [full, most] = [61_422, 61_421].map((length) =>
      tinyZip([], { comment: Buffer.alloc(length, "c") }),
    );
    expect(await refusalOf(stampBytes(full ?? zip, "token"))).toBe("stamp_too_large");
    expect(await refusalOf(stampBytes(most ?? zip, "token"))).toBe(undefined);
  });

  it("is a token that readers would take for an archive's end", async () => {
    expect(await refusalOf(stampBytes(zip, "PK\x05\x06"))).toBe("container_unsupported");
  });

  it("has no stamp to remove", async () => {
    const all = [
      zip,
      tinyZip([file("A.app/Contents/a")]),
      tinyGzip(text("a")),
      tinyZstd(text("a")),
      tinyElf(),
    ];
    for (const bytes of [...all, tinyDeb(text("a"), text("b"))])
      expect(await refusalOf(unstampBytes(bytes))).toBe("stamp_absent");
  });
});

describe("a stamp", () => {
  it("is damaged when one of its bytes was changed, and is replaced", async () => {
    const app = tinyZip([file("A.app/Contents/a")]);
    for (const original of [
      zip,
      app,
      tinyGzip(text("a")),
      tinyZstd(text("a")),
      tinyElf(),
      tinyDeb(text("a"), text("b")),
    ]) {
      const stamped = Buffer.from(await stampBytes(original, "the-token"));
      stamped[stamped.lastIndexOf("the-token")] = 0x54;
      expect(await refusalOf(tokenOf(stamped))).toBe("stamp_damaged");
      const repaired = await stampBytes(stamped, "the-token");
      expect(Buffer.compare(repaired, await stampBytes(original, "the-token"))).toBe(0);
    }
  });

  it("of an app is neither replaced nor removed in an archive that counts no entries", async () => {
    const stamped = await stampBytes(tinyZip([file("A.app/Contents/a")]), "token");
    const wrong = withByte(withByte(stamped, 14, 0), 12, 0);
    expect(await tokenOf(wrong)).toBe("token");
    expect(await refusalOf(stampBytes(wrong, "other"))).toBe("container_malformed");
    expect(await refusalOf(unstampBytes(wrong))).toBe("container_malformed");
  });

  it("of an app is not seen any more when something was packed behind it", async () => {
    const app = tinyZip([file("A.app/Contents/a")]);
    const stamped = Buffer.from(await stampBytes(app, "token"));
    const entry = stamped.subarray(stamped.indexOf("PK\x03\x04", 4, "latin1"), stamped.indexOf("PK\x01\x02"));
    const name = "__MACOSX/._A.app";
    const packed = tinyZip([
      file("A.app/Contents/a"),
      { name, content: entry.subarray(30 + name.length) },
      file("b"),
    ]);
    expect(await tokenOf(packed)).toBeUndefined();
    expect(await refusalOf(stampBytes(packed, "other"))).toBe("container_unsupported");
  });

  it("is found in a package that was signed after it was stamped, and leaves the signature behind", async () => {
    const stamped = await stampBytes(tinyDeb(text("a"), text("b ")), "token");
    const member = tinyAr([{ name: "_gpgorigin", content: text("signature ") }]).subarray(8);
    const signed = Buffer.concat([stamped, member]);
    expect(await tokenOf(signed)).toBe("token");
    expect(await tokenOf(await stampBytes(signed, "other"))).toBe("other");
    const plain = tinyDeb(text("a"), text("b "), { name: "_gpgorigin", content: text("signature ") });
    expect(Buffer.compare(await unstampBytes(signed), plain)).toBe(0);
  });

  it("of an empty gzip member is looked for and not mistaken for padding", async () => {
    const empty = tinyGzip(text(""));
    expect(await tokenOf(await stampBytes(empty, "token"))).toBe("token");
  });

  it("stands where the system looks: a program with an archive behind it is a program", async () => {
    const program = tinyElf({ overlay: zip });
    expect((await recogniseContainer(bytesSource(program))).kind).toBe("elf");
    expect((await recogniseContainer(bytesSource(zip))).kind).toBe("zip");
    const stamped = await stampBytes(tinyZip([file("A.app/Contents/a")]), "token");
    expect((await recogniseContainer(bytesSource(stamped))).kind).toBe("mac-zip");
  });
});
