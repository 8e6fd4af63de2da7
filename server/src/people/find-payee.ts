import type { Tx } from "../store/store.ts";
import type { EmailDomainHash, EmailHash, PartnerId } from "../words/ids.ts";
import { isOneOfPayees } from "./rows/payees.ts";

/** A buyer's address, as it is kept with an order, and who is paid for what was bought. */
export interface BuyerAndPayees {
  payees: readonly PartnerId[];
  email: EmailHash | null;
  alias: EmailHash | null;
  /** Null where only the address itself counts. */
  domain: EmailDomainHash | null;
  site: EmailDomainHash | null;
}

/**
 * Whether somebody bought who is paid for it: a person who signs in for the partner that is credited or for one above it,
 * or one above it itself. The partner's own address is looked at when an order is decided; this asks the database, so it
 * is looked at before a credit is released.
 */
export async function findPayee(
  tx: Tx,
  { payees, email, alias, domain, site }: BuyerAndPayees,
): Promise<boolean> {
  if (email === null) return false;
  const places = domain ?? site;
  const buyer = { email, alias: alias ?? email, domain: places, site: site ?? places };
  for (const partner_id of payees) if (await isOneOfPayees(tx, { partner_id, ...buyer })) return true;
  return false;
}
