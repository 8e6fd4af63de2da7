import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { exportLedger } from "../../server/src/books/export.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { readJournal, sumBy } from "./hledger-journal.ts";
import { type Journey, openJourney } from "./journey.ts";

/** Sales in currencies of 2, 0 and 3 decimals to two partners, refunds, a release; one order's name is hostile. */
async function liveAYear(journey: Journey) {
  for (const partner of ["north", "south"]) {
    const { token } = await journey.partnerWithToken(partner);
    for (const [index, currency] of ["eur", "jpy", "kwd", "eur"].entries()) {
      const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
      const name = `${partner}_${index}`;
      const paymentIntent = `pi_${name}`;
      const id = index === 3 ? `cs_;|(${name})` : `cs_${name}`;
      const sale = { id, currency, reference, paymentIntent, totalMinor: 11_900 + index };
      await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), ...sale, taxMinor: 1900 }));
      const refund = { id: `ch_${name}`, paymentIntent, currency, refundedMinor: 1000 * index };
      if (index > 0) await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...refund }));
      journey.pass(7);
    }
  }
  journey.pass(20);
  await releaseDue(journey.deps);
}

async function exported(journey: Journey): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of exportLedger(journey.deps, "hledger")) pieces.push(piece);
  return pieces.join("");
}

onEveryEngine("the journal for hledger", (bench) => {
  it("balances in every transaction and adds up to the balances", async () => {
    const journey = await openJourney(bench);
    await liveAYear(journey);
    const transactions = readJournal(await exported(journey));
    const kinds = new Set(transactions.map(({ description }) => description.split(" ")[1]));
    expect([...kinds].sort()).toEqual(["credit", "release", "reversal"]);
    for (const { postings } of transactions) {
      expect(postings).toHaveLength(2);
      expect(sumBy(postings, ({ currency }) => currency)).toEqual(new Map());
    }
    const postings = transactions.flatMap((transaction) => transaction.postings);
    const sums = sumBy(postings, ({ account, currency }) => `${account} ${currency}`);
    const decimals: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };
    const { body } = await journey.admin("GET", "/v1/ledger/balances");
    const balances = body as unknown as { partner: string; currency: string; [sum: string]: unknown }[];
    expect(balances).toHaveLength(6);
    for (const { partner, currency, heldMinor, payableMinor } of balances) {
      const scale = 10n ** BigInt(6 - (decimals[currency] ?? 0));
      const owed = (account: string) => -(sums.get(`liabilities:${account}:${partner} ${currency}`) ?? 0n);
      expect(owed("held")).toBe(BigInt(heldMinor as number) * scale);
      expect(owed("payable")).toBe(BigInt(payableMinor as number) * scale);
    }
    await journey.expectSoundLedger();
  });

  // Debian's hledger judges the same text wherever it is installed: `apt-get install hledger`, or by hand
  //   npm run --silent tallystick -- ledger export --format hledger | hledger -f - check --strict
  it("passes the check of hledger itself where that is installed", async ({ annotate }) => {
    const journey = await openJourney(bench);
    await liveAYear(journey);
    const journal = await exported(journey);
    const hledger = (input: string, ...args: string[]) =>
      spawnSync("hledger", ["-f", "-", ...args], { input, encoding: "utf8" });
    const verdict = hledger(journal, "check", "--strict");
    if ((verdict.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
      await annotate("hledger is not installed here: our own reading of its format, above, has judged alone");
      return;
    }
    expect(verdict.stderr).toBe("");
    expect(verdict.status).toBe(0);
    expect(hledger(journal.replace("  -20.00 EUR", "  -20.01 EUR"), "check", "--strict").status).not.toBe(0);
    const account = "liabilities:held:south";
    const owed = hledger(journal, "balance", account, "cur:EUR", "--output-format=csv").stdout;
    const { heldMinor } = await journey.balance("south");
    expect(heldMinor).toBeGreaterThan(0);
    expect(owed).toContain(`"${account}","${(-heldMinor / 100).toFixed(2)} EUR"`);
  });
});
