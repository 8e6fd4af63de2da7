import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeFolder } from "./make-folder.ts";

describe("makeFolder", () => {
  it("makes all that is missing, owner-only, leaves what is there, and refuses a file in the way", () => {
    const folder = mkdtempSync(join(tmpdir(), "tallystick-folder-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const deep = join(folder, "a/b/c");
    makeFolder(deep, 0o700);
    makeFolder(deep, 0o755);
    expect(["a", "a/b", "a/b/c"].map((one) => statSync(join(folder, one)).mode & 0o777)).toEqual([
      0o700, 0o700, 0o700,
    ]);
    writeFileSync(join(deep, "file"), "");
    expect(() => makeFolder(join(deep, "file"))).toThrow("EEXIST");
    expect(() => makeFolder(join(deep, "file/below"))).toThrow(/EEXIST|ENOTDIR/);
  });

  it.runIf(process.platform === "linux")("gives up where no folder can be made", () => {
    expect(() => makeFolder("/proc/none/below", 0o700)).toThrow("ENOENT");
  });
});
