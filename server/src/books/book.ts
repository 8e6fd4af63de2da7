import type { EvidenceKind } from "../attribution/evidence.ts";
import type { OrderLine } from "../events/order-line.ts";
import { findLossEvents, type LossRow, lossFactOf } from "../events/rows/events.ts";
import { type Loss, type LossySale, lossOf, lostGrossOf, noLoss } from "../ledger/loss.ts";
import { balanceOf, releaseHeld, settleOrder } from "../ledger/settle.ts";
import type { Credit, Transfer } from "../ledger/transfer.ts";
import { type Hearer, type ToldOrder, tellDestinations } from "../outbox/tell-destinations.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import type { TransferRow } from "./rows/schema.ts";
import { addToBalance, findTransfersOfOrder, insertTransfer } from "./rows/transfers.ts";

/** A transfer that was booked, with what led to it. */
export type Booking = Transfer & { cause: string };

/** What the books need of an order. Amounts in minor units. */
export interface BookedOrder extends ToldOrder {
  decision_seq: number;
  tax_minor: number;
  currency: Currency;
  /** JSON of its lines. */
  lines: string | null;
  released_at: Instant | null;
}

/** What brings an order's ledger up to date. */
export interface Books {
  order: BookedOrder;
  /** The credits of the decision in force. */
  credits: readonly Credit[];
  /** What led to it, unless a refund or dispute explains it better. */
  cause: string;
  /** The kind of evidence that won in that decision. */
  evidence: EvidenceKind | null;
  /** True for an order nobody has heard of before: nothing can be booked or lost yet. */
  fresh: boolean;
  /** Its refunds and disputes, where the caller has them already. */
  losses?: readonly LossRow[];
  /** False where the caller knows that nobody has a destination that hears of bookings. */
  heard?: boolean;
}

/** Books what an order's ledger still lacks, and answers it. */
export async function settleBooks(tx: Tx, books: Books, now: Instant): Promise<Booking[]> {
  const { order, credits, cause, evidence, fresh } = books;
  const booked: Transfer[] = fresh ? [] : (await findTransfersOfOrder(tx, order.order_key)).map(transferOf);
  const losses = books.losses ?? (fresh ? [] : await findLossEvents(tx, order.order_key));
  const loss = orderLoss(order, losses);
  const released = order.released_at !== null;
  const bookings: Booking[] = [];
  const add = (transfers: readonly Transfer[], why: string) => {
    for (const transfer of transfers) bookings.push({ ...transfer, cause: why });
    booked.push(...transfers);
  };
  // A sale whose refund came first is booked in full and reversed, as if they had come in order.
  if (booked.length === 0)
    add(settleOrder({ credits, booked, loss: noLoss({ netMinor: order.net_minor }), released }), cause);
  const lossCause = losses.at(-1)?.effect ?? cause;
  if (loss.lostNetMinor > 0 || loss.whole || booked.length > bookings.length)
    add(settleOrder({ credits, booked, loss, released }), cause === "sale" ? lossCause : cause);
  // What is decided anew after its hold has ended and before the job has come to it is released by that decision: the job
  // looks for it no more.
  if (released) add(releaseHeld(booked), "hold_ended");
  const hearers = await writeBookings(tx, bookings, order, now, { heard: books.heard ?? true });
  if (hearers.length > 0)
    await tellDestinations(tx, { order, loss, evidence, hearers, booked, bookings }, now);
  return bookings;
}

/** What of an order has gone back, from the events that tell of it. */
export function orderLoss(
  order: Pick<BookedOrder, "net_minor" | "tax_minor" | "currency" | "lines">,
  losses: readonly LossRow[],
): Loss {
  if (losses.length === 0) return noLoss({ netMinor: order.net_minor });
  return lossOf(losses.map(lossFactOf), saleOf(order));
}

/** The same with its tax, in minor units. */
export const orderLostGross = (
  order: Pick<BookedOrder, "net_minor" | "tax_minor" | "currency" | "lines">,
  losses: readonly LossRow[],
): number => lostGrossOf(losses.map(lossFactOf), saleOf(order));

const saleOf = ({
  net_minor: netMinor,
  tax_minor: taxMinor,
  currency,
  lines,
}: Pick<BookedOrder, "net_minor" | "tax_minor" | "currency" | "lines">): LossySale => ({
  netMinor,
  taxMinor,
  currency,
  lines: lines === null ? [] : (JSON.parse(lines) as OrderLine[]),
});

/**
 * Writes transfers to the journal and adds them to the sums. Both or neither: the caller's transaction sees to it.
 *
 * @returns the partners whose destinations are to hear of a change of their credit
 */
export async function writeBookings(
  tx: Tx,
  bookings: readonly Booking[],
  order: BookedOrder,
  now: Instant,
  { heard = true }: { heard?: boolean } = {},
): Promise<Hearer[]> {
  const hearers: Hearer[] = [];
  for (const booking of bookings)
    await insertTransfer(tx, {
      order_key: order.order_key,
      decision_seq: order.decision_seq,
      ...journalRowOf(booking, now),
    });
  // Always in the same order, so that two transactions never wait for each other's sums crosswise.
  for (const { partner, currency } of ownersOf(bookings)) {
    const mine = bookings.filter((one) => one.partner === partner && one.currency === currency);
    const change = {
      partner_id: partner,
      currency,
      shard: shardOf(tx, order),
      held_minor: balanceOf(mine, "held"),
      payable_minor: balanceOf(mine, "payable"),
      paid_minor: balanceOf(mine, "paid"),
    };
    const destinations = await addToBalance(tx, change, { heard });
    if (destinations.length > 0) hearers.push({ partner, currency, destinations });
  }
  return hearers;
}

function ownersOf(bookings: readonly Booking[]): { partner: PartnerId; currency: Currency }[] {
  const [first] = bookings;
  if (first === undefined) return [];
  if (bookings.length === 1) return [first];
  const byName = new Map(bookings.map((one) => [`${one.partner} ${one.currency}`, one]));
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** So that sales of one partner do not wait for one another's row. With one writer it would only be more pages. */
const shards = 16;
const shardOf = (tx: Tx, order: BookedOrder) =>
  tx.engine === "sqlite" ? 0 : order.order_key.charCodeAt(order.order_key.length - 1) % shards;

/** A booking as the journal has it, but for who made it. */
export const journalRowOf = (booking: Booking, now: Instant) => ({
  partner_id: booking.partner,
  kind: booking.kind,
  debit: booking.debit,
  credit: booking.credit,
  amount_minor: booking.amountMinor,
  currency: booking.currency,
  cause: booking.cause,
  booked_at: now,
});

/** A row of the journal as the pure core reads it. */
export const transferOf = (
  row: Pick<TransferRow, "partner_id" | "kind" | "debit" | "credit" | "amount_minor" | "currency">,
): Transfer => ({
  partner: row.partner_id,
  kind: row.kind,
  debit: row.debit,
  credit: row.credit,
  amountMinor: row.amount_minor,
  currency: row.currency,
});
