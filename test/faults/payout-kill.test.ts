import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { listPartnerPayouts, listPayouts } from "../../server/src/payouts/payout.ts";
import { as } from "../../server/src/words/ids.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { killWorker } from "./kill-worker.ts";
import { type Random, seededRandom } from "./random.ts";
import { openVendor, type Vendor } from "./vendor.ts";

/** Fewer than the 100 of a whole run: TALLYSTICK_TEST_PAYOUT_KILLS=100. */
const wanted = Number(process.env.TALLYSTICK_TEST_PAYOUT_KILLS ?? 6);
const program = fileURLToPath(new URL("payout-worker.ts", import.meta.url));
const payees = Array.from({ length: 30 }, (_, at) => `payee-${at}`);
/** One batch of each at least, so that there is enough to kill. */
const currencies = "EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON BGN CAD AUD NZD SGD HKD MXN BRL ZAR TRY INR"
  .split(" ")
  .slice(0, Math.ceil(wanted / 8) + 1);
const owedMinor = (partner: number, currency: number) => 1_000 + partner * 10 + currency;

describe("payouts whose process is killed between any two writes", () => {
  it.each(["sqlite", "postgres"] as const)(
    "pay each partner once and lose nothing, on %s",
    async (engine) => {
      const random = seededRandom(`payouts on ${engine}`);
      const vendor = await openVendor(engine);
      await oweAll(vendor);
      const { kills, said } = await killUntilDone(vendor, random);
      console.info(`${engine}: ${kills} kills over ${said} words`);
      expect(kills).toBeGreaterThanOrEqual(wanted);
      await expectPaidOnce(vendor);
    },
  );
});

async function oweAll({ use }: Vendor): Promise<void> {
  await use(async (deps) => {
    for (const [at, id] of payees.entries()) {
      await addPartner(deps, { id, name: id });
      await setDetails(deps, id, detailsOf(id));
      await deps.store.write((tx) =>
        bookForPartner(
          tx,
          currencies.map((currency, of) => ({
            partner: as.partner(id),
            kind: "bonus" as const,
            debit: "expense" as const,
            credit: "payable" as const,
            amountMinor: owedMinor(at, of),
            currency: as.currency(currency),
            source: "adjustment",
            sourceId: `${id} ${currency}`,
            cause: "test",
          })),
          deps.clock(),
        ),
      );
    }
  });
}

/** Starts the process again and again, and kills it after a few words, until it says that nothing is left to do. */
async function killUntilDone(vendor: Vendor, random: Random): Promise<{ kills: number; said: number }> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-payouts-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let said = 0;
  for (let kills = 0; ; kills++) {
    const printed = await killWorker(vendor, { words: [program, folder], enough: random.between(1, 6) });
    said += printed.length;
    if (wanted >= 50 && kills % 10 === 9) process.stderr.write(`${kills + 1} kills\n`);
    expect(printed).not.toContain("differs");
    if (printed.endsWith("done")) return { kills, said };
  }
}

async function expectPaidOnce({ use }: Vendor): Promise<void> {
  await use(async (deps) => {
    const sums = await readBalances(deps);
    const owed = payees.flatMap((partner, at) =>
      currencies.map((currency, of) => ({
        partner,
        currency,
        heldMinor: 0,
        payableMinor: 0,
        paidMinor: owedMinor(at, of),
      })),
    );
    const byName = (a: { partner: string; currency: string }, b: typeof a) =>
      `${a.partner} ${a.currency}` < `${b.partner} ${b.currency}` ? -1 : 1;
    expect(sums.toSorted(byName)).toEqual(owed.toSorted(byName));
    for (const partner of payees) {
      const { payouts } = await listPartnerPayouts(deps, as.partner(partner), { limit: 1_000 });
      const confirmed = payouts.filter(({ state }) => state === "confirmed");
      expect(confirmed.map(({ currency }) => currency).sort()).toEqual([...currencies].sort());
      for (const { state } of payouts) expect(["confirmed", "failed"]).toContain(state);
    }
    const { payouts } = await listPayouts(deps, { limit: 1_000 });
    for (const { state } of payouts) expect(state).toBe("settled");
    expect(payouts.some(({ counts }) => counts.failed > 0)).toBe(true);
    const { failures } = await verifyLedger(deps);
    expect(failures.filter((one) => !one.includes("from adjustment"))).toEqual([]);
  });
}
