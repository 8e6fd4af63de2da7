import {
  fastspringBatch,
  fastspringChargeCompleted,
  fastspringEvent,
  fastspringOrderCompleted,
  fastspringReturnCreated,
} from "../fastspring-fixtures.ts";
import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "../lemon-squeezy-fixtures.ts";
import { paddleAdjustment, paddleTransactionCompleted } from "../paddle-fixtures.ts";
import { polarEvent, polarRefundUpdated } from "../polar-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import {
  type About,
  type History,
  iso,
  leftOf,
  type Money,
  major,
  moneyOf,
  ordersOf,
  partsOf,
  seconds,
} from "./history.ts";

/** Histories at this shop: transactions of one subscription, and adjustments of each. */
export const paddle = (about: About): History => {
  const { n, reference, chance } = about;
  const currency = chance.oneOf(["EUR", "JPY"]);
  const told: History["told"] = [];
  let day = 0;
  const on = () => ({ eventId: `evt_${n}_${++day}`, occurredAt: iso(day) });
  const tell = (body: Json) => told.push({ topic: String(body.event_type), body, payload: body });
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const gross = money.net + money.tax;
    // What a credit balance paid of it was counted when it came in.
    const credit = chance.is(0.2) ? chance.upTo(gross) : 0;
    const id = `txn_${n}_${place}`;
    const parts = partsOf(money, chance);
    const line_items = parts.map(({ net, tax }, at) => {
      const discount = chance.upTo(3);
      const totals = { subtotal: String(net + discount), discount: String(discount), tax: String(tax) };
      return { id: `txnitm_${id}_${at}`, quantity: 1, price_id: `pri_${at}`, product: null, totals };
    });
    const totals = { tax: String(money.tax), total: String(gross), grand_total: String(gross - credit) };
    const origin = place === 0 ? "web" : chance.oneOf(["subscription_recurring", "subscription_charge"]);
    const customData = place === 0 ? { reference } : null;
    const sale = {
      id,
      origin,
      customData,
      currency,
      subscription: `sub_${n}`,
      more: { details: { totals, line_items } },
    };
    tell(paddleTransactionCompleted({ ...sale, ...on() }));
    const names = line_items.map((one) => one.id);
    if (credit === 0) adjusted({ about, id, money, currency, names, tell, on });
  }
  return { told };
};

interface Adjusted {
  about: About;
  id: string;
  money: Money;
  currency: string;
  names: string[];
  tell: (body: Json) => void;
  on: () => { eventId: string; occurredAt: string };
}

/** Refunds, chargebacks and their reversals, in every way in which Paddle tells them. */
function adjusted({ about: { chance }, id, money, currency, names, tell, on }: Adjusted): void {
  const { take, putBack } = leftOf(money, chance);
  for (let step = chance.upTo(4); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const action = chance.oneOf(["refund", "refund", "chargeback", "chargeback_warning", "credit"]);
    const amounts = { totalMinor: taken.net + taken.tax, subtotalMinor: taken.net, currency };
    const statuses = {
      refund: [
        ["approved"],
        ["pending_approval", "approved"],
        ["approved", "reversed"],
        ["pending_approval", "rejected"],
      ],
      chargeback: [["approved"], ["approved", "reversed"]],
    }[action] ?? [["approved"]];
    const of = { id: `adj_${id}_${step}`, action, transaction: id, ...amounts };
    const stages = chance.oneOf(statuses);
    for (const [at, status] of stages.entries()) {
      const type = at === 0 ? ("adjustment.created" as const) : ("adjustment.updated" as const);
      const body = paddleAdjustment({ type, ...of, status, ...on() });
      const { items } = body.data as { items: Json[] };
      for (const item of items) item.item_id = names[0];
      tell(body);
    }
    // A chargeback comes back by its status, by an adjustment of its own, or by both.
    const isReversed = action === "chargeback" && chance.is(stages.length > 1 ? 0.5 : 0.3);
    const reversal = { id: `rev_${id}_${step}`, action: "chargeback_reverse", transaction: id, ...amounts };
    if (isReversed) tell(paddleAdjustment({ ...reversal, ...on() }));
    const stays = stages.at(-1) === "approved" && !isReversed && /^(refund|chargeback)$/.test(action);
    if (!stays) putBack(taken);
  }
}

