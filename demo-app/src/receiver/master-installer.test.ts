import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesSource, readStamp } from "@tallystick/sdk/stamp";
import { openFileSource, planStamp, stampFile } from "@tallystick/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeMasterInstaller } from "./master-installer.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tallystick-installer-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const canRun = process.platform === "linux" && process.arch === "x64";
const token = "e30.e30.c2lnbmF0dXJl";

async function stampMaster(): Promise<{ master: string; stamped: string }> {
  const master = await writeMasterInstaller(folder);
  const stamped = join(folder, "stamped.AppImage");
  rmSync(stamped, { force: true });
  const source = await openFileSource(master);
  await stampFile(source, await planStamp(source, token), stamped);
  await source.close();
  return { master, stamped };
}

describe("the master installer of the demo", () => {
  test("carries a stamp, and has less than 300 bytes without it", async () => {
    const { master, stamped } = await stampMaster();
    expect(readFileSync(master).length).toBeLessThan(300);
    expect(await readStamp(bytesSource(readFileSync(stamped)))).toMatchObject({ code: "stamped", token });
  });

  test.runIf(canRun)("is a program that runs, stamped or not", async () => {
    const { master, stamped } = await stampMaster();
    for (const file of [master, stamped])
      expect(execFileSync(file, { encoding: "utf8", timeout: 300_000 })).toBe("Acme Paint\n");
  });
});
