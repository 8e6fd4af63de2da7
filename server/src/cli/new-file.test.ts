import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { refuseTakenFile, writeNewFile } from "./new-file.ts";

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-new-file-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe("a file that a command writes", () => {
  it("is whole, its owner's alone, and has no other beside it", async () => {
    const folder = await openFolder();
    const file = join(folder, "november.xml");
    refuseTakenFile(file);
    await writeNewFile(file, "<Document/>");
    expect(await readFile(file, "utf8")).toBe("<Document/>");
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(folder)).toEqual(["november.xml"]);
  });

  it("may be a device", async () => {
    refuseTakenFile("/dev/null");
    await writeNewFile("/dev/null", "<Document/>");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("takes nobody's place", async () => {
    const folder = await openFolder();
    const file = join(folder, "november.xml");
    await writeFile(file, "sent already");
    const refusal = expect.objectContaining({ code: "files_exist" });
    expect(() => refuseTakenFile(file)).toThrow(refusal);
    await expect(writeNewFile(file, "<Document/>")).rejects.toEqual(refusal);
    expect(await readFile(file, "utf8")).toBe("sent already");
    expect(await readdir(folder)).toEqual(["november.xml"]);
  });
});