/** Histories at this shop: an order, and charges of its subscription, alone or in a group. */
export const fastspring = ({ n, reference, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  let day = 0;
  const on = () => ({ eventId: `fs_${n}_${++day}`, createdMs: seconds(day) * 1000 });
  // One delivery may hold several events.
  let batch: Json[] = [];
  const orders: Record<string, Json> = {};
  const send = () => {
    const payload = fastspringBatch(...batch);
    if (batch.length > 0) told.push({ topic: "batch", body: { ...payload, orders }, payload });
    batch = [];
  };
  const tell = (event: Json) => {
    batch.push(event);
    if (chance.is(0.7)) send();
  };
  const of = (minor: number) => Number(major(minor, currency));
  const subscription = `sub-${n}`;
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const name = { id: `id-${n}-${place}`, reference: `ACM-${n}-${place}`, currency };
    const items = partsOf(money, chance).map(({ net }, at) => ({
      ...{ product: `acme-${at}`, quantity: 1, subtotal: of(net), sku: null },
      subscription: { id: subscription, intervalUnit: "year" },
    }));
    const amounts = { total: of(money.net + money.tax), tax: of(money.tax), more: { items } };
    const order = { ...name, ...amounts, subscription, ...(place === 0 ? { tags: { reference } } : {}) };
    const charge = () => fastspringChargeCompleted({ ...order, ...on() });
    const completed = () => fastspringOrderCompleted({ ...order, ...on() });
    // Without webhook expansion a charge names its order alone.
    const bare = () => {
      const event = charge();
      orders[name.id] = (event.data as Json).order as Json;
      return { ...event, data: { order: name.id, subscription } };
    };
    const bareGroup = () => {
      bare();
      const primary = { cotermGroupOrderId: name.id, cotermGroupPrimarySubscription: subscription };
      return fastspringEvent("subscription.group.charge.completed", primary, on());
    };
    const inGroup = () => {
      const event = charge();
      const primary = { cotermGroupOrderId: name.id, cotermGroupPrimarySubscription: subscription };
      const group = { ...primary, order: (event.data as Json).order };
      return fastspringEvent("subscription.group.charge.completed", group, on());
    };
    const tellings = chance.oneOf([
      [charge],
      [inGroup],
      [bare],
      [bareGroup],
      [bare, completed],
      [completed, charge],
      [charge, inGroup, completed],
    ]);
    for (const telling of place === 0 ? [completed] : tellings) tell(telling());
    const { take } = leftOf(money, chance);
    for (let step = chance.upTo(3); step > 0; step--) {
      const taken = take();
      if (taken === undefined) continue;
      const returned = partsOf(taken, chance).map(({ net }, at) => ({
        product: `acme-${at}`,
        subtotal: of(net),
      }));
      const about = { original: name.id, reference: name.reference, currency, items: returned };
      const back = { total: of(taken.net + taken.tax), tax: of(taken.tax) };
      tell(fastspringReturnCreated({ id: `ret-${name.id}-${step}`, ...about, ...back, ...on() }));
    }
  }
  send();
  return { told, orders: Object.values(orders) };
};

/** Histories at this shop: an order, the subscription it began, and that one's invoices. */
export const lemon = ({ n, reference, chance }: About): History => {
  const told: History["told"] = [];
  const tell = (body: Json) =>
    told.push({ topic: String((body.meta as Json).event_name), body, payload: body });
  const currency = chance.oneOf(["EUR", "JPY"]);
  const customData = { ref: reference };
  const subscription = n * 10 + 9;
  let day = 0;
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const amounts = { currency, totalMinor: money.net + money.tax, taxMinor: money.tax, at: iso(0) };
    const setup = chance.is(0.3) ? { setup_fee: chance.upTo(money.net) } : {};
    const item = { id: 1, order_id: n, product_id: 1, variant_id: 2, quantity: 1 + chance.upTo(4) };
    const reason = chance.oneOf(["renewal", "renewal", "updated"]);
    const sale = { id: `${n * 10 + place}`, ...amounts };
    const order = { ...sale, customData, more: { ...setup, first_order_item: item } };
    const invoice = { ...sale, subscription, reason };
    const refunds: Json[] = [];
    const name = "subscription_payment_refunded";
    for (let step = chance.upTo(3); step > 0; step--) {
      const refundedMinor = chance.upTo(money.net + money.tax);
      const status = refundedMinor === money.net + money.tax ? "refunded" : "partial_refund";
      const more = { ...order.more, updated_at: iso(++day) };
      const back = { refundedMinor, status, more };
      refunds.push(
        place === 0
          ? lemonOrderRefunded({ ...order, ...back })
          : lemonSubscriptionPayment({ ...invoice, ...back, name }),
      );
    }
    if (place === 0) {
      const began = { id: String(subscription), order: Number(order.id), customData };
      // The event of a refund tells the sale too, so that the sale's own may be lost.
      if (refunds.length === 0 || chance.is(0.8)) tell(lemonOrderCreated(order));
      tell(lemonSubscriptionCreated(began));
      if (chance.is(0.3))
        tell(lemonSubscriptionPayment({ ...sale, id: `${n * 10 + 8}`, subscription, reason: "initial" }));
    } else {
      const names = chance.oneOf([["success"], ["success"], ["recovered"], ["success", "recovered"]]);
      for (const one of names)
        tell(lemonSubscriptionPayment({ ...invoice, name: `subscription_payment_${one}` }));
    }
    for (const refund of refunds) tell(refund);
  }
  return { told };
};

