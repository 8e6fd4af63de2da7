import type { Deps } from "../deps/deps.ts";
import { type OrderSummary, summaryOf } from "../orders/explain/list-orders.ts";
import { hashesOfLicence } from "../orders/record/kept-licence.ts";
import { forgetSpellings } from "../orders/rows/licence-spellings.ts";
import { findOrdersOfLicence } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { eraseEmail } from "../registered-emails/erase-email.ts";
import { findEmailClaims } from "../registered-emails/rows/registered-emails.ts";
import { type CustomerReward, exportCustomerRewards } from "../rewards/customer-rewards.ts";
import { adoptNow, formerOfEmail, formerOfLicence } from "../secrets/former-hashes.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { Tx } from "../store/store.ts";
import { instant, isoTime } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type EmailHash, type LicenceHash, type OrderKey } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { eraseAddressRows, type FoundOfAddress, rowsOfAddress } from "./address-rows.ts";
import {
  deleteLicenceRows,
  emptyClaim,
  findClaimsOf,
  findLicenceRows,
  findVouchersOf,
  forgetLicence,
  forgetVoucher,
  listOrdersOfBuyer,
} from "./rows/persons.ts";

/** Who is meant: exactly one of the two. */
export interface Person {
  email?: string | undefined;
  licence?: string | undefined;
}

/** Everything that is kept of a person. Neither address nor licence: the receiver has only their keyed hashes. */
export interface PersonExport {
  /** Partners that registered the address. */
  registrations: { partner: string; product: string | null; registeredAt: string }[];
  /** Where else the person stands: the table, when the row was made, and what it says beside. */
  rows: FoundOfAddress[];
  orders: OrderSummary[];
  /** What the renewals among these orders earned, the newest first. */
  rewards: CustomerReward[];
}

/** What was erased, or with `dryRun` would be, and what stays. */
export interface PersonErasure {
  dryRun: boolean;
  registrations: number;
  rows: number;
  /** Orders whose hash of the person was taken off. */
  orders: number;
  /** What no erasure takes, and what of this person stays, with the reason. */
  stays: string;
}

/** What no erasure takes, with the reason. */
export const whatStays =
  "Orders, decisions, events and bookings stay without the person: they are the accounts, which the law has the vendor keep. So do the rewards of renewals, which are booked: nobody finds them by this person any more. Which licence was activated with which serial stays too, or the serial could be used again. What partners wrote in disputes and the files they sent stay, since a ruling rests on them. A backup has what it had, and a shop's notice that still waits to be confirmed is taken when it comes.";

const pageSize = 500;

/**
 * Everything that is kept of a person.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function exportPerson(deps: Deps, person: Person): Promise<PersonExport> {
  refuseUnclear(person);
  await meet(deps, person);
  const { email, licence } = person;
  if (email !== undefined) {
    const hash = deps.hashes.email(email);
    const claims = await deps.store.read((tx) => findEmailClaims(tx, hash));
    return {
      registrations: claims.map((claim) => ({
        partner: claim.partner_id,
        product: claim.product === "" ? null : claim.product,
        registeredAt: isoTime(claim.registered_at),
      })),
      rows: await deps.store.read((tx) => rowsOfAddress(tx, deps, hash)),
      orders: await ordersOfBuyer(deps, hash),
      rewards: await exportCustomerRewards(deps, { email: hash }),
    };
  }
  const hashes = await deps.store.read((tx) => hashesOfLicence(tx, deps.hashes, licence ?? ""));
  const { rows, orders } = await deps.store.read(async (tx) => {
    const rows: FoundOfAddress[] = [];
    const orders: OrderRow[] = [];
    for (const hash of hashes) {
      rows.push(...(await rowsOfLicence(tx, hash)));
      orders.push(...(await findOrdersOfLicence(tx, hash)));
    }
    for (const { opened_at, id, partner_id } of await claimsOf(tx, deps, { hashes, licence: licence ?? "" }))
      rows.push(found("disputes", { product: null, at: opened_at, detail: `${id} of ${partner_id}` }));
    return { rows, orders };
  });
  const rewards: CustomerReward[] = [];
  for (const hash of hashes) rewards.push(...(await exportCustomerRewards(deps, { licence: hash })));
  return { registrations: [], rows, orders: orders.map(summaryOf), rewards };
}

async function rowsOfLicence(tx: Tx, hash: LicenceHash): Promise<FoundOfAddress[]> {
  return [
    ...(await findLicenceRows(tx, hash)).map((row) => found(row.table, { ...row, detail: null })),
    ...(await findVouchersOf(tx, hash)).map((row) => found("vouchers", { ...row, detail: null })),
  ];
}

const found = (
  what: string,
  { product, at, detail }: { product: string | null; at: number; detail: string | null },
): FoundOfAddress => ({ what, product, at: isoTime(instant(Number(at))), detail });

/** Disputes whose claim names the licence, as a licence or as a serial. */
async function claimsOf(
  tx: Tx,
  { hashes: keyed }: Pick<Deps, "hashes">,
  { hashes, licence }: { hashes: readonly LicenceHash[]; licence: string },
) {
  const serial = readSerial(keyed, licence);
  const wanted = new Set(
    [...hashes, serial?.hash, serial?.openHash].filter((hash) => typeof hash === "string"),
  );
  const claims = new Map<string, Awaited<ReturnType<typeof findClaimsOf>>[number]>();
  for (const hash of wanted) for (const one of await findClaimsOf(tx, hash)) claims.set(one.id, one);
  return [...claims.values()];
}

