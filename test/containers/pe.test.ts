import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Authority, checkTrust, makeAuthority, signFile, verifySignature } from "./authority.ts";
import { buildInstaller, buildProgram } from "./programs.ts";
import { areSameFiles, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";
import { run } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-pe-"));
const at = (name: string) => join(folder, name);
let authority: Authority;

const signatures = {
  plain: (from: string, to: string) => signFile(authority, from, to),
  timestamped: (from: string, to: string) => signFile(authority, from, to, { timestamp: true }),
  "with page hashes": (from: string, to: string) => signFile(authority, from, to, { more: ["-ph"] }),
  "with a blob of another tool": (from: string, to: string) =>
    signFile(authority, from, to, { more: ["-addUnauthenticatedBlob"] }),
  dual: (from: string, to: string) => {
    signFile(authority, from, at("first.exe"), { digest: "sha1", timestamp: true });
    signFile(authority, at("first.exe"), to, { nested: true, timestamp: true });
  },
};

const programs = [
  "a program of mingw",
  "an installer of NSIS, 32 bits",
  "an installer of NSIS, 64 bits",
] as const;
const paths = { [programs[0]]: "program.exe", [programs[1]]: "setup32.exe", [programs[2]]: "setup64.exe" };

beforeAll(() => {
  authority = makeAuthority(at("authority"));
  buildProgram(folder);
  const script = `InstallDir "$TEMP\\acme"\nSection\nSetOutPath $INSTDIR\nFile program.exe\nSectionEnd`;
  buildInstaller(folder, "setup32", { bits: 32, script });
  buildInstaller(folder, "setup64", { bits: 64, script });
});

/** Everything that must hold of a program whose signature is good. */
function expectTrusted(file: string): void {
  const signed = verifySignature(authority, file);
  expect(signed.said).toContain("Succeeded");
  expect(signed.said).not.toMatch(/verification: failed|Failed/);
  expect(signed.code).toBe(0);
  const [, current, calculated] =
    /Current PE checksum\s*: (\w+)\s+Calculated PE checksum: (\w+)/.exec(signed.said) ?? [];
  expect(current).toBe(calculated);
  const trusted = checkTrust(authority, file);
  expect(trusted.said).toContain("can be traced back to a trusted root!");
  expect(trusted.code).toBe(0);
}

const cases = programs.flatMap((program) =>
  Object.entries(signatures).map(([name, sign]) => ({ program, name, sign })),
);

describe("a signed program", () => {
  it.each(cases)(
    "$program, signed $name, is trusted with every stamp and comes back",
    async ({ program, sign }) => {
      sign(at(paths[program]), at("signed.exe"));
      expectTrusted(at("signed.exe"));
      const { notes } = await stampCopy(at("signed.exe"), at("stamped.exe"), tokens.short);
      expect(notes).toEqual([]);
      expectTrusted(at("stamped.exe"));
      expect(await readToken(at("stamped.exe"))).toBe(tokens.short);
      await stampCopy(at("stamped.exe"), at("again.exe"), tokens.long);
      expectTrusted(at("again.exe"));
      expect(await readToken(at("again.exe"))).toBe(tokens.long);
      await stampCopy(at("signed.exe"), at("direct.exe"), tokens.long);
      expect(areSameFiles(at("again.exe"), at("direct.exe"))).toBe(true);
      await restoreCopy(at("again.exe"), at("restored.exe"));
      expect(areSameFiles(at("restored.exe"), at("signed.exe"))).toBe(true);
    },
  );

  it("with two entries in its table is trusted by sbverify; osslsigncode and chktrust read one alone", async () => {
    const { certificate, key } = authority.publisher;
    signFile(authority, at("program.exe"), at("signed.exe"));
    run("sbsign", ["--key", key, "--cert", certificate, "--output", at("two.exe"), at("signed.exe")]);
    await stampCopy(at("two.exe"), at("stamped.exe"), tokens.short);
    for (const file of ["two.exe", "stamped.exe"]) {
      const verified = run("sbverify", ["--list", "--cert", authority.root, at(file)]);
      expect(verified.said).toContain("signature 2");
      expect(run("sbverify", ["--cert", authority.root, at(file)]).said).toContain(
        "Signature verification OK",
      );
    }
    expect(await readToken(at("stamped.exe"))).toBe(tokens.short);
    await restoreCopy(at("stamped.exe"), at("restored.exe"));
    expect(areSameFiles(at("restored.exe"), at("two.exe"))).toBe(true);
  });
});

describe("the tools that verify", () => {
  it("refuse a stamped program in which one byte of the code was changed", async () => {
    signFile(authority, at("setup64.exe"), at("signed.exe"), { timestamp: true });
    await stampCopy(at("signed.exe"), at("stamped.exe"), tokens.short);
    const bytes = readFileSync(at("stamped.exe"));
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(at("changed.exe"), bytes);
    expect(verifySignature(authority, at("changed.exe")).said).toContain("Signature verification: failed");
    expect(checkTrust(authority, at("changed.exe")).said).toContain("digital signature is invalid");
  });

  it("refuse, in chktrust's case, a stamp that was put into the padding behind the signature", () => {
    signFile(authority, at("program.exe"), at("signed.exe"));
    const bytes = readFileSync(at("signed.exe"));
    const directory = bytes.readUInt32LE(0x3c) + 24 + 144;
    const [offset, size] = [bytes.readUInt32LE(directory), bytes.readUInt32LE(directory + 4)];
    const padding = Buffer.alloc(64, "TALLYSTICK\n");
    bytes.writeUInt32LE(size + padding.length, directory + 4);
    bytes.writeUInt32LE(size + padding.length, offset);
    writeFileSync(at("padded.exe"), Buffer.concat([bytes, padding]));
    const trusted = checkTrust(authority, at("padded.exe"));
    expect(trusted.said).toContain("doesn't contain a digital signature");
    expect(trusted.code).not.toBe(0);
  });
});

describe("a program without a signature", () => {
  it.each(programs)("%s has its stamp behind its end, said so, and comes back", async (program) => {
    const original = at(paths[program]);
    const { notes } = await stampCopy(original, at("stamped.exe"), tokens.short);
    expect(notes.join()).toContain("not signed");
    expect(await readToken(at("stamped.exe"))).toBe(tokens.short);
    await stampCopy(at("stamped.exe"), at("again.exe"), tokens.long);
    await stampCopy(original, at("direct.exe"), tokens.long);
    expect(areSameFiles(at("again.exe"), at("direct.exe"))).toBe(true);
    await restoreCopy(at("again.exe"), at("restored.exe"));
    expect(areSameFiles(at("restored.exe"), original)).toBe(true);
  });

  it("refuses to lose a stamp that it does not have", async () => {
    copyFileSync(at("program.exe"), at("bare.exe"));
    await expect(restoreCopy(at("bare.exe"), at("out.exe"))).rejects.toMatchObject({ code: "stamp_absent" });
  });
});
