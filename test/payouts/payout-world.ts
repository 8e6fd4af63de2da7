import { readBalances } from "../../server/src/books/balances.ts";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { approvePayout, cancelPayout } from "../../server/src/payouts/change-batch.ts";
import { confirmPayout, type ToldOfBatch } from "../../server/src/payouts/confirm.ts";
import { type ExportTerms, exportPayout } from "../../server/src/payouts/export.ts";
import type { PayoutBlockSource } from "../../server/src/payouts/payout-block.ts";
import { type ProposalTerms, proposePayouts } from "../../server/src/payouts/propose.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { detailsOf } from "./payout-details.ts";

/** The account that pays, as a configuration names it. */
export const payer = {
  name: "Acme Software GmbH",
  iban: "DE75 5121 0800 1245 1261 99",
  bic: "SOGEDEFFXXX",
  address: { street: "Marktplatz", building: "1", postCode: "60311", town: "Frankfurt", country: "DE" },
};

/** A receiver whose partners have something to be paid, and two people who pay it: Ann proposes, Ben approves. */
export async function openPayouts(
  bench: Bench,
  {
    config = {},
    receiver = {},
    blocks = [],
  }: {
    /** Of `payouts`. */
    config?: Record<string, unknown>;
    /** Of the receiver beside that. */
    receiver?: Record<string, unknown>;
    blocks?: PayoutBlockSource[];
  } = {},
) {
  const journey = await openJourney(bench, { ...receiver, payouts: { payer, ...config } });
  const deps = { ...journey.deps, blocks };
  const by = <T>(actor: string, action: string, work: () => Promise<T>) =>
    asDeed({ actor, action, subject: undefined }, work);
  let booked = 0;
  const world = {
    deps,
    journey,
    /** Gives a partner an amount that is payable, or takes it when it is below zero. */
    async owe(partner: string, amountMinor: number, currency = "EUR") {
      const isMore = amountMinor > 0;
      await deps.store.write((tx) =>
        bookForPartner(
          tx,
          [
            {
              partner: as.partner(partner),
              kind: "adjustment",
              debit: isMore ? "expense" : "payable",
              credit: isMore ? "payable" : "expense",
              amountMinor: Math.abs(amountMinor),
              currency: as.currency(currency),
              source: "adjustment",
              sourceId: `adj_${++booked}`,
              cause: "test",
            },
          ],
          deps.clock(),
        ),
      );
    },
    /** A partner with an account, and something payable. */
    async payee(id: string, amountMinor: number, details: Record<string, unknown> = {}, currency = "EUR") {
      await addPartner(deps, { id, name: id });
      await setDetails(deps, id, detailsOf(id, details));
      if (amountMinor !== 0) await world.owe(id, amountMinor, currency);
    },
    propose: (terms: ProposalTerms = {}, actor = "cli:ann") =>
      by(actor, "payout propose", () => proposePayouts(deps, terms)),
    approve: (id: string, actor = "cli:ben") => by(actor, "payout approve", () => approvePayout(deps, id)),
    cancel: (id: string) => by("cli:ann", "payout cancel", () => cancelPayout(deps, id)),
    send: (id: string, terms: ExportTerms = { format: "pain.001" }) =>
      by("cli:ann", "payout export", () => exportPayout(deps, id, terms)),
    confirm: (id: string, told: ToldOfBatch) =>
      by("cli:ann", "payout confirm", () => confirmPayout(deps, id, told)),
    /** Proposes, approves and exports what is payable; returns the batch's id and its file. */
    async sendAll(terms: ExportTerms = { format: "pain.001" }) {
      const { batches } = await world.propose();
      const [batch] = batches;
      if (batch === undefined) throw new Error("nothing is payable");
      await world.approve(batch.id);
      return { id: batch.id, ...(await world.send(batch.id, terms)) };
    },
    /** Payable and paid of a partner in EUR. */
    async sums(partner: string) {
      const [sum] = await readBalances(deps, { partner });
      return { payableMinor: sum?.payableMinor ?? 0, paidMinor: sum?.paidMinor ?? 0 };
    },
    /** What `ledger verify` says, but for what this world books in the name of adjustments. */
    check: async () => (await verifyLedger(deps)).failures.filter((one) => !one.includes("from adjustment")),
  };
  return world;
}
