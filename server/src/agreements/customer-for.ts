import type { PartnerId } from "../words/ids.ts";
import type { Viewer } from "./view-for.ts";

/** A licence of a customer with who sold its last term. */
export interface SoldLicence {
  /** Null for the vendor. */
  partner: PartnerId | null;
  /** Whether an order says so, and not only a copy that was registered. */
  isProven: boolean;
}

/** What is known of one person among customers, as one teller told it. */
export interface ToldPerson<Licence extends SoldLicence> {
  /** Null where the vendor or its shop told. */
  toldBy: PartnerId | null;
  licences: readonly Licence[];
}

/**
 * Which licences of a customer a partner may see, and with them who the customer is: those that it sold, while its
 * agreement shares everything, of what nobody else told. A copy that claims to be its own shows it only what it told itself:
 * whoever has a public token can claim a licence. Undefined where there are none, and then nothing may tell it that
 * the customer exists. Nothing in the result depends on what another partner sold or told.
 */
export function customerFor<Licence extends SoldLicence>(
  { partner, sharing }: Viewer,
  { toldBy, licences }: ToldPerson<Licence>,
): Licence[] | undefined {
  if (sharing !== "full" || (toldBy !== null && toldBy !== partner)) return undefined;
  const own = licences.filter((one) => one.partner === partner && (one.isProven || toldBy === partner));
  return own.length === 0 ? undefined : own;
}
