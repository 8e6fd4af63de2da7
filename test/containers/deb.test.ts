import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { expectRoundTrip } from "./round-trip.ts";
import { areSameFiles, readToken, restoreCopy, stampCopy, tokens } from "./stamping.ts";
import { testFolder } from "./test-folder.ts";
import { run, tryTool } from "./tool.ts";

const { at } = testFolder("deb");
const gnupg = { env: { GNUPGHOME: at("gnupg") } };
const compressions = ["gzip", "xz", "zstd", "none"];

const control = `Package: acme-paint
Version: 7.0
Architecture: all
Maintainer: Acme <office@acme.example>
Description: paints
`;

beforeAll(() => {
  mkdirSync(at("tree/DEBIAN"), { recursive: true });
  mkdirSync(at("tree/opt/acme"), { recursive: true });
  writeFileSync(at("tree/DEBIAN/control"), control);
  writeFileSync(at("tree/opt/acme/paint"), "paint\n".repeat(5000));
  for (const kind of compressions)
    run("dpkg-deb", ["--root-owner-group", `-Z${kind}`, "--build", at("tree"), at(`${kind}.deb`)]);
  mkdirSync(at("gnupg"), { mode: 0o700 });
  // debsigs leaves the digest to gpg, whose old default is refused by itself.
  writeFileSync(at("gnupg/gpg.conf"), "digest-algo SHA256\n");
  const key = ["--batch", "--passphrase", "", "--quick-generate-key", "acme@acme.example", "rsa2048", "sign"];
  run("gpg", key, gnupg);
  makePolicy();
});

/** A policy of debsig-verify that asks for the origin's signature by our key. */
function makePolicy(): void {
  const listed = run("gpg", ["--list-keys", "--with-colons"], gnupg).said;
  const id = /^fpr:+(\w+):/m.exec(listed)?.[1]?.slice(-16) ?? "";
  mkdirSync(at(`keyrings/${id}`), { recursive: true });
  mkdirSync(at(`policies/${id}`), { recursive: true });
  writeFileSync(at(`keyrings/${id}/acme.gpg`), run("gpg", ["--export"], gnupg).stdout);
  const required = `<Required Type="origin" File="acme.gpg" id="${id}"/>`;
  writeFileSync(
    at(`policies/${id}/acme.pol`),
    `<?xml version="1.0"?><!DOCTYPE Policy SYSTEM "https://www.debian.org/debsig/1.0/policy.dtd">
<Policy xmlns="https://www.debian.org/debsig/1.0/"><Origin Name="Acme" id="${id}"/>
<Selection>${required}</Selection><Verification MinOptional="0">${required}</Verification></Policy>`,
  );
}

const verifyOrigin = (file: string) =>
  tryTool("debsig-verify", ["--policies-dir", at("policies"), "--keyrings-dir", at("keyrings"), file]);

/** dpkg lists, unpacks and installs the package, in a system of its own. */
function expectInstalls(file: string): void {
  expect(run("dpkg", ["-I", file]).said).toContain("Package: acme-paint");
  expect(run("dpkg", ["-c", file]).said).toContain("./opt/acme/paint");
  const root = mkdtempSync(at("root-"));
  mkdirSync(join(root, "var/lib/dpkg/info"), { recursive: true });
  mkdirSync(join(root, "var/lib/dpkg/updates"), { recursive: true });
  writeFileSync(join(root, "var/lib/dpkg/status"), "");
  run("dpkg", [`--root=${root}`, "--force-not-root", "--force-script-chrootless", "-i", file]);
  expect(areSameFiles(join(root, "opt/acme/paint"), at("tree/opt/acme/paint"))).toBe(true);
  run("dpkg-deb", ["-x", file, mkdtempSync(at("tree-"))]);
  expect(run("ar", ["t", file]).said).toMatch(/^debian-binary\ncontrol\.tar\S*\ndata\.tar\S*\n/);
}

describe("a stamped Debian package", () => {
  it.each(compressions)("is listed, unpacked and installed, packed with %s", async (kind) => {
    await expectRoundTrip(at(`${kind}.deb`), expectInstalls);
  });

  it("keeps the signature of its origin, made before the stamp or after it", async () => {
    cpSync(at("xz.deb"), at("signed.deb"));
    run("debsigs", ["--sign=origin", at("signed.deb")], gnupg);
    const { stamped } = await expectRoundTrip(at("signed.deb"), (file) => {
      expectInstalls(file);
      expect(verifyOrigin(file).said).toContain("Verified package");
    });
    const changed = readFileSync(stamped);
    changed[400] = (changed[400] ?? 0) ^ 1;
    writeFileSync(at("changed.deb"), changed);
    expect(verifyOrigin(at("changed.deb")).code).not.toBe(0);

    await stampCopy(at("xz.deb"), at("then-signed.deb"), tokens.short);
    run("debsigs", ["--sign=origin", at("then-signed.deb")], gnupg);
    await stampCopy(at("then-signed.deb"), at("again.deb"), tokens.long);
    await restoreCopy(at("again.deb"), at("unstamped.deb"));
    for (const name of ["then-signed.deb", "again.deb", "unstamped.deb"])
      expect(verifyOrigin(at(name)).said).toContain("Verified package");
    expect(await readToken(at("again.deb"))).toBe(tokens.long);
    expect(await readToken(at("unstamped.deb"))).toBe(undefined);
    expectInstalls(at("unstamped.deb"));
  });
});
