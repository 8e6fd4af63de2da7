import type { Deps } from "../deps/deps.ts";
import type { DecidedOrder } from "../orders/decide-order.ts";
import { decideWaitingOrders } from "../orders/decide-waiting-orders.ts";
import { keptLicence } from "../orders/kept-licence.ts";
import { lockLicence } from "../orders/order-names.ts";
import { endedBefore } from "../registered-emails/register-emails.ts";
import { findEmailClaims, insertRegisteredEmail } from "../registered-emails/rows/registered-emails.ts";
import { everyProduct, type RegisteredEmailRow } from "../registered-emails/rows/schema.ts";
import {
  findRegistration,
  insertRegistration,
  insertRegistrationConflict,
} from "../renewal/rows/registrations.ts";
import { adoptHashes } from "../secrets/adopt-hashes.ts";
import { formerOfEmail, formerOfLicence } from "../secrets/former-hashes.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type PartnerId, type ProductId } from "../words/ids.ts";
import type { ImportRecord } from "./import-record.ts";

/** What became of a customer's licence and address. */
export interface KeptCustomer {
  licences: number;
  emails: number;
  /** What another partner has already: it stays with that one. */
  taken: ("licence" | "email")[];
  decided: DecidedOrder[];
}

interface Customer {
  programme: string;
  partner: PartnerId;
  customer: ImportRecord["customer"];
}

/**
 * Makes a past customer's licence and address evidence, as if a copy had registered and the partner had told the
 * address: the next renewal finds its partner. Who has either already keeps it.
 */
export async function keepCustomer(tx: Tx, deps: Deps, about: Customer, now: Instant): Promise<KeptCustomer> {
  const kept: KeptCustomer = { licences: 0, emails: 0, taken: [], decided: [] };
  const { licence, email } = about.customer;
  if (licence !== undefined) await adoptHashes(tx, formerOfLicence(deps.hashes, licence));
  if (email !== undefined) await adoptHashes(tx, formerOfEmail(deps.hashes, email));
  await keepLicence(tx, deps, about, now, kept);
  await keepEmail(tx, deps, about, now, kept);
  return kept;
}

/** The product of a customer's licence: the row's, or the only one there is. */
export function productOf({ config }: Pick<Deps, "config">, name: string | undefined): ProductId | undefined {
  if (name !== undefined) return config.products.has(as.product(name)) ? as.product(name) : undefined;
  const [only, ...others] = config.products.keys();
  return others.length === 0 ? only : undefined;
}

async function keepLicence(
  tx: Tx,
  deps: Deps,
  { programme, partner, customer }: Customer,
  now: Instant,
  kept: KeptCustomer,
): Promise<void> {
  const product = productOf(deps, customer.product);
  if (customer.licence === undefined || product === undefined) return;
  const spelling = spellLicence(deps.hashes, customer.licence, licenceKindOf(deps.config, product));
  const { licence } = await keptLicence(tx, deps, spelling);
  await lockLicence(tx, licence, as.order(""));
  const jti = as.token(`import:${programme}`);
  const standing = await findRegistration(tx, licence, product);
  if (standing === undefined) {
    await insertRegistration(tx, {
      product,
      licence_hash: licence,
      partner_id: partner,
      jti,
      token_issued_at: now,
      bound_at: now,
      sold: 1,
      contradicted: 0,
    });
    kept.licences += 1;
    kept.decided.push(...(await decideWaitingOrders(tx, deps, { licence, product }, now)));
    return;
  }
  if (standing.partner_id === partner) return;
  kept.taken.push("licence");
  await insertRegistrationConflict(tx, {
    product,
    licence_hash: licence,
    partner_id: partner,
    jti,
    seen_at: now,
  });
}

async function keepEmail(
  tx: Tx,
  deps: Deps,
  { partner, customer }: Customer,
  now: Instant,
  kept: KeptCustomer,
): Promise<void> {
  if (customer.email === undefined) return;
  const ended_before = endedBefore(deps, now);
  const email_hash = deps.hashes.email(customer.email);
  const product: RegisteredEmailRow["product"] = productOf(deps, customer.product) ?? everyProduct;
  const standing = (await findEmailClaims(tx, email_hash)).filter(
    (claim) =>
      claim.registered_at >= ended_before && (claim.product === product || claim.product === everyProduct),
  );
  if (standing.some(({ partner_id }) => partner_id !== partner)) kept.taken.push("email");
  if (standing.length > 0) return;
  await insertRegisteredEmail(tx, {
    email_hash,
    product,
    partner_id: partner,
    pepper_id: deps.hashes.pepperId,
    registered_at: now,
    origin: "import",
    consent_id: null,
    consent_at: null,
    ended_before,
  });
  kept.emails += 1;
}
