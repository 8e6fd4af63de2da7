/** The second reading of the shops that tell an order, an invoice or a sale as it stands. */

import type { Json, Story, Telling } from "./told-values.ts";
import { list, major, num, obj, share, stories, sum, sumOf } from "./told-values.ts";

/** https://shopify.dev/docs/api/admin-rest/latest/resources */
export function shopify(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  const currencies = new Map<Story, unknown>();
  // Gift cards are money for later: no part of what was sold, nor of what went back.
  const cards = new Set<unknown>();
  // Of an amount that is told in two currencies the customer's counts.
  const hers = (body: Json, name: string) =>
    obj(obj(body[`${name}_set`]).presentment_money).amount ?? body[name];
  const refunded = (story: Story, one: Json) => {
    const minor = (amount: unknown) => major(amount, currencies.get(story));
    const moved = list(one.transactions).filter(({ status }) => status !== "failure");
    const items = list(one.refund_line_items);
    const ofCards = sum(
      items.map((item) => (cards.has(item.line_item_id) ? minor(hers(item, "subtotal")) : 0)),
    );
    const gross = sum(moved.map(({ amount }) => minor(amount))) - ofCards;
    // Shipping is told as an adjustment, as lines of its own, or both ways.
    const shipping = list(one.refund_shipping_lines);
    const others = list(one.order_adjustments).filter(
      ({ kind }) => shipping.length === 0 || kind !== "shipping_refund",
    );
    const parts = [
      ...items.map((item) => hers(item, "subtotal")),
      ...shipping.map((line) => hers(line, "subtotal_amount")),
      ...others.map((other) => hers(other, "amount")),
    ];
    const net = parts.length === 0 ? {} : { net: sum(parts.map(minor)) - ofCards };
    story.gone.set(one.id, moved.length === 0 ? undefined : { gross, ...net });
  };
  for (const { topic, body } of told) {
    if (topic.startsWith("subscription_")) continue;
    const story = of(topic.startsWith("orders/") ? body.id : body.order_id);
    if (topic === "orders/paid") {
      const currency = obj(obj(body.total_price_set).presentment_money).currency_code ?? body.currency;
      currencies.set(story, currency);
      // What it comes to now, after edits.
      const tax = major(hers(body, "current_total_tax"), currency);
      const bought = list(body.line_items).filter((line) => line.gift_card);
      for (const { id } of bought) cards.add(id);
      const card = sum(bought.map((line) => major(hers(line, "price"), currency)));
      Object.assign(story, { net: major(hers(body, "current_total_price"), currency) - tax - card, tax });
    }
    for (const one of topic === "refunds/create" ? [body] : list(body.refunds)) refunded(story, one);
    // An inquiry moves no money, and what the vendor paid back instead is told by the refund.
    const isOpen = body.type === "chargeback" && !/^(won|charge_refunded)$/.test(String(body.status));
    const gross = major(body.amount, body.currency);
    if (topic.startsWith("disputes/")) story.gone.set("dispute", isOpen ? { gross } : undefined);
  }
  return found;
}

/** https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/ */
export function woocommerce(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  for (const { topic, body } of told) {
    if (topic.startsWith("subscription.")) continue;
    const { id, total, total_tax, currency, status, refunds, listed: byApi } = body;
    const story = of(id);
    if (topic !== "order.deleted") {
      const tax = major(total_tax, currency);
      Object.assign(story, { net: major(total, currency) - tax, tax });
    }
    const listed = sum(list(refunds).map((one) => major(one.total, currency)));
    // An order that is called refunded, with no list that says how much, was refunded whole.
    const isOff =
      /^(failed|cancelled|on-hold)$/.test(String(status)) || (status === "refunded" && listed === 0);
    const whole = isOff || topic === "order.deleted";
    // Of a refund by line the API says what is tax; it lists refunds as they stand at the end.
    const lines = list(byApi).flatMap((one) => list(one.line_items));
    const minor = (name: string) => sum(lines.map((one) => major(one[name], currency)));
    const isKnown = !whole && listed > 0 && minor("total") + minor("total_tax") === listed;
    const gross = whole ? story.net + story.tax : listed;
    story.gone.set("state", { gross, whole, ...(isKnown ? { net: minor("total") } : {}) });
  }
  return found;
}

/** https://app.gumroad.com/api, of each sale as it stands at the end. */
export function gumroad(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  const cents = (text: unknown) => Math.round(Number(/[0-9.]+/.exec(String(text))?.[0]) * 100);
  for (const { body: sale } of told) {
    const story = of(sale.id);
    // A trial costs nothing until its first charge, and a gift is told to whoever got it at no price.
    const isTrial = sale.free_trial_ends_on !== undefined && !sale.recurring_charge;
    const net = isTrial ? 0 : num(sale.is_gift_receiver_purchase ? sale.gift_price : sale.price);
    story.net = net;
    const paid = cents(sale.formatted_total_price);
    const part = share(net, paid - cents(sale.amount_refundable_in_currency), paid);
    story.gone.set("refund", {
      gross: sale.refunded ? net : sale.partially_refunded ? part : 0,
      whole: sale.refunded === true,
    });
    const isHeld = (sale.disputed || sale.chargedback) && !sale.dispute_won;
    story.gone.set("dispute", isHeld ? { gross: net } : undefined);
  }
  return found;
}

/** `docs/shops/own-shop.md` */
export function own(told: Telling[]): Map<string, Story> {
  const { of, found } = stories();
  for (const { topic, body } of told) {
    const { order, refund, dispute, status, amountMinor, netMinor, taxMinor, lines } = obj(body.data);
    const story = of(order);
    // Money for later is no part of what was sold, nor of what went back.
    const cards = list(lines).filter(({ kind, line }) => kind === "prepaid" || line === "card");
    const card = sumOf(cards, "netMinor");
    if (topic === "purchase.completed")
      Object.assign(story, { net: num(netMinor) - card, tax: num(taxMinor) });
    else {
      const apart = netMinor === undefined ? {} : { net: num(netMinor) - card };
      const isOff = /^(failed|cancelled|deleted|won)$/.test(String(status));
      story.gone.set(refund ?? dispute, isOff ? undefined : { gross: num(amountMinor) - card, ...apart });
    }
  }
  return found;
}
