import type { ShopKind } from "../../server/src/config/shop-config.ts";
import { chargebeePaymentRefunded, chargebeePaymentSucceeded } from "./chargebee-fixtures.ts";
import { gumroadToken } from "./gumroad-api.ts";
import { gumroadPing, gumroadSale } from "./gumroad-fixtures.ts";
import {
  lemonOrderCreated,
  lemonOrderRefunded,
  lemonSubscriptionCreated,
  lemonSubscriptionPayment,
} from "./lemon-squeezy-fixtures.ts";
import { paddleAdjustment, paddleTransactionCompleted } from "./paddle-fixtures.ts";
import { polarEvent, polarOrderPaid, polarOrderRefunded, polarRefundUpdated } from "./polar-fixtures.ts";
import type { AnswerOfApi } from "./shop-apis.ts";
import { moneySet, shopifyDispute, shopifyOrderPaid, shopifyRefundCreated } from "./shopify-fixtures.ts";
import {
  type Json,
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
} from "./stripe-fixtures.ts";
import { stripeRefund } from "./stripe-refund-fixtures.ts";
import { wooOrderUpdated, wooSubscriptionCreated } from "./woocommerce-fixtures.ts";

/** A story whose webhooks may be lost, and what the shop's API tells of it when it is over. */
export interface LostStory {
  name: string;
  kind: ShopKind;
  host: string;
  /** What the configuration says of the API. */
  settings: object;
  tells: (reference: string) => unknown[];
  api: (reference: string) => AnswerOfApi;
  /** The orders, each with what it earns in the end. */
  ends: Record<string, number>;
  /** True where the API does not tell the reference, so that of a lost sale the amounts alone are found. */
  hidesReference?: true;
}

const startMs = 1_763_561_590_000;
const seconds = (day: number) => Math.round(startMs / 1000 + day * 86_400);
const iso = (day: number) => new Date(startMs + day * 86_400_000).toISOString();
const dataOf = (event: Json) => event.data as Json;

/** Stripe tells its events for 30 days, so what it tells is of the last ones before the journey. */
const lately = (day: number) => Math.round(Date.UTC(2026, 9, 25) / 1000 + day * 86_400);
const on = (day: number) => ({ eventId: `evt_${day}`, createdSeconds: lately(day) });
const stripe = (name: string, tells: LostStory["tells"], ends: LostStory["ends"]): LostStory => ({
  ...{ name, kind: "stripe", host: "https://api.stripe.com", settings: { api: { token: "rk_1" } } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => ({
      body: { data: path.startsWith("/v1/events") ? tells(reference).toReversed() : [], has_more: false },
    }),
});
const stripeRe = (day: number, status: string) =>
  stripeRefund({
    ...on(day),
    type: status === "failed" ? "refund.failed" : "refund.updated",
    status,
    amountMinor: 5950,
    createdAtSeconds: lately(2),
  });
const stripeDu = (day: number, status: string) =>
  stripeDispute({
    ...on(day),
    type: status === "won" ? "charge.dispute.closed" : "charge.dispute.created",
    id: "du_1",
    charge: "ch_1",
    paymentIntent: "pi_1",
    amountMinor: 2380,
    status,
  });

const envelope = (day: number) => ({
  eventId: `evt_${String(day).padStart(4, "0")}`,
  occurredAt: iso(day + 300),
});
const adjusted = (day: number, id: string, more: object) =>
  paddleAdjustment({
    ...envelope(day),
    ...{ id, transaction: "txn_1", totalMinor: 2380, subtotalMinor: 2000, ...more },
  });
const paddleTells = (reference: string) => [
  paddleTransactionCompleted({
    ...envelope(0),
    ...{ id: "txn_1", customData: { reference }, subscription: "sub_1" },
  }),
  adjusted(2, "adj_1", { status: "pending_approval" }),
  adjusted(3, "adj_1", {}),
  adjusted(9, "adj_2", { action: "chargeback" }),
  adjusted(40, "adj_3", { action: "chargeback_reverse" }),
  paddleTransactionCompleted({
    ...envelope(60),
    ...{ id: "txn_2", origin: "subscription_recurring", subscription: "sub_1" },
  }),
];

const at = (day: number, name = "") => ({ eventId: `ev_${name}${day}`, occurredAtSeconds: seconds(day) });
const chargebeeTells = (reference: string) => [
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference } }),
  chargebeePaymentRefunded({ ...at(2), id: "txn_2" }),
  chargebeePaymentRefunded({
    ...at(5),
    ...{ id: "txn_2", name: "transaction_updated", transaction: { status: "failure" } },
  }),
  chargebeePaymentRefunded({ ...at(7), id: "txn_3", amountMinor: 2380 }),
  chargebeePaymentSucceeded({ ...at(350), invoice: "INV-2", first: false }),
  chargebeePaymentRefunded({ ...at(360), id: "txn_4", invoice: "INV-2", amountMinor: 5950 }),
];

