import { transferOf, writeBookings } from "../books/book.ts";
import { findTransfersOfOrder } from "../books/rows/transfers.ts";
import type { Deps } from "../deps/deps.ts";
import { releaseHeld } from "../ledger/settle.ts";
import type { Transfer } from "../ledger/transfer.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type OrderKey } from "../words/ids.ts";
import { lockOrder } from "./order-names.ts";
import { type DueCursor, findDueOrders, replaceOrder } from "./rows/orders.ts";

/** What a release did, or with `dryRun` would do. */
export interface ReleaseReport {
  /** Orders whose holding period has ended. */
  orders: number;
  released: { partner: string; currency: string; amountMinor: number }[];
}

const pageSize = 200;

/**
 * Moves every credit whose holding period has ended from held to payable. Safe to run at any time, on many
 * processes at once: an order is released once.
 */
export async function releaseDue(deps: Deps, options: { dryRun?: boolean } = {}): Promise<ReleaseReport> {
  const now = deps.clock();
  const sums = new Map<string, ReleaseReport["released"][number]>();
  let orders = 0;
  let after: DueCursor = { release_at: instant(0), order_key: as.order("") };
  for (;;) {
    const due = await deps.store.read((tx) => findDueOrders(tx, { after, now, limit: pageSize }));
    const last = due.at(-1);
    if (last === undefined) return { orders, released: [...sums.values()] };
    for (const { order_key } of due) {
      const released = await (options.dryRun
        ? deps.store.read((tx) => heldOf(tx, order_key))
        : deps.store.write((tx) => releaseOrder(tx, order_key, now)));
      orders += 1;
      for (const { partner, currency, amountMinor } of released) {
        const sum = sums.get(`${partner} ${currency}`)?.amountMinor ?? 0;
        sums.set(`${partner} ${currency}`, { partner, currency, amountMinor: sum + amountMinor });
      }
    }
    after = { release_at: last.release_at ?? after.release_at, order_key: last.order_key };
  }
}

async function releaseOrder(tx: Tx, key: OrderKey, now: Instant): Promise<Transfer[]> {
  const order = await lockOrder(tx, key);
  // Another process may have released it, or a refund may have ended the hold, since it was listed.
  if (order === undefined || order.release_at === null || order.release_at > now) return [];
  const transfers = await heldOf(tx, key);
  const bookings = transfers.map((transfer) => ({ ...transfer, cause: "hold_ended" }));
  await writeBookings(tx, bookings, order, now);
  await replaceOrder(tx, { ...order, release_at: null, released_at: now });
  return transfers;
}

const heldOf = async (tx: Tx, key: OrderKey) =>
  releaseHeld((await findTransfersOfOrder(tx, key)).map(transferOf));
