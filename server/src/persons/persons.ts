import type { Deps } from "../deps/deps.ts";
import { hashesOfLicence } from "../orders/kept-licence.ts";
import { type OrderSummary, summaryOf } from "../orders/orders.ts";
import { forgetSpellings } from "../orders/rows/licence-spellings.ts";
import { findOrdersOfLicence } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { eraseEmail } from "../registered-emails/erase-email.ts";
import { findEmailClaims } from "../registered-emails/rows/registered-emails.ts";
import { instant, isoTime } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type EmailHash, type OrderKey } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import {
  deleteLicenceRows,
  type FoundRow,
  findLicenceRows,
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
  /** Where the licence stands beside its orders. */
  rows: { what: string; product: string | null; at: string }[];
  orders: OrderSummary[];
}

/** What was erased, or with `dryRun` would be, and what stays. */
export interface PersonErasure {
  dryRun: boolean;
  registrations: number;
  rows: number;
  /** Orders whose hash of the person was taken off. */
  orders: number;
  stays: string;
}

/** What no erasure takes, with the reason. */
export const whatStays =
  "Orders, decisions, events and bookings stay without the person: they are the accounts, which the law has the vendor keep. Which licence was activated with which serial stays too, or the serial could be used again. A backup has what it had.";

const pageSize = 500;

/**
 * Everything that is kept of a person.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function exportPerson(deps: Deps, person: Person): Promise<PersonExport> {
  refuseUnclear(person);
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
      rows: [],
      orders: await ordersOfBuyer(deps, hash),
    };
  }
  const { rows, orders } = await deps.store.read(async (tx) => {
    const rows: FoundRow[] = [];
    const orders: OrderRow[] = [];
    for (const hash of await hashesOfLicence(tx, deps.hashes, licence ?? "")) {
      rows.push(...(await findLicenceRows(tx, hash)));
      orders.push(...(await findOrdersOfLicence(tx, hash)));
    }
    return { rows, orders };
  });
  return {
    registrations: [],
    rows: rows.map((row) => ({
      what: row.table,
      product: row.product,
      at: isoTime(instant(Number(row.at))),
    })),
    orders: orders.map(summaryOf),
  };
}

/**
 * Erases a person: no later purchase finds what is erased, and no partner is credited on it any more. What was decided
 * and booked stays.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function erasePerson(
  deps: Deps,
  person: Person,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<PersonErasure> {
  refuseUnclear(person);
  const { email, licence } = person;
  if (email !== undefined) {
    const { registrations, orders } = await eraseEmail(deps, { email, orders: true, dryRun });
    return { dryRun, registrations, rows: 0, orders, stays: whatStays };
  }
  if (dryRun) {
    const { rows, orders } = await exportPerson(deps, person);
    return { dryRun, registrations: 0, rows: rows.length, orders: orders.length, stays: whatStays };
  }
  const { rows, orders } = await deps.store.write(async (tx) => {
    const erased = { rows: 0, orders: 0 };
    for (const hash of await hashesOfLicence(tx, deps.hashes, licence ?? "")) {
      // First the orders: a registration that one rests upon may not be deleted.
      erased.orders += await forgetLicence(tx, hash);
      erased.rows += (await deleteLicenceRows(tx, hash)) + (await forgetVoucher(tx, hash));
      await forgetSpellings(tx, hash);
    }
    return erased;
  });
  return { dryRun, registrations: 0, rows, orders, stays: whatStays };
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
