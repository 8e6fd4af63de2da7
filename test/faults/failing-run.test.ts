import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const config = fileURLToPath(new URL("failing-run/vitest.config.ts", import.meta.url));

// The package that starts PostgreSQL once ended such a run with 0, and every failing test went unnoticed.
it("a run of tests with PostgreSQL leaves with 1 when a test of it fails", async () => {
  const run = spawn(process.execPath, [vitest, "run", "--config", config], {
    env: { ...process.env, TALLYSTICK_TEST_POSTGRES_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [run.stdout, run.stderr])
    stream.on("data", (text) => {
      output += text;
    });
  const [code] = await once(run, "exit");
  expect(output).toMatch(/1 failed/);
  expect(code).toBe(1);
});
