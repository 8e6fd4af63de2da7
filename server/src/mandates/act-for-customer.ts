import { renewalLink } from "@tallystick/sdk/protocol";
import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { findKeptLicence } from "../orders/record/kept-licence.ts";
import { type LicenceTerm, termOfLicence } from "../orders/record/licence-term.ts";
import { type RegistrationResult, registerLicence } from "../renewal/registration.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import { standingToken } from "../tokens/standing-tokens.ts";
import type { PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type Mandate, mandateOf, requireMandate } from "./mandates.ts";
import type { MandateRow } from "./rows/schema.ts";

/** Which mandate a partner acts by. */
export interface Acting {
  mandate: string;
  partner: PartnerId;
}

/** A licence whose customer lets a partner act for her. */
export interface ManagedLicence extends Mandate {
  /** When its last term ends, ISO 8601 in UTC, and who says so; null where nobody does. */
  term: LicenceTerm | null;
}

/**
 * What a partner is told of a licence it acts on: its term, and nothing of who sold it.
 *
 * @throws {Refusal} `mandate_unknown`
 */
export async function showManagedLicence(deps: Deps, acting: Acting): Promise<ManagedLicence> {
  return deps.store.read(async (tx) => {
    const row = await requireMandate(tx, acting);
    return { ...mandateOf(row), term: (await termOfLicence(tx, deps, row)) ?? null };
  });
}

/**
 * The renewal link that the partner hands its customer: with a token of its own, and with the licence where it is told, so
 * that the purchase is that licence's.
 *
 * @throws {Refusal} `mandate_unknown`; `licence_mismatch` for another licence; `partner_ended`, `partner_suspended`
 */
export async function linkForCustomer(
  deps: Deps,
  acting: Acting,
  { licence, email }: { licence?: string | undefined; email?: string | undefined } = {},
): Promise<{ url: string }> {
  const row = await requireLicence(deps, acting, licence);
  const { token } = await standingToken(deps, {
    partner: row.partner_id,
    product: row.product,
    batch: "mandate",
  });
  return {
    url: renewalLink({
      receiver: deps.config.issuer,
      product: row.product,
      token,
      ...(licence === undefined ? {} : { licence }),
      ...(email === undefined ? {} : { email }),
    }),
  };
}

/**
 * Registers a copy of the licence for the customer, as the product would: the licence is bound to the partner unless it
 * was bound before.
 *
 * @throws {Refusal} as `linkForCustomer`, and as a registration
 */
export async function registerForCustomer(
  deps: Deps,
  acting: Acting,
  { licence }: { licence: string },
): Promise<RegistrationResult> {
  const row = await requireLicence(deps, acting, licence);
  const { token } = await standingToken(deps, {
    partner: row.partner_id,
    product: row.product,
    batch: "mandate",
  });
  return registerLicence(deps, { product: row.product, licence, token });
}

/** A partner knows the licence from its customer: the receiver has only its hash. */
async function requireLicence(deps: Deps, acting: Acting, licence: string | undefined): Promise<MandateRow> {
  return deps.store.read(async (tx) => {
    const row = await requireMandate(tx, acting);
    await requireTradingPartner(tx, acting.partner);
    if (licence === undefined) return row;
    const spelling = spellLicence(deps.hashes, licence, licenceKindOf(deps.config, row.product));
    if ((await findKeptLicence(tx, deps, spelling)) === row.licence_hash) return row;
    throw new Refusal("licence_mismatch", "The mandate is for another licence.");
  });
}
