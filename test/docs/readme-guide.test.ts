import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { freePort, root, runShell } from "./shell.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = `var/guide-test-${process.pid}`;

afterAll(() => rmSync(join(root, folder), { recursive: true, force: true }));

/** The blocks of a language in a section of the README, in order. */
function blocksOf(section: string, language: "sh" | "text"): string {
  const text = readme.split(`## ${section}`)[1]?.split("\n## ")[0] ?? "";
  return [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block)
    .join("\n");
}

/** A line without what differs from one run to the next: its time, and a token's id. */
const withoutChance = (line: string): string =>
  line
    .replace(/"time":"[^"]*"/, "TIME")
    .replace(/"jti":"[^"]*"/, "JTI")
    .replace(/"request":"[^"]*"/, "REQUEST");

/** The lines of output that the guide shows. */
const linesShown = (): string[] =>
  blocksOf("Ten minutes from the shell", "text")
    .split("\n")
    .filter((line) => line !== "" && line !== "…");

/** The guide as a newcomer types it, but for a folder and port of the test's own, and without installing again. */
async function guide(): Promise<string> {
  const script = blocksOf("Ten minutes from the shell", "sh")
    .replace("npm ci\n", "")
    .replaceAll("var/guide", folder)
    .replace("PORT=8787", `PORT=${await freePort()}`);
  return `set -eum\n${script}\nkill %1\nwait %1 || true\n`;
}

describe("the README's guide", () => {
  it("credits the reseller when it is typed as it stands", async () => {
    const { code, output } = await runShell(await guide());
    const said = new Set(output.split("\n").map(withoutChance));
    const shown = linesShown().map(withoutChance);
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((line) => !said.has(line))).toEqual([]);
    expect(output).toMatch(
      /"event":"order\.credited".*"reason":"click_reference","evidence":"token","amountMinor":2000/,
    );
    expect(code).toBe(0);
  });
});
