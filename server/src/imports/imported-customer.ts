import type { Deps } from "../deps/deps.ts";
import type { DecidedOrder } from "../orders/decide/decide-order.ts";
import { decideWaitingOrders } from "../orders/decide/decide-waiting-orders.ts";
import { keptLicence } from "../orders/record/kept-licence.ts";
import { findSoldLicences, lockLicences } from "../orders/rows/many-licences.ts";
import { endedBefore } from "../registered-emails/register-emails.ts";
import { findEmailClaimsOf, insertRegisteredEmails } from "../registered-emails/rows/many-emails.ts";
import { insertRegisteredEmail } from "../registered-emails/rows/registered-emails.ts";
import { everyProduct, type RegisteredEmailRow } from "../registered-emails/rows/schema.ts";
import { findRegistrationsOf, insertRegistrations } from "../renewal/rows/many-registrations.ts";
import { insertRegistrationConflict } from "../renewal/rows/registrations.ts";
import type { RegistrationRow } from "../renewal/rows/schema.ts";
import { adoptHashes, formerOfEmail, formerOfLicence } from "../secrets/former-hashes.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type EmailHash, type LicenceHash, type PartnerId, type ProductId } from "../words/ids.ts";
import type { ImportRecord } from "./import-record.ts";

/** What became of a customer's licence and address. */
export interface KeptCustomer {
  licences: number;
  emails: number;
  /** What another partner has already: it stays with that one. */
  taken: ("licence" | "email")[];
}

/** A past customer, and whose it is. */
export interface Customer {
  partner: PartnerId;
  customer: ImportRecord["customer"];
}

/** What became of customers, each in its place, and the orders that were decided anew because of them. */
export interface KeptCustomers {
  kept: KeptCustomer[];
  decided: DecidedOrder[];
}

/** The product of a customer's licence: the row's, or the only one there is. */
export function productOf({ config }: Pick<Deps, "config">, name: string | undefined): ProductId | undefined {
  if (name !== undefined) return config.products.has(as.product(name)) ? as.product(name) : undefined;
  const [only, ...others] = config.products.keys();
  return others.length === 0 ? only : undefined;
}

/**
 * Makes licences and addresses of past customers evidence, as if a copy had registered and the partner had told the
 * address: the next renewal finds its partner. Who has either already keeps it. In a few statements for all.
 */
export async function keepCustomers(
  tx: Tx,
  deps: Deps,
  { programme, customers }: { programme: string; customers: readonly Customer[] },
  now: Instant,
): Promise<KeptCustomers> {
  for (const { licence, email } of customers.map(({ customer }) => customer)) {
    if (licence !== undefined) await adoptHashes(tx, formerOfLicence(deps.hashes, licence));
    if (email !== undefined) await adoptHashes(tx, formerOfEmail(deps.hashes, email));
  }
  const kept = customers.map((): KeptCustomer => ({ licences: 0, emails: 0, taken: [] }));
  const decided = await keepLicences(tx, deps, { programme, customers, kept }, now);
  await keepEmails(tx, deps, { customers, kept }, now);
  return { kept, decided };
}

/** A licence as one customer of the page has it. */
interface Copy {
  licence: LicenceHash;
  product: ProductId;
  partner: PartnerId;
  kept: KeptCustomer;
}

