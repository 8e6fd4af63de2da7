import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { freePort, root, runShell } from "./shell.ts";

const page = readFileSync(join(root, "docs/first-day.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "tallystick-first-day-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The shell's blocks of a step. */
const blocksOf = (step: number): string =>
  [...(page.split(`\n${step}. **`)[1]?.split(/\n\d+\. \*\*/)[0] ?? "").matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(([, block = ""]) => block)
    .join("\n");

/**
 * Steps 1 to 4 as they stand, but for the installation, a port of the test's own, and what is said to look at. A log is
 * written without blocking, so the click's line is waited for.
 */
const script = (port: number) => `set -eum
tallystick() { "${process.execPath}" --conditions=tallystick-source "${root}/server/src/receiver/main.ts" "$@"; }
export PORT=${port}
${blocksOf(1).replace("npm install --global @tallystick/server\n", "")}
cd trial
tallystick key list
tallystick config check
${blocksOf(3)}
tallystick token verify "$TOKEN"
tallystick serve > receiver.log &
curl --silent --fail --output /dev/null --retry 60 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$PORT/healthz"
${blocksOf(4).replaceAll("8787", String(port))}
until grep --quiet '"event":"click\\.' receiver.log; do curl --silent --output /dev/null "http://127.0.0.1:$PORT/healthz"; done
kill %1
wait %1 || true
cat receiver.log
`;

describe("the first day", () => {
  it("ends its trial with a click that leads to the checkout, typed as it stands", async () => {
    const { code, output } = await runShell(script(await freePort()), folder);
    expect(code, output).toBe(0);
    expect(output).toMatch(/^Token \S+ credits north-shop for renewals of acme-paint\.$/m);
    expect(output).toMatch(/^location: https:\/\/buy\.stripe\.com\/.*client_reference_id=[\w-]+/im);
    expect(output).toContain('"event":"click.accepted"');
  });
});
