import { orderLoss, transferOf } from "../../books/book.ts";
import { walkLossEvents, walkTransfers } from "../../books/rows/ledger-lists.ts";
import type { Plan } from "../../commission/plan.ts";
import type { LossRow } from "../../events/rows/events.ts";
import { checkOrderJournal } from "../../ledger/check.ts";
import type { Transfer } from "../../ledger/transfer.ts";
import { planOf } from "../../plans/plans.ts";
import { findPlan } from "../../plans/rows/plans.ts";
import type { Tx } from "../../store/store.ts";
import type { OrderKey } from "../../words/ids.ts";
import { frozenCredits } from "../decide/decide-order.ts";
import { frozenPlan } from "../decide/pay-by-plan.ts";
import { tellingsOf } from "../record/sale-facts.ts";
import {
  type CheckedDecision,
  findTold,
  type ToldRow,
  walkDecisions,
  walkRulings,
  walkTold,
} from "../rows/checked-orders.ts";
import type { OrderRow, RulingRow } from "../rows/schema.ts";
import { checkRuling, checkWinner, findUnproven, restingOf } from "./check-evidence.ts";
import { checkHold } from "./check-hold.ts";
import { checkPay } from "./check-pay.ts";
import { checkRates, type PartnerRates } from "./check-rate.ts";
import { readRates } from "./check-rates.ts";
import { readSubscriptionNames } from "./check-subscriptions.ts";
import { checkTelling, type SubscriptionNames } from "./check-telling.ts";
import type { Proof } from "./proof.ts";

/** Checks pages of orders one after another, keeping what many of them share. */
export interface OrderChecks {
  /** Checks orders that lie beside each other by key. */
  check(orders: readonly OrderRow[]): Promise<{ failures: string[]; transfers: number }>;
}

/** All that belongs to one order. */
interface WholeOrder {
  order: OrderRow;
  decisions: readonly CheckedDecision[];
  transfers: readonly Transfer[];
  losses: readonly LossRow[];
  told: readonly ToldRow[];
  ruling: Pick<RulingRow, "partner_id"> | undefined;
}

/** What pages share. */
interface Shared {
  plans: ReadonlyMap<string, Plan>;
  rates: ReadonlyMap<string, PartnerRates>;
  names: SubscriptionNames;
}

/** So many plans are kept: no vendor has more versions in use, and a bound keeps memory the same. */
const plansKept = 1_000;

/** Makes what checks pages of orders within one transaction. */
export function createOrderChecks(tx: Tx, proofs: readonly Proof[]): OrderChecks {
  const plans = new Map<string, Plan>();
  let read: Promise<SubscriptionNames> | undefined;
  return {
    async check(orders) {
      read ??= readSubscriptionNames(tx);
      const names = await read;
      const whole = await readWhole(tx, orders);
      await learnPlans(tx, plans, whole);
      const shared: Shared = { plans, rates: await readRates(tx, partnersOf(whole)), names };
      const failures = whole.flatMap((one) => checkOrder(one, shared).map((what) => sayOf(one.order, what)));
      const resting = whole.flatMap(({ order, decisions }) =>
        decisions.slice(-1).flatMap((decision) => restingOf(order, decision)),
      );
      const byKey = new Map(orders.map((order) => [order.order_key, order]));
      for (const { order_key, what } of await findUnproven(tx, proofs, resting)) {
        const order = byKey.get(order_key);
        if (order !== undefined)
          failures.push(sayOf(order, `the ${what} that its decision rests upon is not there`));
      }
      return { failures, transfers: whole.reduce((sum, one) => sum + one.transfers.length, 0) };
    },
  };
}

const sayOf = ({ shop, order_id }: OrderRow, what: string): string => `order ${shop} ${order_id}: ${what}`;

