import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Authority, makeAuthority, signFile, verifySignature } from "./authority.ts";
import { buildMsi, writeWithLargeSectors } from "./msi-files.ts";
import { areSameFiles, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";
import { run } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-msi-"));
const at = (name: string) => join(folder, name);
let authority: Authority;

beforeAll(async () => {
  authority = makeAuthority(at("authority"));
  buildMsi(folder, "small", 3000);
  buildMsi(folder, "large", 9 << 20);
  await writeWithLargeSectors(at("small.msi"), at("small4k.msi"));
  await writeWithLargeSectors(at("large.msi"), at("large4k.msi"));
});

const signings = {
  plain: (from: string, to: string) => signFile(authority, from, to),
  timestamped: (from: string, to: string) => signFile(authority, from, to, { timestamp: true }),
  "over its directory too": (from: string, to: string) =>
    signFile(authority, from, to, { timestamp: true, more: ["-add-msi-dse"] }),
  dual: (from: string, to: string) => {
    signFile(authority, from, at("first.msi"), { digest: "sha1" });
    signFile(authority, at("first.msi"), to, { nested: true, timestamp: true });
  },
};
const packages = ["small.msi", "large.msi", "small4k.msi", "large4k.msi"];
const cases = packages.flatMap((name) =>
  Object.entries(signings).map(([how, sign]) => ({ name, how, sign })),
);

function expectSigned(file: string): void {
  const { said, code } = verifySignature(authority, file);
  expect(said).toContain("Succeeded");
  expect(said).not.toMatch(/verification: failed|Failed|mismatch/i);
  expect(code).toBe(0);
}

/** What msitools and 7-Zip read of a package. */
const contentOf = (file: string) => [
  run("msiinfo", ["streams", file]).said,
  run("msiinfo", ["tables", file]).said,
  run("msiinfo", ["export", file, "File"]).said,
  run("msiinfo", ["suminfo", file]).said,
];

describe("a signed MSI", () => {
  it.each(cases)(
    "$name, signed $how, stays signed with every stamp and comes back",
    async ({ name, sign }) => {
      sign(at(name), at("signed.msi"));
      expectSigned(at("signed.msi"));
      const before = contentOf(at("signed.msi"));
      const { notes } = await stampCopy(at("signed.msi"), at("stamped.msi"), tokens.short);
      expect(notes).toEqual([]);
      expectSigned(at("stamped.msi"));
      expect(contentOf(at("stamped.msi"))).toEqual(before);
      run("7z", ["t", at("stamped.msi")]);
      expect(await readToken(at("stamped.msi"))).toBe(tokens.short);
      await stampCopy(at("stamped.msi"), at("again.msi"), tokens.long);
      expectSigned(at("again.msi"));
      expect(await readToken(at("again.msi"))).toBe(tokens.long);
      await stampCopy(at("signed.msi"), at("direct.msi"), tokens.long);
      expect(areSameFiles(at("again.msi"), at("direct.msi"))).toBe(true);
      await restoreCopy(at("again.msi"), at("restored.msi"));
      expect(areSameFiles(at("restored.msi"), at("signed.msi"))).toBe(true);
    },
  );

  it("gives its file to msiextract as before", async () => {
    signFile(authority, at("large.msi"), at("signed.msi"));
    await stampCopy(at("signed.msi"), at("stamped.msi"), tokens.long);
    run("msiextract", ["-C", at("extracted"), at("stamped.msi")]);
    const file = run("find", [at("extracted"), "-name", "paint.bin"]).said.trim();
    expect(readFileSync(file).equals(readFileSync(at("large.bin")))).toBe(true);
  });
});

describe("osslsigncode", () => {
  it("refuses a stamped MSI in which one byte of the cabinet was changed", async () => {
    signFile(authority, at("large.msi"), at("signed.msi"));
    await stampCopy(at("signed.msi"), at("stamped.msi"), tokens.short);
    const bytes = readFileSync(at("stamped.msi"));
    const inCabinet = bytes.indexOf("MSCF") + 100_000;
    bytes[inCabinet] = (bytes[inCabinet] ?? 0) ^ 1;
    writeFileSync(at("changed.msi"), bytes);
    expect(verifySignature(authority, at("changed.msi")).code).not.toBe(0);
  });
});

describe("an MSI without a signature", () => {
  it.each(packages)("%s is refused, and the reason names the sidecar file", async (name) => {
    const refused = expect(stampCopy(at(name), at("out.msi"), tokens.short)).rejects;
    await refused.toMatchObject({
      code: "container_unsupported",
      message: expect.stringContaining("tallystick.token"),
    });
  });
});
