import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order } from "../order.ts";
import { currency } from "../plan.ts";
import { carriedBy } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret, nowSeconds } from "./text-signature.ts";

const user = "acme";

/** Chargebee: https://apidocs.chargebee.com/docs/api/events. It signs nothing: its webhooks come with a password. */
export const chargebee: ShopVoice = {
  name: "Chargebee",
  remark: "Its webhooks carry a password instead of a signature, and it has no event for a dispute.",
  settings: { testMode: true, user },
  newSecret: () => newTextSecret(),
  newOrderId: () => `INV-${randomInt(100_000, 1_000_000)}`,
  paid: (order) =>
    chargebeeEvent("payment_succeeded", {
      transaction: { ...transactionOf(grossOf(order)), type: "payment" },
      invoice: invoiceOf(order),
      customer: { first_name: "A.", last_name: "Painter", email: order.email, object: "customer" },
    }),
  refunded: (order, amountMinor) =>
    chargebeeEvent("payment_refunded", {
      transaction: { ...transactionOf(amountMinor), type: "refund" },
      credit_note: { reference_invoice_id: order.id, total: amountMinor, object: "credit_note" },
    }),
  sign: (_, secret) => ({ authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` }),
};

/** Chargebee's own gateway takes test cards, and nothing else. */
const transactionOf = (amountMinor: number) => ({
  id: `txn_${randomBytes(8).toString("hex")}`,
  gateway: "chargebee",
  amount: amountMinor,
  currency_code: currency,
  status: "success",
  object: "transaction",
});

/** What a checkout carries stands in custom fields, whose names begin with `cf_`. */
function invoiceOf(order: Order): Record<string, unknown> {
  const carried = Object.entries(carriedBy(order)).map(([name, value]) => [`cf_${name}`, value]);
  return {
    id: order.id,
    status: "paid",
    recurring: false,
    currency_code: currency,
    total: grossOf(order),
    tax: order.taxMinor,
    amount_paid: grossOf(order),
    discounts:
      order.coupon === undefined
        ? []
        : [{ entity_type: "document_level_coupon", entity_id: order.coupon, amount: 0 }],
    object: "invoice",
    ...Object.fromEntries(carried),
  };
}

function chargebeeEvent(event_type: string, content: Record<string, unknown>): ShopEvent {
  const id = `ev_${randomBytes(8).toString("hex")}`;
  const event = { id, occurred_at: nowSeconds(), object: "event", api_version: "v2", content, event_type };
  return { id, type: event_type, text: JSON.stringify(event) };
}
