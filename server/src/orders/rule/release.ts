import { transferOf, writeBookings } from "../../books/book.ts";
import { findTransfersOfOrder } from "../../books/rows/transfers.ts";
import type { Deps } from "../../deps/deps.ts";
import { releaseHeld } from "../../ledger/settle.ts";
import type { Transfer } from "../../ledger/transfer.ts";
import type { Tx } from "../../store/store.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { as, type OrderKey } from "../../words/ids.ts";
import { type DecidedOrder, decideOrder, decideWith } from "../decide/decide-order.ts";
import { findEvidence } from "../decide/order-evidence.ts";
import { reportOrder } from "../decide/report-order.ts";
import { buyerAndPayees } from "../decide/trust-facts.ts";
import { lockOrder } from "../record/order-names.ts";
import { type DueCursor, findDecision, findDueOrders, replaceOrder } from "../rows/orders.ts";
import type { DecisionRow, OrderRow } from "../rows/schema.ts";

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
        ? deps.store.read(async (tx) => ({ transfers: await heldOf(tx, order_key) }))
        : deps.store.write((tx) => releaseOrder(tx, deps, order_key, now)));
      if ("doubted" in released) {
        reportOrder(deps.log, released.doubted);
        continue;
      }
      orders += 1;
      for (const { partner, currency, amountMinor } of released.transfers) {
        const sum = sums.get(`${partner} ${currency}`)?.amountMinor ?? 0;
        sums.set(`${partner} ${currency}`, { partner, currency, amountMinor: sum + amountMinor });
      }
    }
    after = { release_at: last.release_at ?? after.release_at, order_key: last.order_key };
  }
}

type Released = { transfers: Transfer[] } | { doubted: DecidedOrder };

async function releaseOrder(tx: Tx, deps: Deps, key: OrderKey, now: Instant): Promise<Released> {
  const order = await lockOrder(tx, key);
  // Another process may have released it, or a refund may have ended the hold, since it was listed.
  if (order === undefined || order.release_at === null || order.release_at > now) return { transfers: [] };
  if (await isDoubtful(tx, deps, order)) {
    const decided = { order, cause: "before_release", fresh: false } as const;
    return { doubted: await decideOrder(tx, deps, decided, now) };
  }
  const transfers = await heldOf(tx, key);
  const bookings = transfers.map((transfer) => ({ ...transfer, cause: "hold_ended" }));
  await writeBookings(tx, bookings, order, now);
  await replaceOrder(tx, { ...order, release_at: null, released_at: now });
  return { transfers };
}

/**
 * Whether a credit that rests on a copy's claim, or on a registered address, has become suspicious since it was
 * decided: the first of many claims in a day, or of many addresses on a list, look like any other. Also whether the
 * buyer is paid for the purchase, by a tier above or as a person of the partner, which no purchase is kept waiting
 * for. Nothing else is decided anew, so no later change of the policy counts.
 */
async function isDoubtful(tx: Tx, deps: Deps, order: OrderRow): Promise<boolean> {
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (decision === undefined || !(canBecomeDoubtful(decision) || (await isPaidBuyer(tx, deps, order))))
    return false;
  const found = await findEvidence(tx, deps, { order, serial: undefined });
  const again = await decideWith(tx, deps, { order, found, hindsight: true });
  return again.outcome === "held" && again.suspicions !== undefined;
}

/** A ruling for a partner stands, whoever bought. */
const isPaidBuyer = async (tx: Tx, { ways, config }: Deps, order: OrderRow): Promise<boolean> =>
  order.partner_id !== null && ways.findPayee(tx, buyerAndPayees(order, order.partner_id, config));

const canBecomeDoubtful = ({ evidence_kind, evidence_route }: DecisionRow): boolean =>
  (evidence_kind === "token" && evidence_route === "licence_binding") || evidence_kind === "email";

const heldOf = async (tx: Tx, key: OrderKey) =>
  releaseHeld((await findTransfersOfOrder(tx, key)).map(transferOf));
