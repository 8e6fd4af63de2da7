import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { makeFolder, makePipe } from "../testing/folder.ts";
import { createFileTokenStore } from "./file-token-store.ts";
import { readOwnFile } from "./safe-file.ts";
import { maxDocumentBytes } from "./token-store.ts";

function setUp() {
  const outside = makeFolder();
  const folder = makeFolder();
  const file = join(folder, "tallystick.token");
  const victim = join(outside, "victim");
  writeFileSync(victim, "precious", { mode: 0o600 });
  return { folder, file, victim, outside, store: createFileTokenStore(folder) };
}

describe("a hostile folder", () => {
  it("does not read through a link at the token's name", () => {
    const { store, file, victim } = setUp();
    symlinkSync(victim, file);
    expect(store.read("token")).toEqual({ code: "file_refused" });
  });

  it("does not write through a link at the token's name, whole or dangling", () => {
    const { store, file, victim, outside } = setUp();
    symlinkSync(victim, file);
    expect(store.create("token", "one")).toEqual({ code: "exists" });
    expect(store.replace("token", "two")).toEqual({ code: "written" });
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(lstatSync(file).isFile()).toBe(true);
    const licence = join(file, "..", "licence.json");
    symlinkSync(join(outside, "new"), licence);
    expect(store.create("licence", "{}")).toEqual({ code: "exists" });
    expect(() => lstatSync(join(outside, "new"))).toThrow();
  });

  it("does not write through a hard link", () => {
    const { store, file, victim } = setUp();
    linkSync(victim, file);
    store.replace("token", "two");
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  it("sets a link aside without touching what it names", () => {
    const { store, file, victim } = setUp();
    symlinkSync(victim, file);
    expect(store.setAside("token", store.read("token"))).toBe(true);
    expect(store.create("token", "one")).toEqual({ code: "written" });
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  it("refuses a folder that is a link", () => {
    const { outside } = setUp();
    const link = join(makeFolder(), "link");
    symlinkSync(outside, link);
    const store = createFileTokenStore(link);
    expect(store.read("token")).toEqual({ code: "folder_refused" });
    expect(store.create("token", "one")).toEqual({ code: "folder_refused" });
    expect(() => lstatSync(join(outside, "tallystick.token"))).toThrow();
  });

  it("does not wait for a pipe", () => {
    const { store, file } = setUp();
    makePipe(file);
    expect(store.read("token")).toEqual({ code: "file_refused" });
  });

  it("refuses a folder and a link to a device at the token's name", () => {
    const { store, file, folder } = setUp();
    mkdirSync(file);
    expect(store.read("token")).toEqual({ code: "file_refused" });
    symlinkSync("/dev/zero", join(folder, "licence.json"));
    expect(store.read("licence")).toEqual({ code: "file_refused" });
  });

  it("refuses a file that others may write", () => {
    const { store, file } = setUp();
    store.create("token", "one");
    chmodSync(file, 0o622);
    expect(store.read("token")).toEqual({ code: "file_refused" });
  });

  it("reads no more than a document may have", () => {
    const { store } = setUp();
    store.create("token", "x".repeat(maxDocumentBytes));
    store.create("licence", "x".repeat(maxDocumentBytes + 1));
    expect(store.read("token").code).toBe("found");
    expect(store.read("licence")).toEqual({ code: "file_too_large" });
  });

  it("refuses a folder and a file of another owner", () => {
    const { store, file } = setUp();
    store.create("token", "one");
    const owner = vi.spyOn(process, "geteuid").mockReturnValue(12345);
    try {
      expect(readOwnFile(file)).toEqual({ code: "file_refused" });
      expect(store.read("token")).toEqual({ code: "folder_refused" });
      expect(store.replace("token", "two")).toEqual({ code: "folder_refused" });
    } finally {
      owner.mockRestore();
    }
  });
});
