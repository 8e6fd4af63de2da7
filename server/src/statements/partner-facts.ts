import { readDetails } from "../partner-details/details.ts";
import type { PartnerDetails, TaxTreatment } from "../partner-details/details-document.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";

/** Who somebody is before the law, as it stands on an invoice. */
export interface LegalParty {
  name: string;
  /** The address, a line each, without the country. */
  address: readonly string[];
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** With the country's letters. */
  vatId: string | null;
  taxNumber: string | null;
}

/** What an invoice needs of a partner's details: never its accounts. */
export interface PartnerFacts {
  party: LegalParty;
  treatment: TaxTreatment;
  language: string | null;
}

/** A partner's facts as they are on a day; undefined where there are none, or where they lack what an invoice must have. */
export async function readPartnerFacts(
  tx: Tx,
  hashes: Hashes,
  { partner, at }: { partner: PartnerId; at: Instant },
): Promise<PartnerFacts | undefined> {
  const found = await readDetails(tx, hashes, partner, at);
  if (found === undefined) return undefined;
  const { legalName, address, tax, language } = found.details;
  const party = { ...partyOf(legalName, address), vatId: tax.vatId ?? null, taxNumber: tax.number ?? null };
  // Directive 2006/112/EC, article 226 (3) and (4): the seller's number, and across a border the VAT number of each.
  const number = tax.treatment === "reverse_charge" ? party.vatId : (party.vatId ?? party.taxNumber);
  if (number === null) return undefined;
  return { party, treatment: tax.treatment, language: language ?? null };
}

/** A name and address as they stand on paper. */
export function partyOf(
  name: string,
  { street, building, postCode, town, region, country }: PartnerDetails["address"],
): Pick<LegalParty, "name" | "address" | "country"> {
  const line = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(" ");
  const address = [line(street, building), line(postCode, town), region ?? ""].filter((text) => text !== "");
  return { name, address, country };
}
