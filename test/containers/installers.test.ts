import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { captureCommand } from "../../sdk/src/capture/command/capture-command.ts";
import { createProduct, emptySurroundings } from "../../sdk/src/testing/product.ts";
import { createSigner, type Signer } from "../../sdk/src/testing/signer.ts";
import { makeAuthority, signFile } from "./authority.ts";
import { snippet } from "./installer-snippets.ts";
import { stampCopy } from "./stamping.ts";
import { run, tryTool } from "./tool.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-installers-"));
const at = (...names: string[]) => join(folder, ...names);
let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
});

describe("the preinst of a Debian package", () => {
  // A real installation, in this machine's own dpkg: a name of its own, and taken away afterwards.
  const name = "tallystick-preinst-test";
  const saved = join("/etc", name);
  const clean = () => {
    tryTool("dpkg", ["--purge", name]);
    tryTool("rm", ["-rf", saved]);
  };
  afterAll(clean);

  function buildDeb(): string {
    clean();
    mkdirSync(at("tree", "DEBIAN"), { recursive: true });
    mkdirSync(at("tree", "opt", name), { recursive: true });
    writeFileSync(at("tree", "opt", name, "paint"), "paint");
    const control = `Package: ${name}\nVersion: 1.0\nArchitecture: all\nMaintainer: Acme <acme@acme.example>\nDescription: a test\n`;
    writeFileSync(at("tree", "DEBIAN", "control"), control);
    const script = snippet("sh", 1).replace("product=acme-paint", `product=${name}`);
    writeFileSync(at("tree", "DEBIAN", "preinst"), script, { mode: 0o755 });
    const deb = at(`${name}_1.0_all.deb`);
    run("dpkg-deb", ["--root-owner-group", "--build", at("tree"), deb]);
    return deb;
  }

  it.each([
    ["by its path", (deb: string) => run("dpkg", ["-i", deb])],
    [
      "from its folder",
      (deb: string) => run("dpkg", ["-i", deb.split("/").at(-1) ?? ""], { cwd: at("customer") }),
    ],
    ["by apt", (deb: string) => run("apt-get", ["install", "-y", deb])],
  ])("saves the stamp of the archive that is installed %s", async (_how, install) => {
    mkdirSync(at("customer"), { recursive: true });
    const stamped = at("customer", `${name}_1.0_all.deb`);
    await stampCopy(buildDeb(), stamped, token);
    install(stamped);
    expect(existsSync(join(saved, "tallystick.tail"))).toBe(true);
    const product = createProduct(signer, {
      product: name,
      surroundings: { ...emptySurroundings },
    });
    const result = await product.renewal.attribution.capture();
    // The token is for acme-paint: that it is told as another product's shows that it was found and verified.
    expect(result.attempts).toContainEqual({
      carrier: "stamp",
      where: join(saved, "tallystick.tail"),
      code: "token_product_mismatch",
    });
  });

  it("installs without a stamp too", () => {
    run("dpkg", ["-i", buildDeb()]);
    expect(existsSync(join("/opt", name, "paint"))).toBe(true);
  });
});

describe("the custom action of an MSI", () => {
  const product = "C:\\ProgramData\\acme-paint";
  const wine = "/usr/lib/wine/wine64";
  const env = { WINEPREFIX: at("wine"), WINEDEBUG: "-all", WINEARCH: "win64" };
  afterAll(() => tryTool("/usr/lib/wine/wineserver64", ["-k"], { env }));

  /** In place of the command: writes what it was called with, since Node for Windows is not here. */
  function buildCapture(): void {
    const source = `#include <windows.h>
#include <stdio.h>
int main(void) {
  FILE *file = fopen("C:\\\\capture-arguments.txt", "w");
  fputs(GetCommandLineA(), file);
  fclose(file);
  return 0;
}
`;
    writeFileSync(at("capture.c"), source);
    run("x86_64-w64-mingw32-gcc", ["-s", "-o", at("capture.exe"), at("capture.c")]);
  }

  function buildMsi(): string {
    buildCapture();
    writeFileSync(
      at("acme.wxs"),
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Name="Acme Paint" Id="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1c01" UpgradeCode="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1c02" Language="1033" Codepage="1252" Version="1.0.0" Manufacturer="Acme">
    <Package InstallerVersion="200" Languages="1033" Compressed="yes" SummaryCodepage="1252"/>
    <Media Id="1" Cabinet="paint.cab" EmbedCab="yes"/>
    ${snippet("xml", 0)}
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="CommonAppDataFolder"/><Directory Id="ProgramFilesFolder"><Directory Id="INSTALLDIR" Name="Paint">
      <Component Id="Main" Guid="7d0b4a52-6a0b-4c1c-9f56-0d5f2f4a1c03"><File Id="TallystickCapture" Name="capture.exe" DiskId="1" Source="capture.exe" KeyPath="yes"/></Component>
    </Directory></Directory></Directory>
    <Feature Id="Complete" Level="1"><ComponentRef Id="Main"/></Feature>
  </Product>
</Wix>
`,
    );
    run("wixl", ["-o", at("acme.msi"), at("acme.wxs")], { cwd: folder });
    return at("acme.msi");
  }

  it("names the package, the property and the folder, and the command finds the stamp in that package", async () => {
    const authority = makeAuthority(at("authority"));
    signFile(authority, buildMsi(), at("signed.msi"));
    await stampCopy(at("signed.msi"), at("stamped.msi"), token);
    run(wine, ["wineboot", "--init"], { env });
    run(wine, ["msiexec", "/i", `Z:${at("stamped.msi")}`, "/qn", "TALLYSTICK_TOKEN=from-a-property"], {
      env,
    });
    const called = readFileSync(at("wine", "drive_c", "capture-arguments.txt"), "utf8");
    expect(called).toMatch(
      /stamped\.msi" --product acme-paint --token "from-a-property" --out "C:\\ProgramData\\acme-paint"$/i,
    );
    expect(called.toLowerCase()).toContain(product.toLowerCase());
    const result = await captureCommand(
      [at("stamped.msi"), "--product", "acme-paint", "--out", at("machine-wide")],
      emptySurroundings,
    );
    expect(result.exitCode).toBe(0);
    expect(readdirSync(at("machine-wide"))).toEqual(["tallystick.token"]);
    expect(readFileSync(at("machine-wide", "tallystick.token"), "utf8").trim()).toBe(token);
  });
});