async function keepLicences(
  tx: Tx,
  deps: Deps,
  page: { programme: string; customers: readonly Customer[]; kept: readonly KeptCustomer[] },
  now: Instant,
): Promise<DecidedOrder[]> {
  const copies = await readCopies(tx, deps, page);
  await lockLicences(
    tx,
    copies.map(({ licence }) => licence),
  );
  const standing = new Map(
    (
      await findRegistrationsOf(
        tx,
        copies.map(({ licence, product }) => [licence, product]),
      )
    ).map((row) => [`${row.licence_hash} ${row.product}`, row.partner_id]),
  );
  const jti = as.token(`import:${page.programme}`);
  const fresh: RegistrationRow[] = [];
  for (const { licence, product, partner, kept } of copies) {
    const owner = standing.get(`${licence} ${product}`);
    if (owner === undefined) {
      standing.set(`${licence} ${product}`, partner);
      fresh.push({
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
    } else if (owner !== partner) {
      kept.taken.push("licence");
      const conflict = { product, licence_hash: licence, partner_id: partner, jti, seen_at: now };
      await insertRegistrationConflict(tx, conflict);
    }
  }
  await insertRegistrations(tx, fresh);
  return decideSold(tx, deps, fresh, now);
}

/** The licences of customers, by the hashes by which they are kept. */
async function readCopies(
  tx: Tx,
  deps: Deps,
  { customers, kept }: { customers: readonly Customer[]; kept: readonly KeptCustomer[] },
): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const [at, { partner, customer }] of customers.entries()) {
    const product = productOf(deps, customer.product);
    const own = kept[at];
    if (customer.licence === undefined || product === undefined || own === undefined) continue;
    const spelling = spellLicence(deps.hashes, customer.licence, licenceKindOf(deps.config, product));
    const { licence } = await keptLicence(tx, deps, spelling);
    copies.push({ licence, product, partner, kept: own });
  }
  return copies;
}

/** Decides anew what lacked these bindings: few of them have an order here. */
async function decideSold(
  tx: Tx,
  deps: Deps,
  bound: readonly RegistrationRow[],
  now: Instant,
): Promise<DecidedOrder[]> {
  const sold = await findSoldLicences(
    tx,
    bound.map(({ licence_hash }) => licence_hash),
  );
  const decided: DecidedOrder[] = [];
  for (const { licence_hash: licence, product } of bound)
    if (sold.has(licence)) decided.push(...(await decideWaitingOrders(tx, deps, { licence, product }, now)));
  return decided;
}

async function keepEmails(
  tx: Tx,
  deps: Deps,
  { customers, kept }: { customers: readonly Customer[]; kept: readonly KeptCustomer[] },
  now: Instant,
): Promise<void> {
  const ended_before = endedBefore(deps, now);
  const hashes = customers.map(({ customer: { email } }) =>
    email === undefined ? undefined : deps.hashes.email(email),
  );
  const known = await findEmailClaimsOf(
    tx,
    [...new Set(hashes)].flatMap((hash) => (hash === undefined ? [] : [[hash]])),
  );
  const claims = new Map<EmailHash, Pick<RegisteredEmailRow, "product" | "partner_id">[]>();
  const ended = new Set<string>();
  const claim = (hash: EmailHash, one: Pick<RegisteredEmailRow, "product" | "partner_id">) =>
    claims.set(hash, [...(claims.get(hash) ?? []), one]);
  for (const { email_hash, registered_at, ...one } of known)
    if (registered_at >= ended_before) claim(email_hash, one);
    else ended.add(`${email_hash} ${one.product}`);
  const fresh: RegisteredEmailRow[] = [];
  for (const [at, { partner, customer }] of customers.entries()) {
    const [email_hash, own] = [hashes[at], kept[at]];
    if (email_hash === undefined || own === undefined) continue;
    const product: RegisteredEmailRow["product"] = productOf(deps, customer.product) ?? everyProduct;
    const standing = (claims.get(email_hash) ?? []).filter(
      (one) => one.product === product || one.product === everyProduct,
    );
    if (standing.some(({ partner_id }) => partner_id !== partner)) own.taken.push("email");
    if (standing.length > 0) continue;
    const row: RegisteredEmailRow = {
      email_hash,
      product,
      partner_id: partner,
      pepper_id: deps.hashes.pepperId,
      registered_at: now,
      origin: "import",
      consent_id: null,
      consent_at: null,
    };
    claim(email_hash, row);
    own.emails += 1;
    // One that has run out is taken over, which a list cannot do.
    if (ended.has(`${email_hash} ${product}`)) await insertRegisteredEmail(tx, { ...row, ended_before });
    else fresh.push(row);
  }
  await insertRegisteredEmails(tx, fresh);
}
