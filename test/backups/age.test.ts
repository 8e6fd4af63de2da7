import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { openWithPassphrase, sealWithPassphrase } from "../../server/src/backups/age.ts";

const passphrase = "correct horse battery staple";

/** Made by `age --passphrase` 1.1.1. */
const byAge = Buffer.from(
  "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA0eUc2SHJFS04wOEFaSDdWazk5NWJRIDE4CmxSejRPSGlROEpLK1BJV001YUI1OE9k" +
    "ODA5cElmVWhBdTRDMkU5bERuOXMKLS0tIHI2cWpSYUFGL1B6bUtBU2I4Y2UzTURyVkRTbHZ1bGY4Wjk2NkRhNEs3d0UKiu4QMWqhfgGfmCnt" +
    "XQ6Etob/J2TvIWLLuiopP7uFamrytA271DPb6JKQE+JBLYA+68xPTQ==",
  "base64",
);

/** In pieces of an odd length, as a disk or a network gives them. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997);
}

const seal = (bytes: Buffer) => buffer(sealWithPassphrase(inPieces(bytes), passphrase, 4));
const open = (bytes: Buffer, words = passphrase) => buffer(openWithPassphrase(inPieces(bytes), words));

describe("a seal under a passphrase", () => {
  it("opens what age has sealed", async () => {
    expect((await open(byAge)).toString()).toBe("sealed by age 1.1.1\n");
  });

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])("gives back %i bytes", async (length) => {
    const bytes = Buffer.alloc(length, "notch");
    const sealed = await seal(bytes);
    expect(sealed.includes("notch")).toBe(false);
    expect((await open(sealed)).equals(bytes)).toBe(true);
  });

  it("tells a wrong passphrase from a damaged file", async () => {
    const sealed = await seal(Buffer.from("notch"));
    await expect(open(sealed, "another passphrase")).rejects.toMatchObject({ code: "passphrase_wrong" });
  });

  it("gives no byte of a chunk that was changed, and notices a chunk that is missing", async () => {
    const sealed = await seal(Buffer.alloc(150_000, "notch"));
    const header = sealed.lastIndexOf("\n", 300) + 1;
    for (const at of [header + 3, header + 40, header + 70_000, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
      await expect(open(changed)).rejects.toMatchObject({ code: "backup_damaged" });
    }
    for (const length of [header, header + 16, header + 16 + 65_552, sealed.length - 1]) {
      await expect(open(sealed.subarray(0, length))).rejects.toMatchObject({ code: "backup_damaged" });
    }
  });

  it("does not begin on a passphrase that would take gigabytes to try", async () => {
    const costly = Buffer.from(byAge.toString("latin1").replace(" 18\n", " 31\n"), "latin1");
    await expect(open(costly)).rejects.toMatchObject({ code: "backup_damaged" });
  });
});
