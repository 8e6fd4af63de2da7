import { type Viewer, viewFor } from "../../agreements/view-for.ts";
import type { Considered } from "../../attribution/decide.ts";
import { orderLoss, transferOf } from "../../books/book.ts";
import { findOrdersOfPartner, findTransfersOfOrder } from "../../books/rows/transfers.ts";
import { readAgreement } from "../../channel/change-agreement.ts";
import type { RuleOutcome } from "../../commission/evaluate.ts";
import type { Deps } from "../../deps/deps.ts";
import { findLink, findLossEvents, type LossRow } from "../../events/rows/events.ts";
import { balanceOf } from "../../ledger/settle.ts";
import type { Transfer } from "../../ledger/transfer.ts";
import type { Tx } from "../../store/store.ts";
import { type Instant, instant, isoTime } from "../../words/clock.ts";
import type { Cycle } from "../../words/cycle.ts";
import { as, type OrderKey, type PartnerId } from "../../words/ids.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { refuseCursor } from "../../words/page-cursor.ts";
import { frozenPlan } from "../decide/pay-by-plan.ts";
import { findDecision, findOrder } from "../rows/orders.ts";
import { type BookedTransfer, readOwnOrders } from "../rows/partner-orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import { refuseUnknownOrder } from "./explain-order.ts";

/** An order as a partner sees it. Amounts are minor units, times ISO 8601 in UTC. */
export interface PartnerOrder {
  /** The receiver's own key of the order, the same in the partner's webhook. */
  order: string;
  product: string | null;
  currency: string;
  /** What it is credited for the order now. */
  creditMinor: number;
  heldMinor: number;
  payableMinor: number;
  occurredAt: string;
  /** By its agreement: what was bought where. */
  transaction?: {
    shop: string;
    shopOrder: string;
    cycle: Cycle;
    netMinor: number;
    remainingNetMinor: number;
  };
}

/** Who bought an order. */
export interface OrderContact {
  email: string;
  /** Null where nobody told it. */
  name: string | null;
}

/** Finds who bought an order, where the partner may see it: what is kept of customers is kept above orders. */
export type FindContact = (tx: Tx, viewer: Viewer, order: OrderRow) => Promise<OrderContact | undefined>;

/** A page of a partner's orders; `next` is the `after` of the page behind it. */
export interface PartnerOrderPage {
  orders: PartnerOrder[];
  next: string | null;
}

/** An order with why it is the partner's. */
export interface PartnerOrderRecord extends PartnerOrder {
  /** Who bought it, under an agreement that shares everything, where somebody told it. */
  contact?: OrderContact;
  /** What won for it: null where its share comes from standing above the seller. */
  reason: string | null;
  /** The evidence that names it. */
  evidence: { kind: string; verdict: string; reason: string; seenAt: string }[];
  /** The plan that paid it, with what became of the rules for its own share. */
  plan: { id: string; version: number; rules: Omit<RuleOutcome, "partner">[] };
}

/** Which of its orders a partner asks for. */
export interface PartnerOrderFilter {
  limit?: number | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
  /** First heard of from then on. */
  since?: Instant | undefined;
  /** First heard of at this instant or earlier. */
  until?: Instant | undefined;
  product?: string | undefined;
  currency?: string | undefined;
}

const afterAll = "~";
/** So many orders are looked at for one page of those that fit: a rare product costs more pages, not a long request. */
const mostLookedAt = 1_000;

