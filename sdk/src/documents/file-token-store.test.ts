import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../testing/folder.ts";
import { createFileTokenStore } from "./file-token-store.ts";

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("createFileTokenStore", () => {
  it("makes a folder only its owner may enter and files only its owner may read", () => {
    const folder = join(makeFolder(), "acme-paint", "tallystick");
    const store = createFileTokenStore(folder);
    expect(store.read("token")).toEqual({ code: "absent" });
    expect(store.create("token", "one")).toEqual({ code: "written" });
    expect([modeOf(folder), modeOf(join(folder, "tallystick.token"))]).toEqual([0o700, 0o600]);
    expect(store.read("token")).toEqual({ code: "found", text: "one" });
  });

  it("does not make a folder to read from", () => {
    const folder = join(makeFolder(), "none");
    createFileTokenStore(folder).read("token");
    expect(() => statSync(folder)).toThrow();
  });

  it("takes away what others may do in the folder", () => {
    const folder = join(makeFolder(), "open");
    mkdirSync(folder, { mode: 0o777 });
    createFileTokenStore(folder).read("token");
    expect(modeOf(folder)).toBe(0o700);
  });

  it("lets the first writer win with create, the last one with replace", () => {
    const store = createFileTokenStore(makeFolder());
    store.create("token", "one");
    expect(store.create("token", "two")).toEqual({ code: "exists" });
    expect(store.read("token")).toEqual({ code: "found", text: "one" });
    expect(store.replace("token", "three")).toEqual({ code: "written" });
    expect(store.read("token")).toEqual({ code: "found", text: "three" });
  });

  it("leaves no temporary file behind, and takes away one that a killed process left", () => {
    const folder = makeFolder();
    writeFileSync(join(folder, ".1-old.tmp"), "half");
    writeFileSync(join(folder, ".2-new.tmp"), "half");
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(join(folder, ".1-old.tmp"), hoursAgo, hoursAgo);
    const store = createFileTokenStore(folder);
    store.create("token", "one");
    store.create("token", "two");
    store.replace("licence", "{}");
    expect(readdirSync(folder).sort()).toEqual([".2-new.tmp", "licence.json", "tallystick.token"]);
  });

  it("sets aside what was read, keeping it for a person to look at", () => {
    const folder = makeFolder();
    const store = createFileTokenStore(folder);
    store.replace("token", "damaged");
    expect(store.setAside("token", { code: "found", text: "damaged" })).toBe(true);
    expect(store.read("token")).toEqual({ code: "absent" });
    expect(readFileSync(join(folder, "tallystick.token.set-aside"), "utf8")).toBe("damaged");
  });

  it("does not set aside what another process has put right in the meantime", () => {
    const folder = makeFolder();
    const store = createFileTokenStore(folder);
    store.replace("token", "good");
    expect(store.setAside("token", { code: "found", text: "damaged" })).toBe(false);
    expect(store.read("token")).toEqual({ code: "found", text: "good" });
    expect(readdirSync(folder)).toEqual(["tallystick.token"]);
  });

  it("answers folder_refused when the folder cannot be made", () => {
    const file = join(makeFolder(), "file");
    writeFileSync(file, "");
    const store = createFileTokenStore(join(file, "below"));
    expect(store.create("token", "one")).toEqual({ code: "folder_refused" });
    expect(createFileTokenStore(file).read("token")).toEqual({ code: "folder_refused" });
  });
});
