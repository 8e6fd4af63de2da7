import type { Considered } from "../../attribution/decide.ts";
import type { Suspicion } from "../../attribution/suspicions.ts";
import { orderLoss } from "../../books/book.ts";
import { findCorrections } from "../../books/rows/corrections.ts";
import { findTransfersOfOrder } from "../../books/rows/transfers.ts";
import type { Deps } from "../../deps/deps.ts";
import type { LineKind, OrderLine } from "../../events/order-line.ts";
import { findLink, findLossEvents, type LossRow } from "../../events/rows/events.ts";
import type { Credit } from "../../ledger/transfer.ts";
import type { Tx } from "../../store/store.ts";
import { isoTime } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { Refusal } from "../../words/refusal.ts";
import { linesOfOrder } from "../record/sale-facts.ts";
import { findDecisions, findOrder } from "../rows/orders.ts";
import { findRulings } from "../rows/rulings.ts";
import type { OrderRow } from "../rows/schema.ts";
import { type OrderSummary, summaryOf } from "./list-orders.ts";
import { historyOf, type OrderHistoryEntry } from "./order-history.ts";
import { type ShownCredit, type ShownPay, shownCredits, shownPay } from "./shown-pay.ts";

export type { OrderHistoryEntry } from "./order-history.ts";

/** A line of an order with what of it was lost. Amounts in minor units, without tax but for `taxMinor`. */
export interface OrderLineRecord {
  line: string;
  articles: readonly string[];
  product: string | null;
  quantity: number;
  netMinor: number;
  taxMinor: number;
  listMinor: number | null;
  kind: LineKind;
  /** The term that was paid, as an ISO 8601 duration. */
  period: string | null;
  lostNetMinor: number;
}

/** All that is known of why an order was credited, or was not. */
export interface DecisionRecord extends OrderSummary {
  evidence: {
    kind: string;
    route: string;
    /** Null only for a ruling that nobody earned it. */
    partner: string | null;
    verdict: string;
    reason: string;
    /** The rule on conflicts that decided; null where none did. */
    rule: string | null;
    seenAt: string;
    token: string | null;
    coupon: string | null;
  }[];
  /** What looked stolen about the credit, the weightiest first: what waits for a person, and what is only said. */
  suspicions: Suspicion[];
  /** At the full amount, before refunds; `rate` in percent. `remainingMinor` is what refunds and disputes left. */
  credits: ShownCredit[];
  /** What paid it: a plan with the chain of the day and each rule, or the partner's own percentage. */
  plan: ShownPay | null;
  /** They sum to the order: what the shop told of no line is one of kind `other`. */
  lines: OrderLineRecord[];
  /** What has gone back and stayed gone, without tax. */
  lostNetMinor: number;
  /** When what is held becomes payable; null once it has, or where nothing is held. */
  releaseAt: string | null;
  policy: unknown;
  history: OrderHistoryEntry[];
}

/**
 * The decision record of an order, by any id its shop gave it: session, payment intent, invoice or charge.
 *
 * @throws Refusal `order_unknown`.
 */
export async function explainOrder(
  deps: Pick<Deps, "store" | "config">,
  shop: string,
  orderId: string,
): Promise<DecisionRecord> {
  const record = await deps.store.read(async (tx) => {
    const key = await findLink(tx, as.shop(shop), orderId);
    const order = key === undefined ? undefined : await findOrder(tx, key);
    return order === undefined ? undefined : readDecisionRecord(tx, order);
  });
  return record ?? refuseUnknownOrder(shop, [...deps.config.shops.keys()]);
}

/** @throws Refusal `order_unknown`, always. */
export function refuseUnknownOrder(shop: string, shops: readonly string[] = [shop]): never {
  const others = shops.includes(shop)
    ? ""
    : ` The configuration has no such shop; it has ${shops.join(", ")}.`;
  throw new Refusal(
    "order_unknown",
    `The shop ${JSON.stringify(shop)} has no order of this id on record.${others}`,
  );
}

/** The decision record of an order as a transaction sees it. */
export async function readDecisionRecord(tx: Tx, order: OrderRow): Promise<DecisionRecord> {
  const decisions = await findDecisions(tx, order.order_key);
  const rulings = await findRulings(tx, order.order_key);
  const transfers = await findTransfersOfOrder(tx, order.order_key);
  const losses = await findLossEvents(tx, order.order_key);
  const decision = decisions.find((one) => one.seq === order.decision_seq);
  if (decision === undefined) throw new Error("an order has the decision its row names");
  const loss = orderLoss(order, losses);
  return {
    ...summaryOf(order),
    lines: linesOfRecord(order, losses),
    lostNetMinor: loss.lostNetMinor,
    releaseAt: order.release_at === null ? null : isoTime(order.release_at),
    evidence: (JSON.parse(decision.evidence) as Considered[]).map(evidenceOf),
    suspicions: JSON.parse(decision.suspicions ?? "[]") as Suspicion[],
    credits: shownCredits(order, JSON.parse(decision.credits) as Credit[], loss),
    plan: shownPay(decision),
    policy: JSON.parse(decision.policy),
    history: historyOf({
      decisions,
      rulings,
      transfers,
      losses,
      corrections: losses.some(({ note }) => note !== null) ? await findCorrections(tx, order.order_key) : [],
    }),
  };
}

const evidenceOf = (one: Considered) => ({
  kind: one.kind,
  route: one.route,
  partner: one.partner,
  verdict: one.verdict,
  reason: one.reason,
  rule: one.verdict === "won" ? (one.rule ?? null) : null,
  seenAt: isoTime(one.seenAt),
  token: one.token ?? null,
  coupon: one.coupon?.code ?? null,
});

/** The lines as they were told; of an order without any, one for all of it. */
function linesOfRecord(order: OrderRow, losses: readonly LossRow[]): OrderLineRecord[] {
  const told = linesOfOrder(order);
  const { net_minor: netMinor, tax_minor: taxMinor } = order;
  const whole: OrderLine = { line: "order", articles: [], quantity: 1, netMinor, taxMinor, kind: "other" };
  const lines =
    told.length > 0 ? told : [order.product === null ? whole : { ...whole, product: order.product }];
  const { lines: lost } = orderLoss({ ...order, lines: JSON.stringify(lines) }, losses);
  return lines.map((one) => ({
    line: one.line,
    articles: one.articles,
    product: one.product ?? null,
    quantity: one.quantity,
    netMinor: one.netMinor,
    taxMinor: one.taxMinor,
    listMinor: one.listMinor ?? null,
    kind: one.kind,
    period: one.period ?? null,
    lostNetMinor: lost.get(one.line) ?? 0,
  }));
}
