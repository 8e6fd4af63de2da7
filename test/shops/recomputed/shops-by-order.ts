import {
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../chargebee-fixtures.ts";
import { gumroadPing, gumroadSale } from "../gumroad-fixtures.ts";
import { ownPurchaseCompleted, ownPurchaseDisputed, ownPurchaseRefunded } from "../own-shop-fixtures.ts";
import { shopifyDispute, shopifyEvent, shopifyOrderPaid, shopifyRefundCreated } from "../shopify-fixtures.ts";
import type { Json } from "../stripe-fixtures.ts";
import { wooOrderUpdated } from "../woocommerce-fixtures.ts";
import { type About, digits, type History, iso, leftOf, major, seconds } from "./history.ts";

/** A history at this shop. */
export const shopify = ({ n, reference, net, tax, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  const tell = (topic: string, body: Json) => told.push({ topic, body, payload: body });
  const of = (minor: number) => major(minor, currency);
  let day = 0;
  const order = 5_000_000 + n;
  const sale = { id: order, currency, total: of(net + tax), tax: of(tax), attributes: { reference } };
  tell("orders/paid", shopifyOrderPaid({ ...sale, more: { updated_at: iso(day) } }));
  // It may have grown by an edit, and was paid again.
  const grown = chance.is(0.2) ? 1 + chance.upTo(5000) : 0;
  const edited = { ...sale, total: of(net + tax + grown), more: { updated_at: iso(++day) } };
  if (grown > 0) tell("orders/paid", shopifyOrderPaid(edited));
  let left = net + tax + grown;
  for (let step = chance.upTo(3); step > 0 && left > 0; step--) {
    const amount = 1 + chance.upTo(left - 1);
    left -= amount;
    const refund = { id: n * 10 + step, order, currency, amount: of(amount), at: iso(++day) };
    tell("refunds/create", shopifyRefundCreated(refund));
    if (chance.is(0.7)) continue;
    left += amount;
    const failed = { ...shopifyRefundCreated({ ...refund, status: "failure" }) };
    const changed = { id: order, updated_at: iso(++day), currency, refunds: [failed] };
    tell("orders/updated", shopifyEvent("orders/updated", changed));
  }
  if (chance.is(0.3)) {
    const dispute = { order, amount: of(net + tax + grown), at: iso(++day) };
    const telling = (more: object) => ({ ...shopifyDispute({ ...dispute, ...more }), id: n, currency });
    tell("disputes/create", telling({}));
    for (const status of chance.oneOf([[], ["won"], ["lost"]]))
      tell("disputes/update", telling({ topic: "disputes/update", status, finalizedOn: iso(++day) }));
  }
  return { order: String(order), told };
};

/** A history at this shop. */
export const woocommerce = ({ n, reference, net, tax, chance }: About): History => {
  const currency = chance.oneOf(["EUR", "JPY", "KWD"]);
  const told: History["told"] = [];
  const of = (minor: number) => major(minor, currency);
  let refunds: { id: number; total: string }[] = [];
  let left = net + tax;
  const tell = (day: number, status: string) => {
    const more = { date_modified_gmt: iso(day).slice(0, 19) };
    const order = {
      id: n,
      currency,
      total: of(net + tax),
      tax: of(tax),
      meta: { reference },
      paidAt: iso(0),
    };
    const body = wooOrderUpdated({ ...order, status, refunds, more });
    told.push({ topic: "order.updated", body, payload: body });
  };
  tell(0, "processing");
  for (let day = 1 + chance.upTo(4); day > 0; day--) {
    const amount = left > 0 && chance.is(0.6) ? 1 + chance.upTo(left - 1) : 0;
    if (amount > 0) refunds = [...refunds, { id: n * 10 + day, total: `-${of(amount)}` }];
    else if (chance.is(0.5)) refunds = refunds.slice(1);
    left =
      net +
      tax -
      refunds.reduce((sum, { total }) => sum - Math.round(Number(total) * 10 ** (digits[currency] ?? 2)), 0);
    tell(10 - day, chance.oneOf(["completed", "completed", "completed", "on-hold", "failed", "cancelled"]));
  }
  return { order: String(n), told };
};

/** A history at this shop. */
export const chargebee = (about: About): History => {
  const { n, reference, net, tax, chance } = about;
  const told: History["told"] = [];
  const tell = (body: Json) => told.push({ topic: String(body.event_type), body, payload: body });
  let day = 0;
  const on = () => ({ eventId: `ev_${n}_${++day}`, occurredAtSeconds: seconds(day) });
  const invoice = `INV-${n}`;
  const sale = { invoice, totalMinor: net + tax, taxMinor: tax, subscription: `sub_${n}` };
  tell(chargebeePaymentSucceeded({ ...sale, fields: { cf_reference: reference }, ...on() }));
  const { take, putBack } = leftOf(about);
  for (let step = chance.upTo(3); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const line = { reference_line_item_id: "li_169vvoU3YUvpW", amount: taken.net, tax_amount: taken.tax };
    const note = chance.is(0.6) ? { note: { total: taken.net + taken.tax, line_items: [line] } } : {};
    const refund = { id: `txn_${n}_${step}`, invoice, amountMinor: taken.net + taken.tax, ...note };
    tell(chargebeePaymentRefunded({ ...refund, ...on() }));
    if (chance.is(0.7)) continue;
    putBack(taken);
    const failed = { name: "transaction_updated", transaction: { status: "failure" } };
    tell(chargebeePaymentRefunded({ ...refund, ...failed, ...on() }));
  }
  // Its payment may be lost for a while.
  const lost = chance.is(0.2) && { id: invoice, total: net + tax, status: "not_paid" };
  if (lost) tell(chargebeeInvoiceEvent("invoice_updated", lost, on()));
  const again = { ...lost, status: "paid", linked_payments: [{ txn_status: "failure" }] };
  if (lost && chance.is(0.5)) tell(chargebeeInvoiceEvent("invoice_updated", again, on()));
  return { order: invoice, told };
};

/** A history at this shop. */
export const gumroad = ({ n, reference, net, chance }: About): History => {
  const id = `sale-${n}`;
  const paid = 1 + chance.upTo(999);
  const left = chance.upTo(paid);
  const back = chance.is(0.5) && { partially_refunded: true, amount_refundable_in_currency: String(left) };
  const whole = !back && chance.is(0.2) && { refunded: true };
  const disputed = chance.is(0.3) && { disputed: true, dispute_won: chance.is(0.5) };
  const state = {
    id,
    price: net,
    formatted_total_price: `$${paid}`,
    amount_refundable_in_currency: String(paid),
  };
  const api = gumroadSale({ ...state, ...(back || {}), ...(whole || {}), ...(disputed || {}) });
  const more = { license_key: `LICENCE-${n}`, email: `buyer-${n}@customer.example` };
  const ping = (resource: string) =>
    gumroadPing({ id, resource, priceCents: net, params: { ref: reference }, more });
  const resources = [
    "sale",
    ...(back || whole ? ["refund"] : []),
    ...(disputed ? ["dispute"] : []),
    ...(disputed && disputed.dispute_won === true ? ["dispute_won"] : []),
  ];
  // Its API alone tells how much: each ping is read as the sale stands by then.
  return { order: id, api, told: resources.map((topic) => ({ topic, body: api, payload: ping(topic) })) };
};

/** A history at this shop. */
export const own = (about: About): History => {
  const { n, reference, net, tax, chance } = about;
  const told: History["told"] = [];
  const tell = (body: Json) => told.push({ topic: String(body.type), body, payload: body });
  let day = 0;
  const order = `A-${n}`;
  const sale = {
    order,
    cycle: "new",
    licence: null,
    coupon: null,
    reference,
    lines: undefined,
    customer: undefined,
  };
  if (chance.is(0.3))
    tell(ownPurchaseCompleted({ ...sale, netMinor: net + 500, taxMinor: tax, changedAt: iso(++day) }));
  tell(ownPurchaseCompleted({ ...sale, netMinor: net, taxMinor: tax, changedAt: iso(++day) }));
  const { take, putBack } = leftOf(about);
  for (let step = chance.upTo(4); step > 0; step--) {
    const taken = take();
    if (taken === undefined) continue;
    const apart = chance.is(0.5) ? { netMinor: taken.net } : {};
    const refund = { order, refund: `R-${n}-${step}`, amountMinor: taken.net + taken.tax, ...apart };
    const statuses = chance.oneOf([["done"], ["pending", "done"], ["done", "failed"], ["done", "deleted"]]);
    for (const status of statuses) tell(ownPurchaseRefunded({ ...refund, status, refundedAt: iso(++day) }));
    if (statuses.at(-1) !== "done") putBack(taken);
  }
  if (chance.is(0.3)) {
    const dispute = { order, dispute: `D-${n}`, amountMinor: 1 + chance.upTo(net + tax - 1) };
    for (const status of chance.oneOf([["opened"], ["opened", "won"], ["opened", "won", "lost"]]))
      tell(ownPurchaseDisputed({ ...dispute, status, disputedAt: iso(++day) }));
  }
  return { order, told };
};