const polarSold = (reference: string) => ({
  id: "o_1",
  metadata: { reference_id: reference },
  subscription: "s_1",
  billingReason: "subscription_create",
});
const polarRe = (begun: number, day: number, refund: object): Json => {
  const event = polarRefundUpdated({ id: "r_1", order: "o_1", at: iso(day), ...refund });
  return { ...event, data: { ...dataOf(event), created_at: iso(begun), modified_at: iso(day) } };
};
const part = { id: "r_2", amountMinor: 1000, taxMinor: 190 };
const lasting = (reference: string, day: number, refundedMinor: number) =>
  polarEvent("order.updated", {
    ...polarSold(reference),
    ...{ at: iso(day), refundedMinor, refundedTaxMinor: refundedMinor * 0.19 },
    more: { status: refundedMinor > 0 ? "partially_refunded" : "paid", modified_at: iso(day) },
  });
const polarFurther = polarOrderPaid({
  ...{ id: "o_2", subscription: "s_1", billingReason: "subscription_cycle", at: iso(350) },
  more: { checkout_id: null, created_at: iso(350) },
});
const polar = (
  name: string,
  tells: LostStory["tells"],
  last: { orders: (reference: string) => Json[]; refunds: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "polar", host: "https://api.polar.sh", settings: { api: { token: "polar_1" } } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => {
      const items = (path.startsWith("/v1/orders/") ? last.orders(reference) : last.refunds).map(dataOf);
      return { body: { items, pagination: { total_count: items.length, max_page: 1 } } };
    },
});

const lemonBack = (day: number, refundedMinor: number) =>
  lemonOrderRefunded({
    ...{ id: "7", refundedMinor, status: "partial_refund" },
    more: { updated_at: iso(day), refunded_at: iso(day) },
  });
const lemonInvoice = lemonSubscriptionPayment({ id: "61", subscription: 31, at: iso(350) });
const lemonFirst = lemonSubscriptionPayment({ id: "60", subscription: 31, at: iso(0), reason: "initial" });
const lemonInvoiceBack = lemonSubscriptionPayment({
  ...{ id: "61", subscription: 31, at: iso(350), name: "subscription_payment_refunded" },
  ...{ status: "partial_refund", refundedMinor: 5950 },
  more: { updated_at: iso(360), refunded_at: iso(360) },
});
const lemonBegan = lemonSubscriptionCreated({ id: "31", order: 7, at: iso(0) });

const shopifyNumber = 5_421_877_985_512;
const shopifyPaid = (reference: string, day: number, more: Json = {}) =>
  shopifyOrderPaid({ attributes: { reference }, at: iso(0), more: { updated_at: iso(day), ...more } });
const shopifyBack = (day: number, amount: string, more: object = {}) =>
  shopifyRefundCreated({ id: 900 + day, amount, at: iso(day), ...more });
const shopifyDisputed = (status: string, finalizedOn: string | null = null) =>
  shopifyDispute({
    ...{ topic: finalizedOn === null ? "disputes/create" : "disputes/update", amount: "23.80" },
    ...{ status, at: iso(9), finalizedOn },
  });
