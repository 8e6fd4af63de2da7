import type { Config } from "../config/config.ts";
import { findLink } from "../events/rows/events.ts";
import { findKeptAs, type TextHashes } from "../orders/rows/licence-spellings.ts";
import { findLicencesOfSerial, listOrderRows } from "../orders/rows/order-lists.ts";
import { findOrder, findOrdersOfLicence } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { readSerial } from "../secrets/read-serial.ts";
import type { Tx } from "../store/store.ts";
import { isCalendarDay } from "../words/calendar-day.ts";
import { addDays, instant, isoTime } from "../words/clock.ts";
import type { LicenceHash, SerialHash } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { Refusal } from "../words/refusal.ts";

/** What a partner names of an order that it contests: its number, a serial or licence, or the day and the product. */
export interface Claim {
  number?: string | undefined;
  serial?: string | undefined;
  /** YYYY-MM-DD in UTC. */
  date?: string | undefined;
  product?: string | undefined;
}

/** A claim as it is kept: of a serial its hashes, and its end so that it is known again. */
export interface KeptClaim {
  number: string | null;
  serial: { end: string; hashes: SerialHash[]; licence: TextHashes } | null;
  date: string | null;
  product: string | null;
}

/** A claim as it is shown: in it is nothing but what the partner said. */
export interface ShownClaim {
  number: string | null;
  /** The last four characters. */
  serial: string | null;
  date: string | null;
  product: string | null;
}

/** Reads a claim. @throws {Refusal} `request_invalid` when it names no order */
export function keepClaim({ number, serial, date, product }: Claim, hashes: Hashes): KeptClaim {
  const isNamed =
    number !== undefined || serial !== undefined || (date !== undefined && product !== undefined);
  if (!isNamed)
    throw new Refusal(
      "request_invalid",
      "Name the order: its number, a serial, or the day and the product.",
      { field: "number" },
    );
  if (date !== undefined && !isCalendarDay(date))
    throw new Refusal("request_invalid", "The day of a purchase is written 2026-11-21.", { field: "date" });
  return {
    number: number?.trim() ?? null,
    serial: serial === undefined ? null : keepSerial(serial.trim(), hashes),
    date: date ?? null,
    product: product ?? null,
  };
}

function keepSerial(serial: string, hashes: Hashes): NonNullable<KeptClaim["serial"]> {
  const read = readSerial(hashes, serial);
  const found = [read?.hash, read?.openHash].filter((hash) => hash !== undefined && hash !== null);
  const licence = { exact: hashes.licence(serial), loose: hashes.looseLicence(serial) };
  return { end: serial.slice(-4), hashes: [...new Set(found)], licence };
}

/** What of a claim is shown. */
export const shownClaim = ({ number, serial, date, product }: KeptClaim): ShownClaim => ({
  number,
  serial: serial === null ? null : `…${serial.end}`,
  date,
  product,
});

/** A claim in a few words, for mail: what the partner said, and nothing else. */
export const claimText = (claim: KeptClaim): string => {
  const { number, serial, date, product } = shownClaim(claim);
  return number ?? serial ?? `${product} ${date}`;
};

/** The order that a claim's number or serial leads to, where it is one and no more: what is certain without a person. */
export async function matchClaim(
  tx: Tx,
  config: Pick<Config, "shops">,
  claim: KeptClaim,
): Promise<OrderRow | undefined> {
  const found = unjoined([...(await ofNumber(tx, config, claim)), ...(await ofSerial(tx, claim))]);
  return found.length === 1 ? found[0] : undefined;
}

/** The orders that a claim may mean, for the vendor's eyes alone: 50 at the most. */
export async function candidatesOf(
  tx: Tx,
  config: Pick<Config, "shops">,
  claim: KeptClaim,
): Promise<OrderRow[]> {
  const named = [...(await ofNumber(tx, config, claim)), ...(await ofSerial(tx, claim))];
  const ofDay =
    claim.date !== null && claim.product !== null ? await ofDate(tx, claim.date, claim.product) : [];
  return unjoined([...named, ...ofDay]).slice(0, 50);
}

function unjoined(orders: readonly OrderRow[]): OrderRow[] {
  const byKey = new Map(orders.map((order) => [order.order_key, order] as const));
  return [...byKey.values()].filter(({ joined_to }) => joined_to === null);
}

/** Asked shop by shop, so that it costs the same whether the number is known or not. */
async function ofNumber(
  tx: Tx,
  { shops }: Pick<Config, "shops">,
  { number }: KeptClaim,
): Promise<OrderRow[]> {
  if (number === null) return [];
  const orders: OrderRow[] = [];
  for (const shop of shops.keys()) {
    const key = await findLink(tx, shop, number);
    const order = key === undefined ? undefined : await findOrder(tx, key);
    if (order !== undefined) orders.push(order);
  }
  return orders;
}

async function ofSerial(tx: Tx, { serial }: KeptClaim): Promise<OrderRow[]> {
  if (serial === null) return [];
  const { exact, loose } = serial.licence;
  const { known } = await findKeptAs(tx, serial.licence);
  const licences = new Set<LicenceHash>([exact, loose, ...(known === null ? [] : [known])]);
  for (const hash of serial.hashes)
    for (const licence of await findLicencesOfSerial(tx, hash)) licences.add(licence);
  const orders: OrderRow[] = [];
  for (const licence of licences) orders.push(...(await findOrdersOfLicence(tx, licence)));
  return orders;
}

/** Shops tell of a sale late: what came within three days of that day may be of it. */
async function ofDate(tx: Tx, date: string, product: string): Promise<OrderRow[]> {
  const day = instant(Date.parse(date));
  const range = { first: firstOrderKey(day), before: firstOrderKey(addDays(day, 4)), limit: 200 };
  const rows = await listOrderRows(tx, range, { product });
  return rows.filter(({ occurred_at }) => isoTime(occurred_at).startsWith(date));
}
