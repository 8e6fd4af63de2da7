import { setTimeout } from "node:timers/promises";
import { orderLoss, transferOf } from "../books/book.ts";
import { type OrderSpan, walkLossEvents, walkTransfers } from "../books/rows/ledger-lists.ts";
import type { Deps } from "../deps/deps.ts";
import { frozenCredits } from "../orders/decide/decide-order.ts";
import { findOrder } from "../orders/rows/orders.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type OrderKey } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { changesOfMonths } from "./month-sums.ts";
import { campaignOf, earningsOf } from "./order-earnings.ts";
import {
  addToMonths,
  findBatches,
  findChangedOrders,
  findNewestDecisions,
  putProgress,
  readProgress,
  replaceEarnings,
  walkOrders,
} from "./rows/earnings.ts";
import type { EarningsProgressRow, EarningsRow } from "./rows/schema.ts";

type World = Pick<Deps, "store" | "clock">;

const pageSize = 500;
/** Beside sales that come in, the writer is held for some milliseconds at a time, and left to them between two. */
const quietPageSize = 50;
const quietPauseMilliseconds = 20;
/** What was written by a transaction that ended late may stand before what was read: so much is read again. */
const overlapMilliseconds = 2 * 60_000;

/**
 * Makes the rows that reports add up for what has happened since the last time: new orders by their keys, which begin
 * with the time, and changed ones by what was decided again or went back. Safe to run at any time and on many processes:
 * an order's rows are replaced whole.
 */
export async function refreshEarnings(
  world: World,
  { onProgress }: { onProgress?: (orders: number) => void } = {},
): Promise<void> {
  await refresh(world, { pageSize, onProgress });
}

/**
 * The same as a receiver does it every minute, so that the next report finds little left to do. It takes a few orders
 * at a time, with a pause after each. It leaves out the last minutes, which would all be read again the next time.
 *
 * @param isStopping ends it at the next pause; what is left is done the next time
 */
export async function refreshEarningsQuietly(world: World, isStopping: () => boolean): Promise<void> {
  await refresh(world, { pageSize: quietPageSize, isQuiet: true, isStopping });
}

interface Pace {
  pageSize: number;
  isQuiet?: boolean;
  isStopping?: () => boolean;
  onProgress?: ((orders: number) => void) | undefined;
}

async function refresh(world: World, pace: Pace): Promise<void> {
  const now = world.clock();
  const overlap = instant(now - overlapMilliseconds);
  const known = await world.store.read(readProgress);
  // Before the first time, all orders are new ones.
  const progress: EarningsProgressRow = known ?? {
    slot: "all",
    order_key: as.order(""),
    changed_at: overlap,
  };
  // What lies ahead of now was read when the clock was ahead. It has been set right, and what comes now stands before it.
  if (progress.changed_at > now) progress.changed_at = overlap;
  if (progress.order_key > firstOrderKey(now)) progress.order_key = firstOrderKey(overlap);
  await readNewOrders(world, progress, overlap, pace);
  if (pace.isStopping?.()) return;
  const since = progress.changed_at;
  for (const key of await world.store.read((tx) => findChangedOrders(tx, since))) {
    if (pace.isStopping?.()) return;
    await remake(world, key);
    if (pace.isQuiet) await setTimeout(quietPauseMilliseconds);
  }
  await world.store.write((tx) => putProgress(tx, { ...progress, changed_at: overlap }));
}

async function readNewOrders(
  world: World,
  progress: EarningsProgressRow,
  until: Instant,
  { pageSize: limit, isQuiet = false, isStopping, onProgress }: Pace,
): Promise<void> {
  const overlap = firstOrderKey(until);
  let done = 0;
  for (let after = progress.order_key; ; ) {
    const from = after;
    const found = await world.store.read((tx) => walkOrders(tx, { after: from, limit }));
    const orders = isQuiet ? found.filter(({ order_key }) => order_key < overlap) : found;
    const last = orders.at(-1)?.order_key;
    if (last === undefined) return;
    progress.order_key = last < overlap ? last : overlap;
    await makeRows(world, { orders, span: { first: orders[0]?.order_key ?? last, last } }, progress);
    done += orders.length;
    onProgress?.(done);
    after = last;
    if (isQuiet) await setTimeout(quietPauseMilliseconds);
    if (isStopping?.()) return;
  }
}

/** Makes one order's rows anew. */
async function remake(world: World, key: OrderKey): Promise<void> {
  const order = await world.store.read((tx) => findOrder(tx, key));
  if (order !== undefined)
    await makeRows(world, { orders: [order], span: { first: key, last: key } }, undefined);
}

interface Page {
  orders: readonly OrderRow[];
  span: OrderSpan;
}

/** Reads outside of the transaction that writes: what changes meanwhile is found the next time. */
async function makeRows(world: World, page: Page, progress: EarningsProgressRow | undefined): Promise<void> {
  const rows = await world.store.read((tx) => rowsOf(tx, page));
  const keys = page.orders.map(({ order_key }) => order_key);
  await world.store.write(async (tx) => {
    await lockName(tx, "earnings");
    const changes = changesOfMonths(await replaceEarnings(tx, keys, rows), rows);
    if (changes.length > 0) await addToMonths(tx, changes);
    if (progress !== undefined) await putProgress(tx, progress);
  });
}

async function rowsOf(tx: Tx, { orders, span }: Page): Promise<EarningsRow[]> {
  const decisions = new Map((await findNewestDecisions(tx, span)).map((one) => [one.order_key, one]));
  const transfers = Map.groupBy(await walkTransfers(tx, span), ({ order_key }) => order_key);
  const losses = Map.groupBy(await walkLossEvents(tx, span), ({ order_key }) => order_key as OrderKey);
  const campaigns = new Map(
    [...decisions].map(([key, { evidence }]) => [key, campaignOf(evidence)] as const),
  );
  const tokens = [...new Set([...campaigns.values()].flatMap(({ token }) => token ?? []))];
  const batches = new Map(
    tokens.length === 0 ? [] : (await findBatches(tx, tokens)).map(({ jti, batch }) => [jti, batch ?? ""]),
  );
  return orders.flatMap((order) => {
    const decision = decisions.get(order.order_key);
    const { coupon, token } = campaigns.get(order.order_key) ?? {};
    return earningsOf({
      order,
      evidenceKind: decision?.evidence_kind ?? null,
      credits: decision === undefined ? [] : frozenCredits(decision),
      transfers: (transfers.get(order.order_key) ?? []).map(transferOf),
      loss: orderLoss(order, losses.get(order.order_key) ?? []),
      campaign: coupon ?? (token === undefined ? "" : (batches.get(token) ?? "")),
    });
  });
}