const edited: Json = {
  current_total_price: "59.50",
  current_total_price_set: moneySet("59.50", "EUR"),
  current_total_tax: "9.50",
  current_total_tax_set: moneySet("9.50", "EUR"),
};
const shopify = (
  name: string,
  tells: LostStory["tells"],
  last: { orders: (reference: string) => Json[]; disputes?: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "shopify", host: "https://acme.myshopify.com" },
  settings: { api: { url: "https://acme.myshopify.com", token: "shpat_1" } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => ({
      body: path.includes("disputes")
        ? { disputes: last.disputes ?? [] }
        : { orders: last.orders(reference) },
    }),
});

const day = (number: number) => iso(number).slice(0, 19);
const wooTold = (reference: string, number: number, order: Parameters<typeof wooOrderUpdated>[0] = {}) =>
  wooOrderUpdated({
    ...{ meta: { reference }, paidAt: day(0), status: "completed", ...order },
    more: { date_modified_gmt: day(number) },
  });
const wooRenewed = (number: number, refunds: { id: number; total: string }[] = []) =>
  wooOrderUpdated({
    ...{ id: 801, meta: { _subscription_renewal: "728" }, paidAt: day(350), status: "completed", refunds },
    more: { date_modified_gmt: day(number) },
  });
const woo = (
  name: string,
  tells: LostStory["tells"],
  last: { any: (reference: string) => Json[]; trash?: (reference: string) => Json[]; subscriptions?: Json[] },
  ends: LostStory["ends"],
): LostStory => ({
  ...{ name, kind: "woocommerce", host: "https://shop.acme.example" },
  settings: { api: { url: "https://shop.acme.example", key: "ck_1", secret: "cs_1" } },
  ...{ tells, ends },
  api:
    (reference) =>
    ({ path }) => {
      if (path.includes("/refunds")) return { body: [] };
      if (path.includes("/subscriptions")) return { body: last.subscriptions ?? [] };
      return { body: (path.includes("status=trash") ? last.trash : last.any)?.(reference) ?? [] };
    },
});

const gumroadSales: Json[] = [
  gumroadSale({
    ...{ id: "sale-1==", partially_refunded: true, amount_refundable_in_currency: "75" },
    ...{ disputed: true, dispute_won: true, subscription_id: "sub==" },
  }),
  gumroadSale({
    ...{ id: "sale-2==", recurring_charge: true, created_at: iso(350), price: 5000 },
    ...{ subscription_id: "sub==", refunded: true },
  }),
];
const gumroadAbout = (resource: string, id = "sale-1==") => gumroadPing({ id, resource });

