import { findPartner } from "../channel/rows/partners.ts";
import { wholeOrganisation } from "../customers/organisations.ts";
import { findSeller, listLicencesOfCustomer } from "../customers/rows/licences.ts";
import { listCustomerRows, listCustomersOfAddress } from "../customers/rows/people.ts";
import type { CustomerRow } from "../customers/rows/schema.ts";
import { type CustomerPart, partsOf } from "../customers/told-customer.ts";
import type { Deps } from "../deps/deps.ts";
import { adoptNow, formerOfEmail } from "../secrets/former-hashes.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import { as, type EmailHash, type LicenceHash, type PartnerId, type ProductId } from "../words/ids.ts";
import { listLicencesBought } from "./rows/licences-bought.ts";
import { listMandatesOfLicence } from "./rows/mandates.ts";

/** A licence as the customer sees it who has a part in it. */
export interface LicenceOfCustomer {
  /** Names the licence in forms of this customer's; nothing else can be done with it. */
  key: string;
  product: ProductId;
  /** The last four characters, where somebody told the licence. */
  licenceEnd: string | null;
  /** Empty where it is the organisation's, which this customer administers. */
  parts: CustomerPart[];
  /** Who sold its last term; null for the vendor. */
  seller: { id: PartnerId; name: string } | null;
  /** Partners that may act for the customer on it. */
  mandates: { mandate: string; partner: PartnerId; partnerName: string; since: string }[];
  /**
   * Whether this customer may let a partner act on it: who bought it, or whom the vendor says so of. What a partner told of
   * an address gives nobody such a right.
   */
  mayGive: boolean;
}

/** A licence with the hash that it is kept by. */
export interface FoundLicence extends Omit<LicenceOfCustomer, "key" | "seller" | "mandates"> {
  licence: LicenceHash;
}

type World = Pick<Deps, "store" | "hashes">;

/** So many licences of a customer are looked through. */
const licencesAtMost = 1_000;

/**
 * The licences of an address that was proved: those bought with it, those that somebody said it has a part in, and where
 * the vendor says that it administers an organisation all of that organisation and of those below it.
 */
export async function licencesOfCustomer(deps: World, email: string): Promise<LicenceOfCustomer[]> {
  await adoptNow(deps, formerOfEmail(deps.hashes, email));
  const hash = deps.hashes.email(email);
  return deps.store.read(async (tx) => {
    const shown: LicenceOfCustomer[] = [];
    for (const { licence, ...one } of await findLicencesOf(tx, hash)) {
      const { partner } = await findSeller(tx, {
        product: one.product,
        licence_hash: licence,
        order_key: "",
      });
      const seller = partner === null ? undefined : await findPartner(tx, partner);
      const mandates = await listMandatesOfLicence(tx, licence);
      shown.push({
        ...one,
        key: licenceKey(deps, licence),
        seller: seller === undefined ? null : { id: seller.id, name: seller.name },
        mandates: mandates
          .filter(({ product }) => product === one.product)
          .map((row) => ({
            mandate: row.mandate_id,
            partner: row.partner_id,
            partnerName: row.partner_name,
            since: isoTime(row.given_at),
          })),
      });
    }
    return shown;
  });
}

/** What names a licence in a form: another hash, so that a page shows none by which it could be looked for. */
export const licenceKey = ({ hashes }: Pick<Deps, "hashes">, licence: LicenceHash): string =>
  hashes.limit(`licence of a form ${licence}`);

/** The licences of an address, each once. */
export async function findLicencesOf(tx: Tx, email: EmailHash): Promise<FoundLicence[]> {
  const found = new Map<string, FoundLicence>();
  const add = (one: FoundLicence) => {
    const key = `${one.product} ${one.licence}`;
    const known = found.get(key);
    if (known === undefined && found.size >= licencesAtMost) return;
    found.set(key, {
      ...one,
      licenceEnd: known?.licenceEnd ?? one.licenceEnd,
      parts: partsOf([...(known?.parts ?? []), ...one.parts].join(" ")),
      mayGive: one.mayGive || known?.mayGive === true,
    });
  };
  for (const { licence_hash, product } of await listLicencesBought(tx, email))
    add({ licence: licence_hash, product, licenceEnd: null, parts: ["buys"], mayGive: true });
  for (const person of await listCustomersOfAddress(tx, email)) {
    for (const one of await linksOf(tx, person)) add({ ...one, mayGive: mayGive(person, one.parts) });
    if (person.organisation_id === null || !partsOf(person.organisation_parts).includes("administers"))
      continue;
    for (const one of await linksOfOrganisation(tx, person.organisation_id))
      add({ ...one, parts: [], mayGive: person.told_by === "" });
  }
  return [...found.values()];
}

const mayGive = ({ told_by }: CustomerRow, parts: readonly CustomerPart[]): boolean =>
  told_by === "" && parts.some((part) => part !== "uses");

async function linksOf(tx: Tx, person: Pick<CustomerRow, "customer_id">) {
  return (await listLicencesOfCustomer(tx, person.customer_id)).flatMap(
    ({ licence_hash, product, licence_end, parts }) =>
      licence_hash === "" || product === ""
        ? []
        : [
            {
              licence: licence_hash,
              product: as.product(product),
              licenceEnd: licence_end,
              parts: partsOf(parts),
            },
          ],
  );
}

async function linksOfOrganisation(tx: Tx, organisation: string) {
  const found: Awaited<ReturnType<typeof linksOf>> = [];
  for (const id of await wholeOrganisation(tx, organisation))
    for (let after = ""; found.length < licencesAtMost; ) {
      const people = await listCustomerRows(tx, { organisation: id, after, limit: 200 });
      for (const person of people) found.push(...(await linksOf(tx, person)));
      const last = people.at(-1);
      if (last === undefined || people.length < 200) break;
      after = last.customer_id;
    }
  return found;
}