/** Reads what belongs to a page of orders in a query for each table, however many they are. */
async function readWhole(tx: Tx, orders: readonly OrderRow[]): Promise<WholeOrder[]> {
  const [first, last] = [orders.at(0), orders.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = { first: first.order_key, last: last.order_key };
  const decisions = Map.groupBy(await walkDecisions(tx, span), keyOf);
  const transfers = Map.groupBy(await walkTransfers(tx, span), keyOf);
  const losses = Map.groupBy(await walkLossEvents(tx, span), keyOf);
  const told = Map.groupBy(await readTold(tx, orders, span), keyOf);
  const rulings = Map.groupBy(await walkRulings(tx, span), keyOf);
  return orders.map((order) => ({
    order,
    decisions: decisions.get(order.order_key) ?? [],
    transfers: (transfers.get(order.order_key) ?? []).map(transferOf),
    losses: losses.get(order.order_key) ?? [],
    told: told.get(order.order_key) ?? [],
    ruling: rulings.get(order.order_key)?.at(-1),
  }));
}

const keyOf = <Key>({ order_key }: { order_key: Key }): Key => order_key;

async function readTold(
  tx: Tx,
  orders: readonly OrderRow[],
  span: { first: OrderKey; last: OrderKey },
): Promise<ToldRow[]> {
  const others = orders
    .filter(({ told_by }) => told_by !== null)
    .flatMap((order) =>
      tellingsOf(order)
        .filter((event) => event !== order.amounts_event)
        .map((event) => [order.order_key, order.shop, event]),
    );
  return [...(await walkTold(tx, span)), ...(await findTold(tx, others))];
}

async function learnPlans(tx: Tx, plans: Map<string, Plan>, whole: readonly WholeOrder[]): Promise<void> {
  if (plans.size > plansKept) plans.clear();
  for (const { decisions } of whole) {
    const decision = decisions.at(-1);
    const frozen = decision === undefined ? undefined : frozenPlan(decision);
    if (frozen === undefined || plans.has(`${frozen.id} ${frozen.version}`)) continue;
    const row = await findPlan(tx, frozen.id, frozen.version);
    if (row !== undefined) plans.set(`${frozen.id} ${frozen.version}`, planOf(row));
  }
}

const partnersOf = (whole: readonly WholeOrder[]) =>
  new Set(
    whole.flatMap(({ decisions }) =>
      decisions
        .filter(({ plan }) => plan === null)
        .flatMap((decision) => frozenCredits(decision).map(({ partner }) => partner)),
    ),
  );

function checkOrder(
  { order, decisions, transfers, losses, told, ruling }: WholeOrder,
  shared: Shared,
): string[] {
  const decision = decisions.at(-1);
  if (decision === undefined || decisions.some((one, index) => one.seq !== index + 1))
    return ["its decisions are not numbered from 1 without a gap"];
  const credits = frozenCredits(decision);
  const loss = orderLoss(order, losses);
  const released = order.released_at !== null;
  const plan = ({ id, version }: { id: string; version: number }) => shared.plans.get(`${id} ${version}`);
  return [
    ...checkAgreement(order, decision),
    ...(order.joined_to === null ? checkTelling(order, told, shared.names) : []),
    ...checkPay(order, decision, plan),
    ...checkRates(decisions, (partner) => shared.rates.get(partner)),
    ...checkWinner(decision),
    ...checkRuling(order, decision, ruling),
    ...checkHold(order, decisions),
    ...checkOrderJournal({ credits, transfers, loss, released }),
  ];
}

/** An order's row repeats its newest decision. */
function checkAgreement(order: OrderRow, decision: CheckedDecision): string[] {
  const failures: string[] = [];
  if (decision.seq !== order.decision_seq) failures.push("its row does not name its newest decision");
  const { outcome, partner_id, reason } = decision;
  if (outcome !== order.outcome || partner_id !== order.partner_id || reason !== order.reason)
    failures.push("its row and its newest decision do not agree");
  const chain = frozenPlan(decision)
    ?.chain.map(({ partner }) => partner)
    .join(" ");
  // Orders from before the row repeated it have none.
  if (order.chain !== null && order.chain !== chain)
    failures.push("its chain is not the one of its decision");
  if ((reason === "joined") !== (order.joined_to !== null))
    failures.push("it is said to be one with another order, and its newest decision says otherwise");
  return failures;
}
