import type { Agreement } from "../agreements/agreement.ts";
import type { Config } from "../config/config.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { Period } from "../words/period.ts";
import { type LegalParty, type PartnerFacts, partyOf, readPartnerFacts } from "./partner-facts.ts";
import type { KindSum, SelfBilling, StatementKind } from "./statement.ts";
import { rateOf, taxOn } from "./tax.ts";

/** Why an account is left open. */
export type OpenReason = "vendor_facts_missing" | "partner_facts_missing";

/** What an invoice in a partner's name is made of. */
export interface BillingFacts {
  buyer: LegalParty;
  seller: PartnerFacts;
}

/**
 * What is needed to write a partner's invoices; the reason why it cannot be done where something is missing that the law
 * wants on one.
 *
 * Source: directive 2006/112/EC, articles 224 and 226.
 */
export async function readBillingFacts(
  tx: Tx,
  { config, hashes }: Pick<Deps, "config" | "hashes">,
  { partner, period }: { partner: PartnerId; period: Period },
): Promise<BillingFacts | OpenReason> {
  const { vendor } = config;
  if (vendor === undefined) return "vendor_facts_missing";
  const buyer = {
    ...partyOf(vendor.legalName, vendor.address),
    vatId: vendor.vatId ?? null,
    taxNumber: vendor.taxNumber ?? null,
  };
  const seller = await readPartnerFacts(tx, hashes, { partner, at: supplyAt(period) });
  if (seller === undefined) return "partner_facts_missing";
  return seller.treatment === "reverse_charge" && buyer.vatId === null
    ? "vendor_facts_missing"
    : { buyer, seller };
}

/** A supply that goes on through a period ends with it. */
const supplyAt = ({ until }: Period): Instant => instant(until - 1);

/** Kinds of movements that are no pay for a supply: money that was sent, and what another programme owed before. */
const unbilled = new Set(["payout", "payout_return", "opening"]);

/** What a period's invoice is about: all that became payable in it, or was taken back from it. */
export const billedNet = (movements: readonly KindSum[]): number =>
  movements.reduce((sum, { kind, payableMinor }) => (unbilled.has(kind) ? sum : sum + payableMinor), 0);

/** The tax facts of an invoice about a net amount. */
export function billFor(
  config: Config,
  facts: BillingFacts,
  about: { netMinor: number; period: Period; closedAt: Instant; agreement: Agreement },
): SelfBilling {
  const { netMinor, period, closedAt, agreement } = about;
  const rates = (config.vendor?.taxRates ?? []).map(({ since, percent }) => ({
    since,
    rateBp: Math.round(percent * 100),
  }));
  const day = isoTime(supplyAt(period)).slice(0, 10);
  const { treatment } = facts.seller;
  const rateBp = rateOf(treatment, rates, day);
  const taxMinor = taxOn(netMinor, rateBp);
  return {
    seller: facts.seller.party,
    buyer: facts.buyer,
    treatment,
    rateBp,
    netMinor,
    taxMinor,
    grossMinor: netMinor + taxMinor,
    acceptBy: agreement.silenceDays === null ? null : isoTime(addDays(closedAt, agreement.silenceDays)),
    agreementFile: agreement.fileHash,
  };
}

/** What a document is: one about nothing is no invoice, and one that takes back is a credit note. */
export const kindOf = (bill: SelfBilling | null): StatementKind =>
  bill === null || bill.netMinor === 0 ? "statement" : bill.netMinor > 0 ? "invoice" : "credit_note";
