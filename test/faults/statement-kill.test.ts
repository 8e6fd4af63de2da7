import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { listStatements, type StatementSummary } from "../../server/src/statements/read-statements.ts";
import { listCounters } from "../../server/src/statements/rows/statements.ts";
import type { Clock, Instant } from "../../server/src/words/clock.ts";
import { until } from "../until.ts";
import { seededRandom } from "./random.ts";
import { commandLine, nodeFlags, openVendor } from "./vendor.ts";

/** Fewer than the 100 of a whole run, which takes many minutes: TALLYSTICK_TEST_STATEMENT_KILLS=100. */
const kills = Number(process.env.TALLYSTICK_TEST_STATEMENT_KILLS ?? 6);
/** How many accounts are added at a time: more than two processes close between two kills. */
const some = 60;

/** A month that is over, whenever the test runs: what is filled in is of it. */
const period = "2026-03";
const within: Clock = () => Date.parse(`${period}-15T12:00:00Z`) as Instant;

/** Partners with a movement each, of that month. */
async function fill(deps: Deps, { from, to }: { from: number; to: number }): Promise<void> {
  for (let at = from; at < to; at++) {
    const partner = `partner-${at}`;
    await addPartner(deps, { id: partner, name: partner });
    const kind = "bonus" as const;
    await adjust(deps, { partner, amountMinor: 100, currency: "EUR", kind, reference: "R", note: "N" });
  }
}

async function readAll(deps: Deps): Promise<StatementSummary[]> {
  const all: StatementSummary[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listStatements(deps, { limit: 1_000, after });
    all.push(...page.statements);
    if (page.next === null) return all;
    after = page.next;
  }
}

describe.each(["sqlite", "postgres"] as const)(`closing on %s that is killed ${kills} times`, (engine) => {
  it("gives each account one statement, numbers without gaps, and a chain that holds", async () => {
    const vendor = await openVendor(engine);
    const random = seededRandom(`${kills} kills while closing on ${engine}`);
    const children = new Set<ChildProcess>();
    onTestFinished(() => {
      for (const child of children) child.kill("SIGKILL");
    });
    const start = () => {
      const args = [...nodeFlags, commandLine, "statement", "close", period];
      const child = spawn(process.execPath, args, { env: vendor.env, stdio: "ignore" });
      children.add(child);
      return { child, gone: once(child, "exit").finally(() => children.delete(child)) };
    };
    let killed = 0;
    let accounts = 0;
    await vendor.use(async (deps) => {
      // Asked again and again, so it is what costs least: how far the numbers were counted.
      const closed = async () =>
        (await deps.store.read((tx) => listCounters(tx))).reduce((sum, { last }) => sum + last, 0);
      // Counted in statements rather than in milliseconds, so that a slow machine gets on between two kills too.
      while (killed < kills) {
        const before = await closed();
        // However fast it closes, there is something to kill to the end.
        if (accounts - before < some / 2) {
          await fill(deps, { from: accounts, to: accounts + some });
          accounts += some;
        }
        const enough = before + random.between(0, 4);
        const pair = [start(), start()];
        let isOver = false;
        const over = Promise.all(pair.map(({ gone }) => gone)).finally(() => {
          isOver = true;
        });
        await until(async () => isOver || (await closed()) > enough);
        for (const { child } of pair) if (child.exitCode === null && child.kill("SIGKILL")) killed += 1;
        await over;
        if (kills >= 50) process.stderr.write(`${engine}: ${killed} of ${kills} kills\n`);
      }
    }, within);
    expect((await vendor.tallystick("statement", "close", period)).code).toBe(0);
    const verified = await vendor.tallystick("statement", "verify", "--json");
    expect(JSON.parse(verified.stdout)).toEqual({
      ok: true,
      checked: { statements: accounts, lines: accounts },
      failures: [],
    });
    const statements = await vendor.use((deps) => readAll(deps));
    const serials = statements.map(({ number }) => Number(number.slice(-5))).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: accounts }, (_, at) => at + 1));
    expect(new Set(statements.map(({ partner }) => partner)).size).toBe(accounts);
  });
});
