import { expect, it } from "vitest";
import { verifyLedger } from "../../server/src/orders/verify.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { openJourney } from "./journey.ts";
import { runRaw, withoutGuard } from "./raw-database.ts";

/** What somebody does to the database behind the receiver's back, and what the check says of it. */
const tamperings: { what: string; guarded?: string; statement: string; says: RegExp[] }[] = [
  {
    what: "a changed amount",
    guarded: "transfers",
    statement: "update transfers set amount_minor = 2001 where kind = 'credit'",
    says: [
      /order stripe cs_1: a reversal of 1 EUR for north is missing/,
      /north EUR: heldMinor is kept as 1400, the journal adds up to 1401/,
    ],
  },
  {
    what: "a deleted transfer",
    guarded: "transfers",
    statement: "delete from transfers where kind = 'reversal'",
    says: [
      /order stripe cs_1: a reversal of 600 EUR for north is missing/,
      /heldMinor is kept as 1400, the journal adds up to 2000/,
    ],
  },
  {
    what: "a transfer moved to another partner",
    guarded: "transfers",
    statement: "update transfers set partner_id = 'south'",
    says: [/cs_1: a credit of 1400 EUR for north is missing/, /south EUR: heldMinor is kept as 0/],
  },
  {
    what: "a transfer between accounts it has no business with",
    guarded: "transfers",
    statement: "update transfers set credit = 'paid' where kind = 'credit'",
    says: [/cs_1: a credit may not move from expense to paid/],
  },
  {
    what: "a changed balance",
    statement: "update balances set held_minor = held_minor + 1",
    says: [/^north EUR: heldMinor is kept as 1401, the journal adds up to 1400$/],
  },
  {
    what: "a changed outcome",
    statement: "update orders set outcome = 'unattributed', partner_id = null",
    says: [/^order stripe cs_1: its row and its newest decision do not agree$/],
  },
  {
    what: "a changed decision",
    guarded: "decisions",
    statement: "update decisions set credits = replace(credits, '2000', '9000')",
    says: [/cs_1: a reinstatement of 4900 EUR for north is missing/],
  },
  {
    what: "a deleted decision",
    guarded: "decisions",
    statement: "delete from decisions",
    says: [/cs_1: its decisions are not numbered from 1 without a gap/],
  },
  {
    what: "a deleted refund",
    guarded: "events",
    statement: "delete from events where effect = 'refund'",
    says: [/cs_1: a reinstatement of 600 EUR for north is missing/],
  },
  {
    what: "a deleted order",
    statement: "delete from orders",
    says: [/^transfer \d+: its order is not there$/, /^sale stripe cs_1: it was taken, and has no order$/],
  },
  {
    what: "a release that is only claimed",
    statement: "update orders set released_at = received_at, release_at = null",
    says: [/cs_1: 1400 is still held though the order was released/],
  },
];

onEveryEngine("the check of the ledger", (bench) => {
  it.each(tamperings)("names $what", async ({ guarded, statement, says }) => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sale = { ...journey.happening(), id: "cs_1", paymentIntent: "pi_1", reference };
    await journey.stripe(stripeCheckoutCompleted(sale));
    const refund = { ...journey.happening(), paymentIntent: "pi_1", refundedMinor: 3570 };
    await journey.stripe(stripeChargeRefunded(refund));
    await journey.expectSoundLedger();
    const { database, deps } = journey;
    if (guarded !== undefined) {
      await expect(runRaw(database, [statement])).rejects.toThrow(`${guarded} is append-only`);
      await journey.expectSoundLedger();
    }
    const unguard = guarded === undefined ? [] : withoutGuard(database, guarded);
    await runRaw(database, [...unguard, statement]);
    const report = await verifyLedger(deps);
    expect(report.ok).toBe(false);
    for (const sentence of says) expect(report.failures).toContainEqual(expect.stringMatching(sentence));
  });
});