/** What is put in place of the serial that a claim named: it leads to nothing. */
const emptySerial = { end: "", hashes: [], licence: { exact: "", loose: "" } };

/**
 * Erases a person: no later purchase finds what is erased, and no partner is credited on it any more. What was decided
 * and booked stays.
 *
 * @param session the customer's session in which it asks for it: it stays until it ends
 * @throws {Refusal} `request_invalid`
 */
export async function erasePerson(
  deps: Deps,
  person: Person,
  { dryRun = false, session }: { dryRun?: boolean; session?: string } = {},
): Promise<PersonErasure> {
  refuseUnclear(person);
  await meet(deps, person);
  const { email, licence } = person;
  if (email !== undefined) {
    const { registrations, orders } = await eraseEmail(deps, { email, orders: true, dryRun });
    const hash = deps.hashes.email(email);
    const erased = await deps.store.write((tx) => eraseAddressRows(tx, deps, { hash, session, dryRun }));
    return {
      dryRun,
      registrations,
      rows: erased.rows,
      orders,
      stays: [whatStays, ...erased.stays].join(" "),
    };
  }
  if (dryRun) {
    const { rows, orders } = await exportPerson(deps, person);
    return { dryRun, registrations: 0, rows: rows.length, orders: orders.length, stays: whatStays };
  }
  const { rows, orders } = await deps.store.write(async (tx) => {
    const erased = { rows: 0, orders: 0 };
    const hashes = await hashesOfLicence(tx, deps.hashes, licence ?? "");
    for (const { id, claim } of await claimsOf(tx, deps, { hashes, licence: licence ?? "" })) {
      await emptyClaim(tx, { id, claim: JSON.stringify({ ...JSON.parse(claim), serial: emptySerial }) });
      erased.rows += 1;
    }
    for (const hash of hashes) {
      // First the orders: a registration that one rests upon may not be deleted.
      erased.orders += await forgetLicence(tx, hash);
      erased.rows += (await deleteLicenceRows(tx, hash)) + (await forgetVoucher(tx, hash));
      await forgetSpellings(tx, hash);
    }
    return erased;
  });
  return { dryRun, registrations: 0, rows, orders, stays: whatStays };
}

/** Brings over what is kept of the person since before the pepper changed. */
async function meet(deps: Deps, { email, licence }: Person): Promise<void> {
  if (email !== undefined) await adoptNow(deps, formerOfEmail(deps.hashes, email));
  if (licence !== undefined) await adoptNow(deps, formerOfLicence(deps.hashes, licence));
}

function refuseUnclear({ email, licence }: Person): void {
  if ((email === undefined) === (licence === undefined))
    throw new Refusal("request_invalid", "Name the person by one address or by one licence.");
  if (email !== undefined && !isEmailAddress(email))
    throw new Refusal("request_invalid", "That is not an e-mail address.");
  if (licence !== undefined && licence.trim() === "")
    throw new Refusal("request_invalid", "That is a blank licence.");
}

async function ordersOfBuyer({ store }: Deps, email_hash: EmailHash): Promise<OrderSummary[]> {
  const found: OrderSummary[] = [];
  let after: OrderKey = as.order("");
  for (;;) {
    const about = { after, email_hash, limit: pageSize };
    const page = await store.read((tx) => listOrdersOfBuyer(tx, about));
    found.push(...page.map(summaryOf));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return found;
    after = last.order_key;
  }
}
