import { describe, expect, it } from "vitest";
import type { Surroundings } from "../runtime/surroundings.ts";
import { platformFolder } from "./platform-folder.ts";

const folderOn = (given: Partial<Surroundings>) =>
  platformFolder("acme-paint", {
    env: {},
    argv: [],
    execPath: "",
    platform: "linux",
    home: "/home/ada",
    ...given,
  });

describe("platformFolder", () => {
  it.each([
    ["/home/ada/.local/share/acme-paint/tallystick", {}],
    ["/data/acme-paint/tallystick", { env: { XDG_DATA_HOME: "/data" } }],
    ["/home/ada/.local/share/acme-paint/tallystick", { env: { XDG_DATA_HOME: "relative" } }],
    [
      "/Users/ada/Library/Application Support/acme-paint/tallystick",
      { platform: "darwin", home: "/Users/ada", env: { XDG_DATA_HOME: "/data" } },
    ],
    ["D:\\Local\\acme-paint\\tallystick", { platform: "win32", env: { LOCALAPPDATA: "D:\\Local" } }],
    ["C:\\Users\\ada\\AppData\\Local\\acme-paint\\tallystick", { platform: "win32", home: "C:\\Users\\ada" }],
  ])("is %s", (folder, given) => {
    expect(folderOn(given)).toBe(folder);
  });
});
