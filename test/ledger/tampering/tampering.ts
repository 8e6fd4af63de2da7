import { expect, it } from "vitest";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { sealedTables } from "../../../server/src/receipts/sealed-tables.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";

/** What somebody with the database's password does behind the receiver's back, and what is said of it. */
export interface Tampering {
  what: string;
  /** What has to have happened before, beside the world's own story. */
  after?: (journey: Journey) => Promise<unknown>;
  /** What the database answers. Then the guards of `table` are dropped, and it is done nevertheless. */
  refused?: RegExp;
  table?: string;
  statements: readonly string[];
  /** What the check of the ledger then says, among others. Nothing where the database cannot be made to take it. */
  says: readonly RegExp[];
}

/** The order of the story, and the one that nobody was credited for. */
export const order = "(select order_key from orders where order_id = 'cs_1')";
export const other = "(select order_key from orders where order_id = 'cs_4')";

/**
 * North sold cs_1 by a link: 119.00 EUR, 19.00 of it tax, at 20 percent; 35.70 of it was paid back, so 14.00 are held.
 * Nobody sold cs_4. South has a link, and has sold nothing.
 */
async function openStory(journey: Journey): Promise<void> {
  const { token } = await journey.partnerWithToken("north");
  const south = await journey.partnerWithToken("south");
  const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
  await journey.click(`https://renew.acme.example/r/acme-paint?t=${south.token}`);
  const sale = { ...journey.happening(), id: "cs_1", paymentIntent: "pi_1", reference };
  await journey.stripe(stripeCheckoutCompleted(sale));
  const refund = { ...journey.happening(), paymentIntent: "pi_1", refundedMinor: 3570 };
  await journey.stripe(stripeChargeRefunded(refund));
  const unsold = { ...journey.happening(), id: "cs_4", paymentIntent: "pi_4", email: "other@example.com" };
  await journey.stripe(stripeCheckoutCompleted(unsold));
}

/** Does each to a database of its own, on both engines, and expects that it is refused where it can be, and found. */
export function expectFound(name: string, tamperings: readonly Tampering[]): void {
  onEveryEngine(name, (bench) => {
    it.each(tamperings)("$what", async ({ after, refused, table, statements, says }) => {
      const journey = await openJourney(bench);
      await openStory(journey);
      await after?.(journey);
      await journey.expectSoundLedger();
      const { database, deps } = journey;
      if (refused !== undefined) {
        await expect(runRaw(database, statements)).rejects.toThrow(refused);
        await journey.expectSoundLedger();
      }
      if (says.length === 0) return;
      if (table !== undefined) await dropGuards(database, table);
      await runRaw(database, statements);
      const report = await verifyLedger(deps);
      expect(report.ok).toBe(false);
      for (const sentence of says) expect(report.failures).toContainEqual(expect.stringMatching(sentence));
    });
  });
}

/** A row of the journal that somebody writes, and what keeps the sums in step with it. */
export function booking(row: {
  key?: string;
  partner: string;
  kind: string;
  debit: string;
  credit: string;
  amountMinor: number;
  source?: string;
}): string[] {
  const { key = order, partner, kind, debit, credit, amountMinor, source } = row;
  const of = source === undefined ? `${key}, 1, null, null` : `null, null, 'payout', '${source}'`;
  const change = (account: string) =>
    account === credit ? amountMinor : account === debit ? -amountMinor : 0;
  const [held, payable, paid] = [change("held"), change("payable"), change("paid")];
  return [
    `insert into transfers (order_key, decision_seq, source, source_id, partner_id, kind, debit, credit, amount_minor,
        currency, cause, booked_at)
      values (${of}, '${partner}', '${kind}', '${debit}', '${credit}', ${amountMinor}, 'EUR', 'sale', 1)`,
    `insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
      values ('${partner}', 'EUR', 0, ${held}, ${payable}, ${paid})
      on conflict (partner_id, currency, shard) do update set
        held_minor = balances.held_minor + ${held}, payable_minor = balances.payable_minor + ${payable},
        paid_minor = balances.paid_minor + ${paid}`,
  ];
}

/** A further decision on cs_1 that somebody writes: the newest with some of its texts replaced, named by the order. */
export function decision(replaced: Record<string, string>): string[] {
  const columns = [
    "outcome",
    "partner_id",
    "reason",
    "evidence_kind",
    "evidence_route",
    "evidence",
    "credits",
    "policy",
    "cause",
    "decided_at",
  ];
  const selected = columns.map((column) => replaced[column] ?? column);
  return [
    `insert into decisions (order_key, seq, ${columns.join(", ")})
      select order_key, 2, ${selected.join(", ")} from decisions where order_key = ${order} and seq = 1`,
    `update orders set decision_seq = 2 where order_id = 'cs_1'`,
  ];
}

/** A row that says what another says, but for some columns. */
export const likeOf = (table: string, replaced: Record<string, string>, where: string): string => {
  const columns = sealedTables.find((one) => one.table === table)?.columns ?? [];
  const selected = columns.map((column) => replaced[column] ?? column);
  return `insert into ${table} (${columns.join(", ")}) select ${selected.join(", ")} from ${table} ${where}`;
};

/** What somebody has linked to cs_1's sale, at the time of the sale. */
export const link = likeOf(
  "events",
  { event_id: "'evt_x'", object_id: "'cs_9'", effect: "'link'", amount_minor: "0", net_minor: "null" },
  "where object_id = 'cs_1' and effect = 'sale'",
);

/** The sentence about a row that has no receipt and no seal. */
export const unwritten = (what: string) => new RegExp(`^${what}: it was not written by the receiver$`);
