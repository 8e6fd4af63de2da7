import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePlaceholder } from "@tallystick/sdk/stamp";
import { expect, it } from "vitest";
import { stampBytes, tokenOf } from "../../../../test/stamp/stamping.ts";
import { attributeRecord, tinyDmg } from "../../../../test/stamp/tiny-dmg.ts";
import { runHere } from "../../receiver/testing/run-here.ts";

it("stamp prepare makes a compressed disk image fit for stamping", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-prepare-"));
  const run = (...args: string[]) => runHere(["stamp", "prepare", ...args], { cwd: folder });
  const content = Buffer.concat([attributeRecord(encodePlaceholder())], 12 * 512);
  writeFileSync(join(folder, "Paint.dmg"), tinyDmg({ partitions: [[{ kind: "zlib", content }]] }));
  const { code, stdout } = await run("Paint.dmg", "--out", "master.dmg", "--json");
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { container: "dmg", out: "master.dmg" }]);
  const stamped = await stampBytes(new Uint8Array(readFileSync(join(folder, "master.dmg"))), "token");
  expect(await tokenOf(stamped)).toBe("token");
  writeFileSync(join(folder, "readme.txt"), "not an image");
  expect((await run("readme.txt", "--out", "out.dmg")).code).toBe(1);
});
