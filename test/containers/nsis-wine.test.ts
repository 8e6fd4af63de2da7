import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTail, tailBytes } from "@tallystick/sdk/stamp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authority, makeAuthority, signFile } from "./authority.ts";
import { snippet } from "./installer-snippets.ts";
import { buildInstaller, buildProgram } from "./programs.ts";
import { stampCopy, tokens } from "./stamping.ts";
import { run, tryTool } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-wine-"));
const at = (name: string) => join(folder, name);
const wine = "/usr/lib/wine/wine64";
const env = { WINEPREFIX: at("wine"), WINEDEBUG: "-all", WINEARCH: "win64" };
let authority: Authority;

/** The installer of docs/installers.md: beside its program it saves the last 64 KiB of itself. */
const script = `
SilentInstall silent
CRCCheck force
InstallDir "C:\\acme"
Section
  SetOutPath $INSTDIR
  File program.exe
${snippet("nsis", 0)}
SectionEnd`;

/** The same as electron-builder includes it. */
const builderScript = `
SilentInstall silent
InstallDir "C:\\acme"
${snippet("nsis", 1)}
Section
  SetOutPath $INSTDIR
  File program.exe
  !insertmacro customInstall
SectionEnd`;

const installed = (name: string) => join(env.WINEPREFIX, "drive_c", "acme", name);

/** Runs an installer silently; returns how it ended. */
const install = (installer: string) => tryTool(wine, [installer, "/S"], { env });

beforeAll(() => {
  authority = makeAuthority(at("authority"));
  buildProgram(folder);
  buildInstaller(folder, "setup", { bits: 64, script });
  run(wine, ["wineboot", "--init"], { env });
});

afterAll(() => {
  tryTool("/usr/lib/wine/wineserver64", ["-k"], { env });
});

describe("a stamped installer of NSIS, run by wine", () => {
  it.each([
    ["signed", tokens.short],
    ["not signed", tokens.long],
  ])("%s, installs its program, and leaves the token in the tail that it saves", async (how, token) => {
    if (how === "signed") signFile(authority, at("setup.exe"), at("master.exe"), { timestamp: true });
    else writeFileSync(at("master.exe"), readFileSync(at("setup.exe")));
    await stampCopy(at("master.exe"), at("stamped.exe"), token);
    expect(install(at("stamped.exe")).code).toBe(0);
    const tail = readFileSync(installed("tallystick.tail"));
    expect(tail.equals(readFileSync(at("stamped.exe")).subarray(-tailBytes))).toBe(true);
    expect(readTail(tail)).toEqual({ code: "stamped", token });
    expect(tryTool(wine, [installed("program.exe")], { env }).code).toBe(7);
  });

  it("does the same as electron-builder includes the lines", async () => {
    buildInstaller(folder, "builder", { bits: 64, script: builderScript });
    signFile(authority, at("builder.exe"), at("signed-builder.exe"));
    await stampCopy(at("signed-builder.exe"), at("stamped.exe"), tokens.short);
    expect(install(at("stamped.exe")).code).toBe(0);
    expect(readTail(readFileSync(installed("tallystick.tail")))).toEqual({
      code: "stamped",
      token: tokens.short,
    });
  });

  it("saves no token when it was not stamped", () => {
    signFile(authority, at("setup.exe"), at("signed.exe"));
    expect(install(at("signed.exe")).code).toBe(0);
    expect(readTail(readFileSync(installed("tallystick.tail")))).toEqual({ code: "absent" });
  });

  it("checks itself, so that a changed byte of it ends the installation", async () => {
    await stampCopy(at("setup.exe"), at("stamped.exe"), tokens.short);
    const bytes = readFileSync(at("stamped.exe"));
    const middle = 80_000;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(at("changed.exe"), bytes);
    run("rm", ["-rf", join(env.WINEPREFIX, "drive_c", "acme")]);
    expect(install(at("changed.exe")).code).not.toBe(0);
    expect(existsSync(installed("program.exe"))).toBe(false);
  });
});
