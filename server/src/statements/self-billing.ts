import type { Agreement } from "../agreements/agreement.ts";
import type { Config } from "../config/config.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant, isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { Period } from "../words/period.ts";
import type { LegalParty, PartnerFacts, ReadPartnerFacts } from "./partner-facts.ts";
import type { KindSum, SelfBilling, StatementKind } from "./statement.ts";
import { taxOf, taxOn } from "./tax.ts";

/** Why an account is left open. */
export type OpenReason = "vendor_facts_missing" | "partner_facts_missing";

/** What an invoice in a partner's name is made of. */
export interface BillingFacts {
  buyer: LegalParty;
  seller: PartnerFacts;
}

/**
 * What is needed to write a partner's invoices; the reason why it cannot be done where something is missing that the law
 * wants on one: who buys, who sells, and a tax number of the seller.
 *
 * Source: directive 2006/112/EC, articles 224 and 226.
 */
export async function readBillingFacts(
  tx: Tx,
  deps: Deps,
  { partner, period, readFacts }: { partner: PartnerId; period: Period; readFacts: ReadPartnerFacts },
): Promise<BillingFacts | OpenReason> {
  const buyer = partyOf(deps.config.vendor);
  if (buyer === undefined) return "vendor_facts_missing";
  const seller = await readFacts(tx, deps, { partner, at: supplyAt(period) });
  const isWhole = seller !== undefined && (seller.party.vatId ?? seller.party.taxNumber) !== null;
  return isWhole ? { buyer, seller } : "partner_facts_missing";
}

/** A supply that goes on through a period ends with it. */
const supplyAt = ({ until }: Period): Instant => instant(until - 1);

function partyOf(vendor: Config["vendor"]): LegalParty | undefined {
  if (vendor === undefined) return undefined;
  const { street, buildingNumber, postCode, town, region, country } = vendor.address;
  const join = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(" ");
  return {
    name: vendor.legalName,
    address: [join(street, buildingNumber), join(postCode, town), region ?? ""].filter((line) => line !== ""),
    country,
    vatId: vendor.vatId ?? null,
    taxNumber: vendor.taxNumber ?? null,
  };
}

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
  const { treatment, rateBp } = taxOf({ country: facts.buyer.country, rates, day, seller: facts.seller });
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
