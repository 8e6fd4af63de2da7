import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { freePort, root, runShell } from "./shell.ts";

const guide = readFileSync(join(root, "docs/month-end.md"), "utf8");
const folder = `var/month-end-test-${process.pid}`;

afterAll(() => rmSync(join(root, folder), { recursive: true, force: true }));

/** The guide's blocks of a language, in order. */
const blocksOf = (language: "sh" | "text") =>
  [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , block = ""]) => block)
    .join("\n");

/** As a newcomer types it, but for a folder and port of the test's own, and without installing again. */
const script = async () =>
  `set -eum\n${blocksOf("sh")
    .replace("npm ci\n", "")
    .replaceAll("var/month-end", folder)
    .replace("PORT=8787", `PORT=${await freePort()}`)}\nwait %1 || true\n`;

describe("the guide to the first month-end", () => {
  it("ends with a statement and a payout that add up when it is typed as it stands", async () => {
    const { code, output } = await runShell(await script());
    expect(code, output).toBe(0);
    for (const line of blocksOf("text").split("\n")) expect(output).toContain(line);
    expect(output).toMatch(/Would close 1 statement[\s\S]*Closed 1 statement[\s\S]*Nothing is left to close/);
    expect(output).toMatch(/ST-\d{4}-00001/);
    const [number = ""] = /ST-\d{4}-00001/.exec(output) ?? [];
    expect(
      readFileSync(join(root, folder, `${number}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(readFileSync(join(root, folder, "payout.csv"), "utf8")).toMatch(
      /^pi-\w+,North Shop GmbH,DE89370400440532013000,,,,DE,237\.50,EUR,/m,
    );
    expect(output).toMatch(/1 confirmed, 0 failed, [\s\S]*0 confirmed, 0 failed, /);
    expect(output).toMatch(/north-shop +0\.00 EUR +0\.00 EUR +237\.50 EUR/);
    expect(readFileSync(join(root, folder, `${number}.csv`), "utf8")).toContain("237.50");
  });
});
