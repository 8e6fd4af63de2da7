import {
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyDispute,
  shopifyEvent,
  shopifyOrderPaid,
  shopifyRefundCreated,
} from "../shopify-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { wooEvent, wooOrderUpdated, wooSubscriptionCreated } from "../woocommerce-fixtures.ts";
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
} from "./history.ts";

/** Histories at this shop: orders of a subscription contract, refunds by line or by amount, edits and disputes. */
export const shopify = ({ n, reference, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  const tell = (topic: string, body: Json) => told.push({ topic, body, payload: body });
  const of = (minor: number) => major(minor, currency);
  // The shop may have another currency than the customer: then each amount is told in both.
  const shopCurrency = chance.is(0.4) ? "USD" : currency;
  const amount: AmountOf = (name, minor) => {
    if (shopCurrency === currency) return { [name]: of(minor) };
    const shops = ((minor * 3) / 100).toFixed(2);
    const both = {
      shop_money: { amount: shops, currency_code: shopCurrency },
      presentment_money: { amount: of(minor), currency_code: currency },
    };
    return { [name]: shops, [`${name}_set`]: both };
  };
  let day = 0;
  const places = ordersOf(chance);
  for (const place of places) {
    const money = moneyOf(chance);
    const { net, tax } = money;
    const order = 5_000_000_000 + n * 10 + place;
    // A gift card may be bought with it, and it may have been edited before it was paid, or grown by an edit afterwards.
    const change = chance.oneOf(["card", "edited", "grown", "none", "none"]);
    const card = change === "card" ? 1 + chance.upTo(5000) : 0;
    const off = change === "edited" ? chance.upTo(net) : 0;
    const grown = change === "grown" ? 1 + chance.upTo(5000) : 0;
    const parts = [...partsOf(money, chance), ...(card > 0 ? [{ net: card, tax: 0 }] : [])];
    const lines = parts.map((part, at) => ({
      ...{
        id: order * 10 + at,
        product_id: 1 + at,
        variant_id: 2,
        sku: `SKU-${at}`,
        quantity: 1,
        gift_card: card > 0 && at === parts.length - 1,
      },
      ...{ ...amount("price", part.net), ...amount("total_discount", 0) },
      ...{ tax_lines: [amount("price", part.tax)], properties: [] },
    }));
    const first = { attributes: { reference }, source: "web" };
    const further = { source: "subscription_contract_checkout_one" };
    const sale = { id: order, currency: shopCurrency, tax: of(tax), ...(place === 0 ? first : further) };
    const isByLine = change === "card" || (change === "none" && chance.is(0.5));
    const shipped = change !== "card" && chance.is(0.4) ? 1 : 0;
    const paid = (gross: number) => {
      const now = { ...amount("current_total_price", gross - off), ...amount("current_total_tax", tax) };
      const whole = { ...amount("total_price", gross), ...amount("total_tax", tax) };
      const sold = { line_items: lines.slice(shipped), shipping_lines: lines.slice(0, shipped) };
      const more = { updated_at: iso(++day), taxes_included: false, ...now, ...whole, ...sold };
      tell("orders/paid", shopifyOrderPaid({ ...sale, total: of(gross), more }));
    };
    const gross = net + tax + card;
    paid(gross);
    if (place > 0) {
      const attempt = { ...shopifyBillingAttempt(order), id: order, subscription_contract_id: n };
      tell("subscription_billing_attempts/success", attempt);
    } else if (places.length > 1)
      tell("subscription_contracts/create", { ...shopifyContractCreated(order), id: n });
    if (grown > 0) paid(gross + grown);
    const refunded = {
      ...{ order, currency, parts, lines, shipped, of, amount, tell },
      ...{ next: () => iso(++day), chance },
    };
    if (isByLine) byLine(refunded);
    else byAmount(refunded, gross + grown - off);
    if (card === 0 && chance.is(0.3)) {
      const dispute = { order, amount: of(gross + grown - off), at: iso(++day) };
      const telling = (more: object) => ({ ...shopifyDispute({ ...dispute, ...more }), id: order, currency });
      const type = chance.oneOf(["chargeback", "chargeback", "inquiry"]);
      tell("disputes/create", telling({ type }));
      for (const status of chance.oneOf([
        [],
        ["under_review"],
        ["won"],
        ["lost"],
        ["accepted"],
        ["charge_refunded"],
      ]))
        tell("disputes/update", telling({ topic: "disputes/update", type, status, finalizedOn: iso(++day) }));
    }
  }
  return { told };
};

/** A member of a body with an amount, and the member with both currencies where there are two. */
type AmountOf = (name: string, minor: number) => Json;

interface Refunded {
  order: number;
  currency: string;
  parts: Money[];
  lines: { id: number; gift_card: boolean }[];
  /** How many of the lines are shipping, which are the first. */
  shipped: number;
  amount: AmountOf;
  of: (minor: number) => string;
  tell: (topic: string, body: Json) => void;
  next: () => string;
  chance: About["chance"];
}

/** Refunds that say of which line what went back; one may turn out to have failed. */
function byLine(about: Refunded): void {
  const { order, currency, parts, lines, shipped, of, amount, tell, next, chance } = about;
  for (const [at, part] of parts.entries()) {
    const taken = leftOf(part, chance).take();
    if (taken === undefined || chance.is(0.4)) continue;
    const id = order * 10 + at;
    const lineId = lines[at]?.id;
    const item = {
      line_item_id: lineId,
      ...amount("subtotal", taken.net),
      ...amount("total_tax", taken.tax),
    };
    const refund = { id, order, currency, amount: of(taken.net + taken.tax) };
    // Or by an amount that says what of it is tax.
    const adjustment = (kind: string) => ({
      order_adjustments: [{ kind, ...amount("amount", -taken.net), ...amount("tax_amount", -taken.tax) }],
    });
    // Beside a gift card it has to say of what: an amount alone may be of either.
    const hasCard = lines.some((line) => line.gift_card);
    const ofGoods =
      hasCard || chance.is(0.7) ? { refund_line_items: [item] } : adjustment("refund_discrepancy");
    const made = at < shipped ? shippingBack(about, taken, { line: lineId, adjustment }) : ofGoods;
    tellRefund(refund, made, { tell, next, chance });
  }
}

/** Shipping that was paid back: as an adjustment, since 2024 as a line of its own, or both ways. */
function shippingBack(
  { currency, of, chance }: Refunded,
  { net, tax }: Money,
  { line, adjustment }: { line: number | undefined; adjustment: (kind: string) => Json },
): Json {
  const money = (minor: number) => ({ presentment_money: { amount: of(minor), currency_code: currency } });
  const told = { shipping_line_id: line, subtotal_amount_set: money(net), tax_amount_set: money(tax) };
  const lines = { refund_shipping_lines: [told] };
  return chance.oneOf([adjustment("shipping_refund"), lines, { ...lines, ...adjustment("shipping_refund") }]);
}

/** Refunds that say an amount alone. */
function byAmount({ order, currency, of, tell, next, chance }: Refunded, gross: number): void {
  let left = gross;
  for (let step = chance.upTo(3); step > 0 && left > 0; step--) {
    const amount = chance.is(0.2) ? left : 1 + chance.upTo(left - 1);
    const refund = { id: order * 10 + step, order, currency, amount: of(amount) };
    if (tellRefund(refund, {}, { tell, next, chance })) left -= amount;
  }
}

/** Tells a refund, which may have been under way first, or fail afterwards; returns whether it stays. */
function tellRefund(
  refund: { id: number; order: number; currency: string; amount: string },
  made: Json,
  { tell, next, chance }: Pick<Refunded, "tell" | "next" | "chance">,
): boolean {
  const at = next();
  const now = (status: string) => ({ ...shopifyRefundCreated({ ...refund, status, at }), ...made });
  tell("refunds/create", now(chance.oneOf(["success", "success", "pending"])));
  if (chance.is(0.6)) return true;
  const status = chance.oneOf(["failure", "failure", "success"]);
  const { order: id, currency } = refund;
  const changed = { id, updated_at: next(), currency, refunds: [now(status)] };
  tell("orders/updated", shopifyEvent("orders/updated", changed));
  return status === "success";
}

/** Histories at this shop: orders of a subscription, told anew as they change, thrown away and taken back. */
export const woocommerce = ({ n, reference, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  const of = (minor: number) => major(minor, currency);
  const subscription = n * 100;
  const send = (topic: string, payload: Json) => {
    const body = wooEvent(topic, payload);
    told.push({ topic, body, payload: body });
  };
  let isGone = false;
  const all: NonNullable<History["refunds"]> = [];
  for (const place of ordersOf(chance)) {
    const money = moneyOf(chance);
    const id = n * 10 + place;
    const [kept = money, ...others] = partsOf(money, chance);
    let back: { id: number; part: Money }[] = [];
    const tie = chance.oneOf(["_subscription_renewal", "_subscription_switch", "_subscription_resubscribe"]);
    const meta = place === 0 ? { reference } : { [tie]: String(subscription) };
    const tell = (topic: string, day: number, status: string, taken = 0) => {
      // A person may correct a price after it was paid.
      const parts = [{ net: kept.net - taken, tax: kept.tax }, ...others].map((part, at) => ({
        ...{ id: id * 10 + at, product_id: 93 + at, variation_id: 0, quantity: 1, sku: null, meta_data: [] },
        ...{ subtotal: of(part.net), total: of(part.net), total_tax: of(part.tax) },
      }));
      const [line, shipping] = chance.is(0.5) ? [parts, []] : [parts.slice(0, 1), parts.slice(1)];
      const more = { date_modified_gmt: iso(day).slice(0, 19), line_items: line, shipping_lines: shipping };
      const amounts = { currency, total: of(money.net + money.tax - taken), tax: of(money.tax) };
      const refunds = back.map((one) => ({ id: one.id, total: `-${of(one.part.net + one.part.tax)}` }));
      const order = { id, ...amounts, meta, paidAt: iso(0), status, refunds, more };
      send(topic, wooOrderUpdated(order));
    };
    tell("order.created", 0, "processing");
    if (place === 0)
      send(
        chance.oneOf(["subscription.created", "subscription.updated"]),
        wooSubscriptionCreated({ id: subscription, parent: id }),
      );
    const taken = chance.is(0.2) ? chance.upTo(kept.net) : 0;
    const { take, putBack } = leftOf({ net: money.net - taken, tax: money.tax }, chance);
    let status = "processing";
    let last = 0;
    for (let day = 1 + chance.upTo(4); day > 0; day--) {
      const part = chance.is(0.6) ? take() : undefined;
      const [first] = back;
      if (part !== undefined) back = [...back, { id: id * 10 + day, part }];
      else if (first !== undefined && chance.is(0.5)) {
        back = back.slice(1);
        putBack(first.part);
      }
      status = chance.oneOf([
        "completed",
        "completed",
        "completed",
        "on-hold",
        "failed",
        "cancelled",
        "refunded",
      ]);
      last = 10 - day;
      tell("order.updated", last, status, taken);
    }
    // Of which lines a refund is the API alone says, where it was not entered as a bare amount.
    const isByLine = chance.is(0.6);
    const listed = back.map((one) => ({
      id: one.id,
      line_items: isByLine ? [{ total: of(-one.part.net), total_tax: of(-one.part.tax), meta_data: [] }] : [],
    }));
    all.push({ order: id, listed });
    // What is thrown away tells no time: it has to come in turn.
    if (chance.is(0.8)) continue;
    isGone = true;
    send("order.deleted", { id });
    if (chance.is(0.6)) tell("order.restored", last, status, taken);
  }
  const withApi = told.map((one) => {
    const listed = all.find(({ order }) => order === one.body.id)?.listed ?? [];
    return { ...one, body: { ...one.body, listed } };
  });
  return { told: withApi, refunds: all, ...(isGone ? { inTurn: true as const } : {}) };
};
