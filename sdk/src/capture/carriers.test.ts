import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, makePipe } from "../testing/folder.ts";
import type { CarrierContext, CarrierFinding } from "./carrier.ts";
import { environmentCarrier } from "./environment.ts";
import { explicitCarrier } from "./explicit.ts";
import { optionCarrier } from "./option.ts";
import { programSidecarCarrier } from "./sidecar.ts";
import { machineFolders, mediaRoots, programFolders } from "./sidecar-folders.ts";

const context = (given: Partial<CarrierContext> = {}): CarrierContext => ({
  product: "acme-paint",
  env: {},
  argv: ["/usr/bin/node", "/opt/acme/main.js"],
  execPath: "/usr/bin/node",
  platform: "linux",
  home: "/home/ada",
  ...given,
});

describe("explicit and environment carriers", () => {
  it("find what is there and say when nothing is", () => {
    expect(explicitCarrier.look(context({ token: "a.b.c" }))).toEqual([
      { where: "capture({ token })", text: "a.b.c" },
    ]);
    expect(explicitCarrier.look(context())).toEqual([{ where: "capture({ token })", code: "absent" }]);
    const env = { TALLYSTICK_TOKEN: "a.b.c" };
    expect(environmentCarrier.look(context({ env }))).toEqual([{ where: "TALLYSTICK_TOKEN", text: "a.b.c" }]);
    expect(environmentCarrier.look(context())).toEqual([{ where: "TALLYSTICK_TOKEN", code: "absent" }]);
  });
});

describe("optionCarrier", () => {
  const where = "--tallystick-token";

  it.each([
    [["--tallystick-token=a.b.c"], [{ where, text: "a.b.c" }]],
    [["--tallystick-token", "a.b.c"], [{ where, text: "a.b.c" }]],
    [
      ["open", "--tallystick-token", "a", "--tallystick-token=b"],
      [
        { where, text: "a" },
        { where, text: "b" },
      ],
    ],
    [["--tallystick-token"], [{ where, code: "absent" }]],
    [["--tallystick-token="], [{ where, code: "absent" }]],
    [["--tallystick-tokens=x"], [{ where, code: "absent" }]],
    [["--", "--tallystick-token=x"], [{ where, code: "absent" }]],
  ])("reads %j", (args, findings) => {
    expect(optionCarrier.look(context({ argv: ["/usr/bin/node", "/opt/acme/main.js", ...args] }))).toEqual(
      findings,
    );
  });
});

describe("programSidecarCarrier", () => {
  async function lookIn(folder: string) {
    const findings: CarrierFinding[] = [];
    for await (const one of programSidecarCarrier.look(context({ argv: ["node", join(folder, "main.js")] })))
      findings.push(one);
    return findings;
  }

  it.each(["a.b.c", "a.b.c\n", "  a.b.c\r\n", "\ufeffa.b.c"])("reads the token of %j", async (text) => {
    const folder = makeFolder();
    writeFileSync(join(folder, "tallystick.token"), text);
    expect(await lookIn(folder)).toEqual([{ where: join(folder, "tallystick.token"), text: "a.b.c" }]);
  });

  it("says absent when there is no file", async () => {
    expect(await lookIn(makeFolder())).toMatchObject([{ code: "absent" }]);
    expect(await lookIn("/dev/null/x")).toMatchObject([{ code: "absent" }]);
  });

  it("does not read a large file, a folder or a pipe", async () => {
    const [large, below, pipe] = [makeFolder(), makeFolder(), makeFolder()];
    writeFileSync(join(large, "tallystick.token"), "x".repeat(5000));
    mkdirSync(join(below, "tallystick.token"));
    makePipe(join(pipe, "tallystick.token"));
    expect(await lookIn(large)).toMatchObject([{ code: "too_large" }]);
    expect(await lookIn(below)).toMatchObject([{ code: "unreadable" }]);
    expect(await lookIn(pipe)).toMatchObject([{ code: "unreadable" }]);
  });
});

describe("programFolders", () => {
  it("looks beside the script when a runtime runs it, else beside the program", () => {
    expect(programFolders(context())).toEqual(["/opt/acme"]);
    expect(programFolders(context({ execPath: "/opt/acme-paint/acme-paint" }))).toEqual(["/opt/acme-paint"]);
  });

  it("looks where a command's link leads too", () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "lib"));
    writeFileSync(join(folder, "lib", "main.js"), "");
    symlinkSync(join(folder, "lib", "main.js"), join(folder, "bin", "acme"));
    const argv = ["node", join(folder, "bin", "acme")];
    expect(programFolders(context({ argv }))).toEqual([join(folder, "bin"), join(folder, "lib")]);
  });

  it("looks beside an AppImage, a portable build and a macOS bundle", () => {
    const image = context({ env: { APPIMAGE: "/media/cd/Acme.AppImage" }, execPath: "/tmp/.mount_1/acme" });
    expect(programFolders(image)).toEqual(["/media/cd", "/tmp/.mount_1"]);
    const bundle = context({ execPath: "/Volumes/Acme/Acme.app/Contents/MacOS/Acme", platform: "darwin" });
    expect(programFolders(bundle)).toEqual([
      "/Volumes/Acme/Acme.app/Contents/MacOS",
      "/Volumes/Acme/Acme.app/Contents/Resources",
      "/Volumes/Acme",
    ]);
  });
});

describe("mediaRoots", () => {
  const from = (script: string, given: Partial<CarrierContext> = {}) =>
    mediaRoots(context({ ...given, argv: ["node", script] }));

  it.each([
    ["/media/cdrom/acme/main.js", ["/media/cdrom/acme", "/media/cdrom"]],
    ["/media/cdrom/main.js", ["/media/cdrom"]],
    ["/media/ada/ACME/bin/main.js", ["/media/ada/ACME", "/media/ada"]],
    ["/run/media/ada/ACME/bin/x/main.js", ["/run/media/ada/ACME"]],
    ["/mnt/cd/main.js", ["/mnt/cd"]],
    ["/Volumes/Acme Paint/Acme/main.js", ["/Volumes/Acme Paint"]],
    ["/opt/acme/main.js", []],
    ["/tmp/media/x/main.js", []],
    ["/home/ada/main.js", []],
  ])("of %s is %j", (script, roots) => {
    expect(from(script)).toEqual(roots);
  });
});

describe("machineFolders", () => {
  it.each([
    [{ platform: "linux" }, ["/etc/acme-paint", "/usr/local/share/acme-paint", "/usr/share/acme-paint"]],
    [{ platform: "darwin" }, ["/Library/Application Support/acme-paint"]],
    [{ platform: "win32" }, ["C:\\ProgramData\\acme-paint"]],
    [{ platform: "win32", env: { ProgramData: "D:\\Data" } }, ["D:\\Data\\acme-paint"]],
  ])("on %j are %j", (given, folders) => {
    expect(machineFolders(context(given))).toEqual(folders);
  });
});
