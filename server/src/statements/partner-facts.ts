import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { TaxTreatment } from "./tax.ts";

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

/** What a statement needs of a partner's details. */
export interface PartnerFacts {
  party: LegalParty;
  /** Free of tax as a small business, in its own country. */
  smallBusiness: boolean;
  /** What the details say outright; undefined to have it worked out. */
  treatment?: TaxTreatment | undefined;
  language: string | null;
}

/**
 * Reads a partner's details as they are on a day; undefined where they are missing. It is handed in, so that the room of
 * the details need not be known here.
 */
export type ReadPartnerFacts = (
  tx: Tx,
  deps: Deps,
  about: { partner: PartnerId; at: Instant },
) => Promise<PartnerFacts | undefined>;
