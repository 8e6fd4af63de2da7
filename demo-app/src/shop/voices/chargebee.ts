import { randomBytes, randomInt } from "node:crypto";
import { grossOf, type Order, type OrderLine, type Refund } from "../order.ts";
import { brushPack, currency } from "../plan.ts";
import { carriedBy, settledAt, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret } from "./text-signature.ts";

const user = "acme";
const articleId = textArticle("");

/** Chargebee: https://apidocs.chargebee.com/docs/api/events. It signs nothing: its webhooks come with a password. */
export const chargebee: ShopVoice = {
  name: "Chargebee",
  remark: "Its webhooks carry a password instead of a signature, and it has no event for a dispute.",
  tellsLines: true,
  refundsByLine: true,
  articleId,
  settings: { testMode: true, user },
  newSecret: () => newTextSecret(),
  newOrderId: () => `INV-${randomInt(100_000, 1_000_000)}`,
  paid: (order) =>
    chargebeeEvent("payment_succeeded", {
      transaction: { ...transactionOf(newTransaction(), grossOf(order)), type: "payment" },
      invoice: invoiceOf(order),
      customer: { first_name: "A.", last_name: "Painter", email: order.email, object: "customer" },
    }),
  refunded: (order, refund) => refundEvent("payment_refunded", order, refund),
  refundFailed: (order, refund) => refundEvent("transaction_updated", order, refund),
  sign: (_, secret) => ({ authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` }),
};

/** Chargebee's own gateway takes test cards, and nothing else. */
const transactionOf = (id: string, amountMinor: number) => ({
  id,
  gateway: "chargebee",
  amount: amountMinor,
  currency_code: currency,
  status: "success",
  object: "transaction",
});

const newTransaction = (): string => `txn_${randomBytes(8).toString("hex")}`;

/** A refund is a transaction, whose status says where it stands, and a credit note, which says what it was for. */
function refundEvent(type: string, order: Order, refund: Refund): ShopEvent {
  const { id, line, failedAt } = refund;
  const total = grossOf(refund);
  return chargebeeEvent(
    type,
    {
      transaction: {
        ...transactionOf(`txn_${id}`, total),
        type: "refund",
        ...(failedAt === undefined ? {} : { status: "failure" }),
        linked_credit_notes: [
          {
            cn_id: `CN-${id}`,
            applied_amount: total,
            cn_reference_invoice_id: order.id,
            cn_status: "refunded",
          },
        ],
      },
      credit_note: {
        id: `CN-${id}`,
        reference_invoice_id: order.id,
        price_type: "tax_exclusive",
        total,
        line_items:
          line === undefined
            ? []
            : [{ ...invoiceLine(order)(line), reference_line_item_id: lineId(order, line) }],
        object: "credit_note",
      },
    },
    settledAt(refund),
  );
}

const lineId = (order: Order, { number }: OrderLine): string => `li_${order.id}_${number}`;

const invoiceLine =
  (order: Order) =>
  (line: OrderLine): Record<string, unknown> => ({
    id: lineId(order, line),
    quantity: line.quantity,
    unit_amount: line.article.netMinor,
    amount: line.netMinor,
    discount_amount: 0,
    tax_amount: line.taxMinor,
    description: line.article.name,
    entity_type: line.article === brushPack ? "addon_item_price" : "plan_item_price",
    entity_id: articleId(line.article),
    object: "line_item",
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
    price_type: "tax_exclusive",
    line_items: order.lines.map(invoiceLine(order)),
    discounts:
      order.coupon === undefined
        ? []
        : [{ entity_type: "document_level_coupon", entity_id: order.coupon, amount: 0 }],
    object: "invoice",
    ...Object.fromEntries(carried),
  };
}

function chargebeeEvent(event_type: string, content: Record<string, unknown>, at = new Date()): ShopEvent {
  const id = `ev_${randomBytes(8).toString("hex")}`;
  const event = {
    id,
    occurred_at: Math.floor(at.getTime() / 1000),
    object: "event",
    api_version: "v2",
    content,
    event_type,
  };
  return { id, type: event_type, text: JSON.stringify(event) };
}
