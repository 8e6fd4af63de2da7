import { requireTradingPartner } from "../channel/active-partner.ts";
import { readAgreementVersion } from "../channel/change-agreement.ts";
import type { Deps } from "../deps/deps.ts";
import { findKeptLicence } from "../orders/record/kept-licence.ts";
import {
  type CustomerDocument,
  lastFour,
  newCustomerId,
  openCustomerText,
  sealCustomerText,
  sealedForAgreement,
  sealedForVendor,
} from "../secrets/customer-seal.ts";
import { adoptHashes, formerOfEmail, formerOfLicence } from "../secrets/former-hashes.ts";
import { licenceKindOf, spellLicence } from "../secrets/licence-spelling.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type EmailHash, type LicenceHash, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { placeInOrganisation } from "./organisations.ts";
import { countPeopleOfLicence, findSeller, keepCustomerLicence } from "./rows/licences.ts";
import { findToldCustomer, insertCustomer, updateCustomer } from "./rows/people.ts";
import type { CustomerRow, ToldBy } from "./rows/schema.ts";
import { type CustomerFault, customerFault, partsText } from "./told-customer.ts";

/** One person with its part in one licence, as it is told. What is left out stays as it was told before. */
export interface ToldCustomer {
  /** Where it stood, from 1. */
  row: number;
  email: string;
  name?: string | undefined;
  address?: string | undefined;
  /** BCP 47. */
  language?: string | undefined;
  /** The organisation, below those it is a part of: `["Acme Group", "Acme Austria"]`. */
  organisation?: readonly string[] | undefined;
  /** `buys` by default. */
  parts?: readonly string[] | undefined;
  product?: string | undefined;
  /** Left out by the vendor alone: the parts are then in whatever the organisation buys. */
  licence?: string | undefined;
  /** The product's version of this licence. */
  version?: string | undefined;
  /** What the person agreed to being written about. */
  consent?: { version: string; at: Instant } | undefined;
}

/** Why an entry was left out. What it said is not repeated. */
export interface LeftOutCustomer {
  row: number;
  reason: CustomerFault | "licence_not_sold" | "too_many_people";
}

/** What came of a list of customers. */
export interface CustomerReport {
  received: number;
  kept: number;
  /** The first hundred that were left out. */
  invalid: LeftOutCustomer[];
}

/** Who tells. */
export type Teller = { by: "vendor" } | { by: "partner"; partner: PartnerId };

/** No list is taken with more entries than this. */
export const customersAtMost = 500;
/** So many people of one licence one teller can tell of. */
export const peopleOfLicenceAtMost = 50;
const invalidShown = 100;

type World = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/**
 * Keeps who customers are, sealed. A partner tells of licences alone whose last term it sold, under an agreement that
 * shares everything; a licence that is another's is refused in the same words as one that is nobody's.
 *
 * @throws {Refusal} `sharing_not_agreed`, `partner_ended`, `partner_suspended`, `partner_unknown`
 */