/**
 * The orders of which a partner has or had a share, the newest first. What it sees depends on its agreement in force now
 * and on its own share, and on nothing of any other partner.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listPartnerOrders(
  deps: Pick<Deps, "store" | "clock">,
  partner: PartnerId,
  { limit = 100, after = afterAll, since, until, product, currency }: PartnerOrderFilter = {},
): Promise<PartnerOrderPage> {
  if (!/^[a-z0-9~]{1,64}$/.test(after)) refuseCursor();
  const end = until === undefined ? as.order(afterAll) : firstOrderKey(instant(until + 1));
  const before = after < end ? after : end;
  const first = firstOrderKey(since ?? instant(0));
  return deps.store.read(async (tx) => {
    const viewer = await viewerNow(tx, deps, partner);
    const isAsked = (order: OrderRow) =>
      (product === undefined || order.product === product) &&
      (currency === undefined || order.currency === currency);
    const isWhole = product === undefined && currency === undefined;
    const looked = isWhole ? limit : Math.max(limit, mostLookedAt);
    const page = { partner_id: partner, first, before: as.order(before), limit: looked + 1 };
    const keys = await findOrdersOfPartner(tx, page);
    const shown = keys.slice(0, looked);
    const [newest, oldest] = [shown[0], shown.at(-1)];
    if (newest === undefined || oldest === undefined) return { orders: [], next: null };
    const own = await readOwnOrders(tx, { partner_id: partner, oldest, newest });
    const orders: PartnerOrder[] = [];
    let last: OrderKey | undefined;
    for (const key of shown) {
      if (orders.length === limit) break;
      last = key;
      const order = own.orders.get(key);
      const about = { transfers: own.transfers.get(key) ?? [], losses: own.losses.get(key) ?? [] };
      const view = order === undefined || !isAsked(order) ? undefined : seeOrder(viewer, order, about);
      if (view !== undefined) orders.push(view);
    }
    return { orders, next: last === undefined || last === keys.at(-1) ? null : last };
  });
}

/**
 * An order by any id its shop gave it, with why it is the partner's.
 *
 * @throws {Refusal} `order_unknown`, in the same words for one that is not there and for one that is others' alone
 */
export async function explainPartnerOrder(
  deps: Pick<Deps, "store" | "clock">,
  partner: PartnerId,
  { shop, order: id }: { shop: string; order: string },
  findContact?: FindContact,
): Promise<PartnerOrderRecord> {
  const record = await deps.store.read(async (tx) => {
    const key = await findLink(tx, as.shop(shop), id);
    const order = key === undefined ? undefined : await findOrder(tx, key);
    if (order === undefined) return undefined;
    const about = {
      transfers: await findTransfersOfOrder(tx, order.order_key),
      losses: await findLossEvents(tx, order.order_key),
    };
    const viewer = await viewerNow(tx, deps, partner);
    const contact = await findContact?.(tx, viewer, order);
    const view = seeOrder(viewer, order, { ...about, contact });
    return view === undefined ? undefined : { ...view, ...(await whyOwn(tx, partner, order)) };
  });
  return record ?? refuseUnknownOrder(shop);
}

const viewerNow = async (tx: Tx, { clock }: Pick<Deps, "clock">, partner: PartnerId): Promise<Viewer> => ({
  partner,
  sharing: (await readAgreement(tx, partner, clock())).sharing,
});

function seeOrder(
  viewer: Viewer,
  order: OrderRow,
  {
    transfers,
    losses,
    contact,
  }: {
    transfers: readonly BookedTransfer[];
    losses: readonly LossRow[];
    contact?: OrderContact | undefined;
  },
): (PartnerOrder & Pick<PartnerOrderRecord, "contact">) | undefined {
  const credits = transfers.map(transferOf);
  const { net_minor: netMinor, shop, order_id: shopOrder, cycle } = order;
  const { lostNetMinor } = orderLoss(order, losses);
  const transaction = { shop, shopOrder, cycle, netMinor, remainingNetMinor: netMinor - lostNetMinor };
  const view = viewFor<Transfer, typeof transaction, OrderContact>(viewer, { credits, transaction, contact });
  if (view === undefined) return undefined;
  return {
    order: order.order_key,
    product: order.product,
    currency: order.currency,
    creditMinor: 0 - balanceOf(view.credits, "expense"),
    heldMinor: balanceOf(view.credits, "held"),
    payableMinor: balanceOf(view.credits, "payable"),
    occurredAt: isoTime(order.occurred_at),
    ...(view.transaction === undefined ? {} : { transaction: view.transaction }),
    ...(view.contact === undefined ? {} : { contact: view.contact }),
  };
}

async function whyOwn(
  tx: Tx,
  partner: PartnerId,
  order: OrderRow,
): Promise<Pick<PartnerOrderRecord, "reason" | "evidence" | "plan">> {
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (decision === undefined) throw new Error("an order has the decision its row names");
  const plan = frozenPlan(decision);
  const evidence = (JSON.parse(decision.evidence) as Considered[]).filter((one) => one.partner === partner);
  const rules = (plan?.rules ?? []).filter((one) => one.partner === partner);
  return {
    reason: decision.partner_id === partner ? decision.reason : null,
    evidence: evidence.map(({ kind, verdict, reason, seenAt }) => ({
      kind,
      verdict,
      reason,
      seenAt: isoTime(seenAt),
    })),
    plan: {
      id: plan?.id ?? "legacy",
      version: plan?.version ?? 1,
      rules: rules.map(({ partner: _, ...outcome }) => outcome),
    },
  };
}
