import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/month-end.md"), "utf8");
const folder = `var/month-end-test-${process.pid}`;

afterAll(() => rmSync(join(root, folder), { recursive: true, force: true }));

/** The guide's blocks of a language, in order. */
const blocksOf = (language: "sh" | "text") =>
  [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , block = ""]) => block)
    .join("\n");

/** As a newcomer types it, but for a folder of the test's own, and without installing again. */
const script = () => `set -eu\n${blocksOf("sh").replace("npm ci\n", "").replaceAll("var/month-end", folder)}`;

function runShell(text: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", text], { cwd: root });
    const pieces: string[] = [];
    child.stdout.on("data", (piece) => pieces.push(String(piece)));
    child.stderr.on("data", (piece) => pieces.push(String(piece)));
    child.once("close", (code) => resolve({ code, output: pieces.join("") }));
  });
}

describe("the guide to the first month-end", () => {
  it("ends with a statement that adds up when it is typed as it stands", async () => {
    const { code, output } = await runShell(script());
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
    expect(readFileSync(join(root, folder, `${number}.csv`), "utf8")).toContain("237.50");
  });
});