/** Stories of every shop whose API lists what was sold. */
export const lostStories: LostStory[] = [
  stripe(
    "a refund that fails beside a dispute that is won",
    (reference) => [
      stripeCheckoutCompleted({ ...on(0), id: "cs_1", paymentIntent: "pi_1", reference }),
      stripeChargeRefunded({ ...on(2), id: "ch_1", paymentIntent: "pi_1", refundedMinor: 5950 }),
      stripeRe(2.1, "succeeded"),
      stripeRe(9, "failed"),
      stripeDu(10, "needs_response"),
      stripeDu(20, "won"),
    ],
    { cs_1: 1000 },
  ),
  stripe(
    "a subscription's first invoice and its next one, refunded in part",
    (reference) => [
      stripeCheckoutCompleted({
        ...{ ...on(0), id: "cs_1", mode: "subscription", paymentIntent: null, reference },
        ...{ invoice: "in_1", subscription: "sub_1" },
      }),
      stripeInvoicePaid({
        ...on(1),
        id: "in_1",
        billingReason: "subscription_create",
        subscription: "sub_1",
      }),
      stripeInvoicePaid({
        ...{ ...on(20), id: "in_2", subscription: "sub_1", generation: "acacia" },
        ...{ charge: "ch_2", paymentIntent: "pi_2" },
      }),
      stripeChargeRefunded({ ...on(22), id: "ch_2", paymentIntent: "pi_2", refundedMinor: 2380 }),
    ],
    { cs_1: 1000, in_2: 800 },
  ),
  {
    name: "a refund, a chargeback that is reversed, and a renewal",
    ...{ kind: "paddle", host: "https://api.paddle.com", settings: { api: { token: "pdl_live_1" } } },
    tells: paddleTells,
    api: (reference) => () => ({
      body: {
        data: paddleTells(reference).toReversed(),
        meta: { pagination: { has_more: false, next: null } },
      },
    }),
    ends: { txn_1: 800, txn_2: 1000 },
  },
  {
    name: "a refund that fails, another one, and a renewal of which half goes back",
    ...{ kind: "chargebee", host: "https://acme.chargebee.com" },
    settings: { user: "tallystick", api: { url: "https://acme.chargebee.com", key: "live_1" } },
    tells: chargebeeTells,
    api: (reference) => () => ({ body: { list: chargebeeTells(reference).map((event) => ({ event })) } }),
    ends: { "INV-1042": 800, "INV-2": 500 },
  },
  polar(
    "a refund that fails and another one, told by the order and by themselves",
    (reference) => [
      polarOrderPaid(polarSold(reference)),
      polarRe(2, 2, { amountMinor: 5000, taxMinor: 950 }),
      polarOrderRefunded({
        ...polarSold(reference),
        at: iso(2.1),
        refundedMinor: 5000,
        refundedTaxMinor: 950,
      }),
      polarRe(2, 9, { status: "failed", amountMinor: 5000, taxMinor: 950 }),
      polarRe(12, 12, part),
      polarFurther,
    ],
    {
      orders: (reference) => [lasting(reference, 12, 1000), polarFurther],
      refunds: [polarRe(2, 9, { status: "failed", amountMinor: 5000, taxMinor: 950 }), polarRe(12, 12, part)],
    },
    { o_1: 900, o_2: 1000 },
  ),
  polar(
    "a refund that is cancelled, by the order's own totals alone",
    (reference) => [
      polarOrderPaid(polarSold(reference)),
      lasting(reference, 2, 5000),
      lasting(reference, 9, 0),
      polarFurther,
    ],
    {
      orders: (reference) => [lasting(reference, 9, 0), polarFurther],
      refunds: [polarRe(2, 9, { status: "canceled", amountMinor: 5000, taxMinor: 950 })],
    },
    { o_1: 1000, o_2: 1000 },
  ),
  {
    name: "a total that becomes smaller, and a renewal of which half goes back",
    ...{ kind: "lemon-squeezy", host: "https://api.lemonsqueezy.com", hidesReference: true },
    settings: { api: { token: "lemon_1" } },
    tells: (reference) => [
      lemonOrderCreated({ id: "7", customData: { ref: reference }, at: iso(0) }),
      lemonBegan,
      lemonBack(2, 5950),
      lemonBack(9, 2380),
      lemonInvoice,
      lemonInvoiceBack,
    ],
    api:
      () =>
      ({ path }) => {
        const told = path.startsWith("/v1/orders?")
          ? lemonBack(9, 2380)
          : path.startsWith("/v1/subscriptions?")
            ? lemonBegan
            : lemonInvoiceBack;
        return { body: { data: [told.data], meta: { page: { lastPage: 1, total: 1 } } } };
      },
    ends: { "7": 800, "subscription-invoice-61": 500 },
  },
  {
    name: "an order of which nothing went back, and its first and next payment",
    ...{ kind: "lemon-squeezy", host: "https://api.lemonsqueezy.com", hidesReference: true },
    settings: { api: { token: "lemon_1" } },
    tells: (reference) => [
      lemonOrderCreated({ id: "7", customData: { ref: reference }, at: iso(0) }),
      lemonBegan,
      lemonFirst,
      lemonInvoice,
    ],
    api:
      () =>
      ({ path }) => {
        const told = path.startsWith("/v1/orders?")
          ? [lemonOrderCreated({ id: "7", at: iso(0) })]
          : path.startsWith("/v1/subscriptions?")
            ? [lemonBegan]
            : [lemonInvoice, lemonFirst];
        return { body: { data: told.map(dataOf), meta: { page: { lastPage: 1, total: told.length } } } };
      },
    ends: { "7": 1000, "subscription-invoice-61": 1000 },
  },
  shopify(
    "two refunds of which one fails, and a dispute that is won",
    (reference) => [
      shopifyPaid(reference, 0),
      shopifyBack(2, "59.50"),
      shopifyBack(3, "11.90", { status: "failure" }),
      shopifyPaid(reference, 3, {
        financial_status: "partially_refunded",
        refunds: [shopifyBack(2, "59.50"), shopifyBack(3, "11.90", { status: "failure" })],
      }),
      shopifyDisputed("needs_response"),
      shopifyDisputed("won", iso(40)),
    ],
    {
      orders: (reference) => [
        shopifyPaid(reference, 3, {
          financial_status: "partially_refunded",
          refunds: [shopifyBack(2, "59.50"), shopifyBack(3, "11.90", { status: "failure" })],
        }),
      ],
      disputes: [shopifyDisputed("won", iso(40))],
    },
    { [shopifyNumber]: 500 },
  ),
  shopify(
    "an order that is edited to less, the difference paid back, and a dispute that is lost",
    (reference) => [
      shopifyPaid(reference, 0),
      shopifyPaid(reference, 3, edited),
      shopifyBack(4, "59.50"),
      shopifyPaid(reference, 4, { ...edited, refunds: [shopifyBack(4, "59.50")] }),
      shopifyDisputed("needs_response"),
      shopifyDisputed("lost", iso(40)),
    ],
    {
      orders: (reference) => [shopifyPaid(reference, 4, { ...edited, refunds: [shopifyBack(4, "59.50")] })],
      disputes: [shopifyDisputed("lost", iso(40))],
    },
    { [shopifyNumber]: 300 },
  ),
  woo(
    "a refund that is deleted and entered anew, and a renewal of which half goes back",
    (reference) => [
      wooTold(reference, 0),
      wooTold(reference, 2, { refunds: [{ id: 810, total: "-59.50" }] }),
      wooTold(reference, 3),
      wooTold(reference, 4, { refunds: [{ id: 811, total: "-23.80" }] }),
      wooSubscriptionCreated(),
      wooRenewed(360, [{ id: 812, total: "-59.50" }]),
    ],
    {
      any: (reference) => [
        wooTold(reference, 4, { refunds: [{ id: 811, total: "-23.80" }] }),
        wooRenewed(360, [{ id: 812, total: "-59.50" }]),
      ],
      subscriptions: [wooSubscriptionCreated()],
    },
    { "727": 800, "801": 500 },
  ),
  woo(
    "a dispute that is lost, and an order that is thrown away",
    (reference) => [
      wooTold(reference, 0),
      wooTold(reference, 5, { status: "on-hold" }),
      wooTold(reference, 40, { status: "failed" }),
      wooTold(reference, 1, { id: 730 }),
      wooTold(reference, 6, { id: 730, status: "trash" }),
    ],
    {
      any: (reference) => [wooTold(reference, 40, { status: "failed" })],
      trash: (reference) => [wooTold(reference, 6, { id: 730, status: "trash" })],
    },
    { "727": 0, "730": 0 },
  ),
  {
    name: "a part refunded, a dispute that is won, and a renewal that goes back",
    ...{ kind: "gumroad", host: "https://api.gumroad.com", hidesReference: true },
    settings: { apiToken: gumroadToken },
    tells: (ref) => [
      gumroadPing({ id: "sale-1==", params: { ref }, subscription: "sub==" }),
      gumroadAbout("refund"),
      gumroadAbout("dispute"),
      gumroadAbout("dispute_won"),
      gumroadPing({ id: "sale-2==", recurring: true, subscription: "sub==", priceCents: 5000, at: iso(350) }),
      gumroadAbout("refund", "sale-2=="),
    ],
    api:
      () =>
      ({ path }) => {
        const one = /^\/v2\/sales\/([^?]+)/.exec(path)?.[1];
        const sale = gumroadSales.find(({ id }) => id === decodeURIComponent(one ?? ""));
        if (one !== undefined) return { body: { success: true, sale } };
        return { body: { success: true, sales: gumroadSales.toReversed() } };
      },
    ends: { "sale-1==": 750, "sale-2==": 0 },
  },
];
