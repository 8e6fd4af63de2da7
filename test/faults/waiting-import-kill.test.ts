import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { listRequests } from "../../server/src/approvals/approvals.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { killWorker } from "./kill-worker.ts";
import { type Random, seededRandom } from "./random.ts";
import { openVendor, type Vendor } from "./vendor.ts";

/** The whole, by hand: WAITING_IMPORT_KILLS=100. */
const wanted = Number(process.env.WAITING_IMPORT_KILLS ?? 4);
const program = fileURLToPath(new URL("waiting-import-worker.ts", import.meta.url));
const partners = 5;
const rows = 200 * (wanted + 4);

const heading = "commission id,affiliate id,customer email,licence,amount,currency,state";
const lineOf = (at: number) =>
  `c${at},p${at % partners},c${at}@customers.example,LIC-${at},1.00,EUR,${at % 3 === 0 ? "pending" : "due"}`;

describe.each(["sqlite", "postgres"] as const)(
  "an import on %s that waits for a second person and is killed between any two writes",
  (engine) => {
    it("is booked once, whole, and leaves nothing that waits", async () => {
      const vendor = await openVendor(engine);
      const config = JSON.parse(await readFile(vendor.configFile, "utf8")) as object;
      const limited = { ...config, adjustments: { approvalAboveMinor: { EUR: 1_000 } } };
      await writeFile(vendor.configFile, JSON.stringify(limited));
      const kills = await killUntilDone(vendor, seededRandom(`waiting imports on ${engine}`));
      console.info(`${engine}: ${kills} kills`);
      expect(kills).toBeGreaterThanOrEqual(wanted);
      await vendor.use(async (deps) => {
        const sums = await readBalances(deps);
        const held = Math.ceil(rows / 3) * 100;
        expect(sums.reduce((sum, { heldMinor }) => sum + heldMinor, 0)).toBe(held);
        expect(sums.reduce((sum, { payableMinor }) => sum + payableMinor, 0)).toBe(rows * 100 - held);
        const { requests } = await listRequests(deps);
        expect(requests.length).toBeGreaterThan(0);
        for (const { status } of requests) expect(status).toBe("booked");
        expect(await verifyLedger(deps)).toMatchObject({ ok: true, failures: [] });
      });
    });
  },
);

/** Starts the process again and again, and kills it after a few words, until it says that nothing is left to do. */
async function killUntilDone(vendor: Vendor, random: Random): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "commissions.csv");
  await writeFile(file, `${[heading, ...Array.from({ length: rows }, (_, at) => lineOf(at))].join("\n")}\n`);
  for (let kills = 0; ; kills++) {
    // Pages that are there already are written anew without a change, so each run gets a little further.
    const enough = kills < wanted ? random.between(1, 2 * (kills + 4)) : Number.POSITIVE_INFINITY;
    const printed = await killWorker(vendor, { words: [program, file], enough });
    if (printed.endsWith("done")) return kills;
  }
}
