/**
 * A second reading of what shops tell, from their own documents (docs/shops names them) and from nothing of the
 * receiver's: it imports none of it. It reads a whole history in the order of the shop's clock, where the receiver reads
 * event by event in any order.
 */

import type { Gone, Json, Movements } from "./told-values.ts";
import { goneIn, list, major, num, obj, ofStripe, share, sum } from "./told-values.ts";

/** What a history of one order came to. */
type Story = { net: number; tax: number; gone: Gone[] };
type Telling = { topic: string; body: Json };

const readers: Record<string, (told: Telling[]) => Story> = {
  stripe(told) {
    const story: Story = { net: 0, tax: 0, gone: [] };
    const moved: Movements = new Map();
    let total = 0;
    for (const { topic, body } of told) {
      const object = obj(obj(body.data).object);
      const minor = (amount: unknown) => ofStripe(amount, object.currency);
      if (topic === "checkout.session.completed") {
        story.tax = minor(obj(object.total_details).amount_tax);
        story.net = minor(object.amount_total) - story.tax;
      }
      if (topic === "charge.refunded") total = minor(object.amount_refunded);
      if (topic === "refund.failed") total -= minor(object.amount);
      if (topic.startsWith("charge.dispute"))
        moved.set(object.id, object.status === "won" ? undefined : { gross: minor(object.amount) });
      if (!topic.startsWith("credit_note")) continue;
      const gross = minor(object.out_of_band_amount);
      const net = share(gross, minor(object.total_excluding_tax), minor(object.total));
      moved.set(object.id, object.status === "void" ? undefined : { gross, net });
    }
    // What a credit balance paid of the invoice is no part of it, whatever the session said.
    const invoice = told.find(({ topic }) => topic === "invoice.paid");
    const { amount_due, total: whole, tax } = obj(obj(invoice?.body.data).object);
    if (invoice) story.tax = share(num(tax), num(amount_due), num(whole));
    if (invoice) story.net = num(amount_due) - story.tax;
    return { ...story, gone: [{ gross: total }, ...goneIn(moved)] };
  },
  paddle(told) {
    const totals = obj(obj(obj(told[0]?.body.data).details).totals);
    const gone: Movements = new Map();
    for (const { body } of told.slice(1)) {
      const { id, action, status, totals } = obj(body.data);
      const sign = action === "chargeback_reverse" ? -1 : 1;
      const [gross, net] = [sign * num(obj(totals).total), sign * num(obj(totals).subtotal)];
      gone.set(id, status === "approved" ? { gross, net } : undefined);
    }
    return { net: num(totals.total) - num(totals.tax), tax: num(totals.tax), gone: goneIn(gone) };
  },
  fastspring(told) {
    const [sold = {}, ...returns] = told.map(({ body }) => obj(list(body.events)[0]?.data));
    const order = sold.sequence === undefined ? sold : obj(sold.order);
    const of = (amount: unknown) => major(amount, order.currency);
    const gone = returns.map(({ totalReturn: all, tax }) => ({ gross: of(all), net: of(all) - of(tax) }));
    return { net: of(order.total) - of(order.tax), tax: of(order.tax), gone };
  },
  "lemon-squeezy"(told) {
    const orders = told.filter(({ topic }) => topic.startsWith("order_")).map(({ body }) => obj(body.data));
    const { total, tax, refunded_amount } = obj(orders.at(-1)?.attributes);
    return { net: num(total) - num(tax), tax: num(tax), gone: [{ gross: num(refunded_amount) }] };
  },
  polar(told) {
    const under: Movements = new Map();
    let total: Json = {};
    for (const { topic, body } of told) {
      const data = obj(body.data);
      const [net, gross] = [num(data.amount), num(data.amount) + num(data.tax_amount)];
      if (topic.startsWith("order.")) total = data;
      // What is under way is in no total of the order.
      else under.set(data.id, data.status === "pending" ? { gross, net } : undefined);
    }
    const net = num(total.refunded_amount);
    const gone = [{ gross: net + num(total.refunded_tax_amount), net }, ...goneIn(under)];
    return { net: num(total.net_amount), tax: num(total.tax_amount), gone };
  },
  shopify(told) {
    const order = told.findLast(({ topic }) => topic === "orders/paid")?.body ?? {};
    const gone: Movements = new Map();
    const of = (amount: unknown) => major(amount, order.currency);
    const paidBack = (refund: Json) => list(refund.transactions).filter(({ status }) => status === "success");
    for (const { topic, body } of told) {
      for (const one of topic === "refunds/create" ? [body] : list(body.refunds))
        gone.set(one.id, { gross: sum(paidBack(one).map(({ amount }) => of(amount))) });
      if (topic.startsWith("disputes/"))
        gone.set("dispute", body.status === "won" ? undefined : { gross: of(body.amount) });
    }
    const tax = of(order.total_tax);
    return { net: of(order.total_price) - tax, tax, gone: goneIn(gone) };
  },
  woocommerce(told) {
    const { total, total_tax, currency, status, refunds } = told.at(-1)?.body ?? {};
    const tax = major(total_tax, currency);
    const net = major(total, currency) - tax;
    const isOff = /^(failed|cancelled|on-hold)$/.test(String(status));
    const gross = isOff ? net + tax : sum(list(refunds).map((one) => major(one.total, currency)));
    return { net, tax, gone: [{ gross }] };
  },
  chargebee(told) {
    const invoice = obj(obj(told[0]?.body.content).invoice);
    const gone: Movements = new Map();
    for (const { topic, body } of told.slice(1)) {
      const { transaction, credit_note, invoice: now } = obj(body.content);
      const { id, amount, status } = obj(transaction);
      const lines = list(obj(credit_note).line_items);
      const net = lines.length === 0 ? {} : { net: sum(lines.map((one) => num(one.amount))) };
      gone.set(id, status === "success" ? { gross: num(amount), ...net } : undefined);
      if (topic === "invoice_updated")
        gone.set("unpaid", obj(now).status === "paid" ? undefined : { gross: num(obj(now).total) });
    }
    return { net: num(invoice.amount_paid) - num(invoice.tax), tax: num(invoice.tax), gone: goneIn(gone) };
  },
  gumroad(told) {
    const sale = told.at(-1)?.body ?? {};
    const price = num(sale.price);
    const paid = num(String(sale.formatted_total_price).slice(1)) * 100;
    const left = num(sale.amount_refundable_in_currency) * 100;
    const back = sale.refunded ? price : sale.partially_refunded ? share(price, paid - left, paid) : 0;
    const held = sale.disputed && !sale.dispute_won ? price : 0;
    return { net: price, tax: 0, gone: [{ gross: back }, { gross: held }] };
  },
  "standard-webhooks"(told) {
    const sold = obj(told.findLast(({ topic }) => topic === "purchase.completed")?.body.data);
    const gone: Movements = new Map();
    for (const { topic, body } of told) {
      const { refund, dispute, status, amountMinor, netMinor } = obj(body.data);
      const amounts = { gross: num(amountMinor), ...(netMinor === undefined ? {} : { net: num(netMinor) }) };
      const isOff = /^(failed|cancelled|deleted|won)$/.test(String(status));
      if (topic !== "purchase.completed") gone.set(refund ?? dispute, isOff ? undefined : amounts);
    }
    return { net: num(sold.netMinor), tax: num(sold.taxMinor), gone: goneIn(gone) };
  },
};

/** What a tenth of an order's net has come to, of what was paid and kept. `forgetsTax` is a reader that is wrong. */
export function earnedAgain(kind: string, told: Telling[], { forgetsTax = false } = {}) {
  const { net, tax, gone } = readers[kind]?.(told) ?? { net: 0, tax: 0, gone: [] };
  const gross = sum(gone.map((one) => one.gross));
  const knownNet = sum(gone.map((one) => one.net ?? 0));
  const knownGross = sum(gone.map((one) => (one.net === undefined ? 0 : one.gross)));
  const netLeft = Math.max(0, net - knownNet);
  const left = netLeft + (forgetsTax ? 0 : Math.max(0, tax - (knownGross - knownNet)));
  const rest = left === 0 ? 0 : share(netLeft, gross - knownGross, left);
  const lost = gross >= net + tax ? net : Math.min(net, knownNet + rest);
  const earned = share(net, 1, 10);
  return { netMinor: net, earnedMinor: lost === net ? 0 : earned - share(earned, lost, net) };
}
