import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, makePipe } from "../testing/folder.ts";
import type { CarrierContext } from "./carrier.ts";
import { environmentCarrier } from "./environment.ts";
import { explicitCarrier } from "./explicit.ts";
import { optionCarrier } from "./option.ts";
import { programSidecarCarrier } from "./sidecar.ts";
import { machineFolders, programFolders } from "./sidecar-folders.ts";

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
  function lookIn(folder: string) {
    return [...programSidecarCarrier.look(context({ argv: ["node", join(folder, "main.js")] }))];
  }

  it.each(["a.b.c", "a.b.c\n", "  a.b.c\r\n", "\ufeffa.b.c"])("reads the token of %j", (text) => {
    const folder = makeFolder();
    writeFileSync(join(folder, "tallystick.token"), text);
    expect(lookIn(folder)).toEqual([{ where: join(folder, "tallystick.token"), text: "a.b.c" }]);
  });

  it("says absent when there is no file", () => {
    expect(lookIn(makeFolder())).toMatchObject([{ code: "absent" }]);
    expect(lookIn("/dev/null/x")).toMatchObject([{ code: "absent" }]);
  });

  it("does not read a large file, a folder or a pipe", () => {
    const [large, below, pipe] = [makeFolder(), makeFolder(), makeFolder()];
    writeFileSync(join(large, "tallystick.token"), "x".repeat(5000));
    mkdirSync(join(below, "tallystick.token"));
    makePipe(join(pipe, "tallystick.token"));
    expect(lookIn(large)).toMatchObject([{ code: "too_large" }]);
    expect(lookIn(below)).toMatchObject([{ code: "unreadable" }]);
    expect(lookIn(pipe)).toMatchObject([{ code: "unreadable" }]);
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
