import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePlaceholder } from "@tallystick/sdk/stamp";
import { describe, expect, it } from "vitest";
import { stampBytes, tokenOf } from "../../../../test/stamp/stamping.ts";
import { tinyIso } from "../../../../test/stamp/tiny-iso.ts";
import { runHere } from "../../receiver/testing/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-placeholder-"));
const run = (...args: string[]) => runHere(["stamp", ...args], { cwd: folder });

describe("stamp placeholder", () => {
  it("writes a file that an image is stamped in", async () => {
    const { code, stdout } = await run("placeholder", "--out", "tallystick.token", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([0, { out: "tallystick.token", bytes: 2048 }]);
    const content = readFileSync(join(folder, "tallystick.token"));
    expect(content.equals(encodePlaceholder())).toBe(true);
    const image = tinyIso({ files: [{ name: "TALLYSTICK.TOKEN", content }] });
    expect(await tokenOf(await stampBytes(image, "t".repeat(1024)))).toBe("t".repeat(1024));
  });

  it("writes over nothing, and refuses a size that no token fits", async () => {
    writeFileSync(join(folder, "there"), "precious");
    expect((await run("placeholder", "--out", "there")).code).toBe(1);
    expect(readFileSync(join(folder, "there"), "utf8")).toBe("precious");
    expect((await run("placeholder", "--out", "small", "--bytes", "20")).code).toBe(2);
    expect((await run("placeholder", "--out", "none/there")).code).toBe(1);
  });
});
