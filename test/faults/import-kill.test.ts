import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { until } from "../until.ts";
import { commandLine, nodeFlags, openVendor } from "./vendor.ts";

/** The whole, by hand: IMPORT_KILL_ROWS=100000 IMPORT_KILLS=10. */
const rows = Number(process.env.IMPORT_KILL_ROWS ?? 3_000);
const kills = Number(process.env.IMPORT_KILLS ?? 2);
const partners = 100;

const heading =
  "commission id,affiliate id,affiliate email,customer email,licence,sale amount,amount,currency,state";
const lineOf = (at: number) =>
  `c${at},p${at % partners},p${at % partners}@partners.example,c${at}@customers.example,LIC-${at},10,1.00,EUR,due`;

/** What is payable in the end, which grows with each commit. */
const payable = async (deps: Deps): Promise<number> =>
  (await readBalances(deps)).reduce((sum, { payableMinor }) => sum + payableMinor, 0);

describe.each(["sqlite", "postgres"] as const)(
  `an import of ${rows} rows on %s that is killed ${kills} times`,
  (engine) => {
    it("goes on where it was, and every row counts once", async () => {
      const vendor = await openVendor(engine);
      const folder = await mkdtemp(join(tmpdir(), "tallystick-import-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const file = join(folder, "commissions.csv");
      await writeFile(
        file,
        `${[heading, ...Array.from({ length: rows }, (_, at) => lineOf(at))].join("\n")}\n`,
      );
      const args = ["import", "rewardful", file, "--product", "acme-paint", "--json"];
      const children = new Set<ChildProcess>();
      onTestFinished(() => {
        for (const child of children) child.kill("SIGKILL");
      });
      await vendor.use(async (deps) => {
        for (let killed = 0; killed < kills; killed++) {
          // Each time a part of what is left, so that there is something to kill to the end.
          const enough = Math.floor((rows * 100 * killed) / (kills + 1));
          const child = spawn(process.execPath, [...nodeFlags, commandLine, ...args], {
            env: vendor.env,
            stdio: "ignore",
          });
          children.add(child);
          const gone = once(child, "exit").finally(() => children.delete(child));
          await until(async () => child.exitCode !== null || (await payable(deps)) > enough);
          expect(child.exitCode).toBe(null);
          child.kill("SIGKILL");
          await gone;
        }
        expect(await payable(deps)).toBeLessThan(rows * 100);
      });
      const last = await vendor.tallystick(...args);
      expect(last.code, last.stderr).toBe(0);
      const { actions } = JSON.parse(last.stdout);
      expect(actions.unchanged).toBeGreaterThan(0);
      expect(actions.new + actions.unchanged).toBe(rows);
      const again = await vendor.tallystick(...args);
      expect(JSON.parse(again.stdout)).toMatchObject({ actions: { new: 0, unchanged: rows }, licences: 0 });
      await vendor.use(async (deps) => {
        expect(await payable(deps)).toBe(rows * 100);
        expect(await verifyLedger(deps)).toMatchObject({ ok: true, failures: [] });
      });
    });
  },
);
