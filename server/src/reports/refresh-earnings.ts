import { orderLoss, transferOf } from "../books/book.ts";
import { type OrderSpan, walkLossEvents, walkTransfers } from "../books/rows/ledger-lists.ts";
import type { Deps } from "../deps/deps.ts";
import { frozenCredits } from "../orders/decide-order.ts";
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
  const now = world.clock();
  const overlap = instant(now - overlapMilliseconds);
  const known = await world.store.read(readProgress);
  // Before the first time, all orders are new ones.
  const progress: EarningsProgressRow = known ?? {
    slot: "all",
    order_key: as.order(""),
    changed_at: overlap,
  };
  await readNewOrders(world, progress, overlap, onProgress);
  const since = progress.changed_at;
  for (const key of await world.store.read((tx) => findChangedOrders(tx, since))) await remake(world, key);
  await world.store.write((tx) => putProgress(tx, { ...progress, changed_at: overlap }));
}

async function readNewOrders(
  world: World,
  progress: EarningsProgressRow,
  until: Instant,
  onProgress: ((orders: number) => void) | undefined,
): Promise<void> {
  const overlap = firstOrderKey(until);
  let done = 0;
  for (let after = progress.order_key; ; ) {
    const from = after;
    const orders = await world.store.read((tx) => walkOrders(tx, { after: from, limit: pageSize }));
    const last = orders.at(-1)?.order_key;
    if (last === undefined) return;
    progress.order_key = last < overlap ? last : overlap;
    await makeRows(world, { orders, span: { first: orders[0]?.order_key ?? last, last } }, progress);
    done += orders.length;
    onProgress?.(done);
    after = last;
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
