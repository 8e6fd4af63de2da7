import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAuthority, signFile } from "./authority.ts";
import { buildInstaller, buildProgram } from "./programs.ts";
import { run } from "./tool.ts";

/** Makes the Windows programs among the fixtures: small ones, with the signatures that occur. */
export function makePeFixtures(fixtures: string): void {
  mkdirSync(fixtures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "tallystick-fixtures-"));
  const at = (name: string) => join(folder, name);
  const authority = makeAuthority(at("authority"));
  const program = buildProgram(folder);
  const installer = buildInstaller(folder, "setup", { bits: 32, script: "Section\nSectionEnd" });
  copyFileSync(program, join(fixtures, "unsigned.exe"));
  signFile(authority, program, join(fixtures, "signed.exe"));
  signFile(authority, installer, join(fixtures, "signed-32.exe"), { timestamp: true });
  signFile(authority, program, at("first.exe"), { digest: "sha1", timestamp: true });
  signFile(authority, at("first.exe"), join(fixtures, "dual.exe"), { nested: true, timestamp: true });
  const { certificate, key } = authority.publisher;
  const two = join(fixtures, "two-entries.exe");
  run("sbsign", ["--key", key, "--cert", certificate, "--output", two, join(fixtures, "signed.exe")]);
}