/** Histories at this shop, which counts minor units as Stripe does: orders, their totals, and refunds in each status. */
export const polar = ({ n, reference, chance }: About): History => {
  const told: History["told"] = [];
  let day = 0;
  const tell = (body: Json) => told.push({ topic: String(body.type), body, payload: body });
  const currency = chance.oneOf(["eur", "jpy", "kwd", "isk", "mga"]);
  const unit = currency === "isk" ? 100 : 1;
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    // A balance of the customer's may have paid a part, or have been added to it.
    const balance =
      unit === 1 && currency !== "mga" && chance.is(0.2) ? -chance.upTo(money.net + money.tax) : 0;
    const id = `o_${n}_${place}`;
    const items = partsOf(money, chance).map(({ net, tax }, at) => ({
      ...{ id: `item_${at}`, amount: net * unit, tax_amount: tax * unit, proration: false },
      product_price_id: `price_${at}`,
    }));
    const billingReason = place === 0 ? "subscription_create" : "subscription_cycle";
    const names = { id, currency, subscription: `sub_${n}`, billingReason, balanceMinor: balance };
    const metadata = place === 0 ? { reference_id: reference } : {};
    // What orders told of before there was a net amount.
    const discount = chance.upTo(500) * unit;
    const older = chance.oneOf([
      {},
      {},
      { net_amount: undefined, subtotal_amount: money.net * unit + discount, discount_amount: discount },
      { net_amount: undefined, subtotal_amount: undefined, amount: money.net * unit },
    ]);
    const sale = { ...names, metadata, netMinor: money.net * unit, taxMinor: money.tax * unit };
    const gone = { net: 0, tax: 0 };
    const total = (type: string, status?: string) => {
      const totals = { refundedMinor: gone.net * unit, refundedTaxMinor: gone.tax * unit };
      const isWhole = gone.net + gone.tax === money.net + money.tax;
      const now =
        status ?? (gone.net + gone.tax === 0 ? "paid" : isWhole ? "refunded" : "partially_refunded");
      tell(
        polarEvent(type, {
          ...sale,
          ...totals,
          at: iso(++day),
          more: { checkout_id: `co_${n}`, status: now, items, ...older },
        }),
      );
    };
    if (chance.is(0.3)) total("order.updated", "pending");
    const { take, putBack } = leftOf(money, chance);
    const refund = (name: string, taken: Money, status: string, begun: number) => {
      const amounts = { amountMinor: taken.net * unit, taxMinor: taken.tax * unit, currency };
      const type = status === "pending" ? "refund.created" : "refund.updated";
      const body = polarRefundUpdated({ id: name, order: id, status, at: iso(++day), ...amounts }, type);
      tell({ ...body, data: { ...(body.data as Json), created_at: iso(begun) } });
    };
    const steps = balance === 0 ? chance.upTo(5) : 0;
    if (steps === 0 || chance.is(0.8)) total("order.paid");
    if (chance.is(0.3)) total("order.updated");
    const done = (taken: Money) => {
      gone.net += taken.net;
      gone.tax += taken.tax;
      total(chance.oneOf(["order.refunded", "order.updated"]));
    };
    const waiting: { name: string; taken: Money; begun: number }[] = [];
    for (let step = steps; step > 0; step--) {
      const due = chance.is(0.5) ? waiting.pop() : undefined;
      const taken = due === undefined ? take() : undefined;
      if (due !== undefined) {
        const status = chance.oneOf(["succeeded", "failed", "canceled"]);
        refund(due.name, due.taken, status, due.begun);
        if (status === "succeeded") done(due.taken);
        else putBack(due.taken);
      } else if (taken !== undefined && chance.is(0.5)) {
        refund(`r_${id}_${step}`, taken, "pending", day + 1);
        waiting.push({ name: `r_${id}_${step}`, taken, begun: day });
      } else if (taken !== undefined) done(taken);
    }
    // At last the order is told as it stands, whichever of the events before were lost.
    if (steps > 0) total("order.updated");
  }
  return { told };
};