export async function tellCustomers(
  deps: World,
  teller: Teller,
  entries: readonly ToldCustomer[],
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<CustomerReport> {
  if (entries.length > customersAtMost) throw new Error(`a list has ${customersAtMost} entries at most`);
  const now = deps.clock();
  const invalid: LeftOutCustomer[] = [];
  const good: Readied[] = [];
  for (const entry of entries) {
    const reason = customerFault(deps.config, entry, { needsLicence: teller.by === "partner", now });
    if (reason === undefined) good.push(ready(deps, entry));
    else invalid.push({ row: entry.row, reason });
  }
  // By address, so that two lists with the same people lock them in one order.
  good.sort((a, b) => (a.email < b.email ? -1 : a.email > b.email ? 1 : a.entry.row - b.entry.row));
  const left = await deps.store.write(async (tx) => {
    const sealedFor = await addressee(tx, teller, now);
    if (dryRun) return checkAll(tx, deps, teller, good);
    await adoptHashes(
      tx,
      good.flatMap(({ former }) => former).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    );
    const out: LeftOutCustomer[] = [];
    for (const one of good) {
      const reason = await keepOne(tx, deps, { teller, sealedFor, one }, now);
      if (reason !== undefined) out.push({ row: one.entry.row, reason });
    }
    return out;
  });
  invalid.push(...left);
  invalid.sort((a, b) => a.row - b.row);
  return {
    received: entries.length,
    kept: entries.length - invalid.length,
    invalid: invalid.slice(0, invalidShown),
  };
}

interface Readied {
  entry: ToldCustomer;
  email: EmailHash;
  former: ReturnType<typeof formerOfEmail>;
}

const ready = ({ hashes }: World, entry: ToldCustomer): Readied => ({
  entry,
  email: hashes.email(entry.email),
  former: [
    ...formerOfEmail(hashes, entry.email),
    ...(entry.licence === undefined ? [] : formerOfLicence(hashes, entry.licence)),
  ],
});

/** For whom what is told is sealed. @throws {Refusal} where a partner may not tell */
async function addressee(tx: Tx, teller: Teller, now: Instant): Promise<string> {
  if (teller.by === "vendor") return sealedForVendor;
  await requireTradingPartner(tx, teller.partner);
  const { agreement, version } = await readAgreementVersion(tx, teller.partner, now);
  if (agreement.sharing !== "full")
    throw new Refusal(
      "sharing_not_agreed",
      "Customers are shared under an agreement with full sharing alone.",
    );
  return sealedForAgreement(teller.partner, version);
}

async function checkAll(
  tx: Tx,
  deps: World,
  teller: Teller,
  good: readonly Readied[],
): Promise<LeftOutCustomer[]> {
  const out: LeftOutCustomer[] = [];
  for (const { entry } of good) {
    const licence = await licenceOf(tx, deps, entry);
    const reason =
      licence === "" ? undefined : await licenceFault(tx, teller, { entry, licence, isNew: false });
    if (reason !== undefined) out.push({ row: entry.row, reason });
  }
  return out;
}

async function licenceOf(tx: Tx, deps: World, { licence, product }: ToldCustomer): Promise<LicenceHash | ""> {
  if (licence === undefined) return "";
  const kind = licenceKindOf(deps.config, product === undefined ? null : as.product(product));
  return findKeptLicence(tx, deps, spellLicence(deps.hashes, licence, kind));
}

async function licenceFault(
  tx: Tx,
  teller: Teller,
  { entry, licence, isNew }: { entry: ToldCustomer; licence: LicenceHash; isNew: boolean },
): Promise<LeftOutCustomer["reason"] | undefined> {
  const product = as.product(entry.product ?? "");
  if (teller.by === "partner") {
    const { partner } = await findSeller(tx, { product, licence_hash: licence, order_key: "" });
    if (partner !== teller.partner) return "licence_not_sold";
  }
  if (!isNew) return undefined;
  const people = await countPeopleOfLicence(tx, { licence_hash: licence, told_by: toldBy(teller) });
  return people >= peopleOfLicenceAtMost ? "too_many_people" : undefined;
}

const toldBy = (teller: Teller): ToldBy => (teller.by === "partner" ? teller.partner : "");

async function keepOne(
  tx: Tx,
  deps: World,
  { teller, sealedFor, one: { entry, email } }: { teller: Teller; sealedFor: string; one: Readied },
  now: Instant,
): Promise<LeftOutCustomer["reason"] | undefined> {
  const licence = await licenceOf(tx, deps, entry);
  const known = await findToldCustomer(tx, email, toldBy(teller));
  if (licence !== "") {
    const fault = await licenceFault(tx, teller, { entry, licence, isNew: known === undefined });
    if (fault !== undefined) return fault;
  }
  const organisation =
    entry.organisation === undefined
      ? (known?.organisation_id ?? null)
      : await placeInOrganisation(
          tx,
          deps,
          { path: entry.organisation, toldBy: toldBy(teller), sealedFor },
          now,
        );
  const row = rowOf(
    deps,
    { known, entry, email, teller, sealedFor, organisation, isWhole: licence === "" },
    now,
  );
  if (known !== undefined) await updateCustomer(tx, row);
  else if (!(await insertCustomer(tx, row)))
    throw new Refusal("busy", "The same customer was told of at the same time: send it again.");
  if (licence === "") return undefined;
  await keepCustomerLicence(tx, {
    customer_id: row.customer_id,
    product: as.product(entry.product ?? ""),
    licence_hash: licence,
    order_key: "",
    parts: partsText(entry.parts),
    licence_end: lastFour(entry.licence ?? ""),
    version: entry.version ?? null,
    added_at: now,
  });
  return undefined;
}

interface Told {
  known: CustomerRow | undefined;
  entry: ToldCustomer;
  email: EmailHash;
  teller: Teller;
  sealedFor: string;
  organisation: string | null;
  /** Whether the parts are in all that the organisation buys. */
  isWhole: boolean;
}

function rowOf({ hashes }: World, told: Told, now: Instant): CustomerRow {
  const { known, entry, email, teller, sealedFor, organisation, isWhole } = told;
  const id = known?.customer_id ?? newCustomerId(now);
  const before: Partial<CustomerDocument> =
    known === undefined
      ? {}
      : JSON.parse(openCustomerText(hashes, { id, sealedFor: known.sealed_for, sealed: known.sealed }));
  const document: CustomerDocument = {
    email: entry.email.trim(),
    name: entry.name ?? before.name,
    address: entry.address ?? before.address,
  };
  return {
    customer_id: id,
    told_by: toldBy(teller),
    source: teller.by,
    email_hash: email,
    sealed: sealCustomerText(hashes, JSON.stringify(document), { id, sealedFor }),
    sealed_for: sealedFor,
    language: entry.language ?? known?.language ?? null,
    organisation_id: organisation,
    organisation_parts:
      isWhole && entry.parts !== undefined ? partsText(entry.parts) : (known?.organisation_parts ?? ""),
    consent_version: entry.consent?.version ?? known?.consent_version ?? null,
    consent_at: entry.consent?.at ?? known?.consent_at ?? null,
    added_at: known?.added_at ?? now,
    changed_at: now,
  };
}
