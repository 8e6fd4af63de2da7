import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { createOrderBook, newRefund, type Order } from "../order.ts";
import { plans } from "../plan.ts";
import type { ShopEvent } from "./shop-voice.ts";
import { stripe } from "./stripe.ts";

const secret = "whsec_of_the_test_of_the_store";

function order(): Order {
  const [plan] = plans;
  if (plan === undefined) throw new Error("no plan");
  const buyer = { name: "A. Painter", email: "painter@example.com", licence: "L-1", reference: "r-1" };
  const [taken] = createOrderBook({ newId: stripe.newOrderId, oneArticle: () => false }).take({
    attempt: "a",
    shop: "stripe",
    plan,
    ...buyer,
  }).orders;
  if (taken === undefined) throw new Error("no order");
  return taken;
}

function disputed(status: "open" | "lost"): ShopEvent {
  const event = stripe.disputed?.(order(), { id: "dp_1", status });
  if (event === undefined) throw new Error("no event");
  return event;
}

/** As a receiver that uses Stripe's own package reads it. */
function readByStripe({ text }: ShopEvent) {
  const header = Stripe.webhooks.generateTestHeaderString({ payload: text, secret });
  const event = Stripe.webhooks.constructEvent(text, header, secret);
  return { type: event.type as string, object: event.data.object as unknown as Record<string, unknown> };
}

describe("the store's Stripe events", () => {
  test("a sale is a paid session with tax apart, the reference and the licence", () => {
    const { type, object } = readByStripe(stripe.paid(order()));
    expect(type).toBe("checkout.session.completed");
    expect(object).toMatchObject({
      payment_status: "paid",
      amount_total: 4800,
      total_details: { amount_tax: 800 },
      currency: "eur",
      client_reference_id: "r-1",
      customer_details: { email: "painter@example.com" },
      metadata: { product: "acme-paint", licence: "L-1" },
    });
  });

  test("a refund tells all that was given back so far, and one that failed is told by itself", () => {
    const sold = order();
    const giveBack = (amountMinor: number) => {
      const refund = newRefund(sold, amountMinor);
      sold.refunds.push(refund);
      return refund;
    };
    const first = giveBack(2400);
    expect(readByStripe(stripe.refunded(sold, first)).object).toMatchObject({
      amount_refunded: 2400,
      refunded: false,
    });
    const rest = giveBack(2400);
    expect(readByStripe(stripe.refunded(sold, rest)).object).toMatchObject({
      amount_refunded: 4800,
      refunded: true,
    });
    rest.failedAt = new Date();
    const failed = stripe.refundFailed?.(sold, rest);
    if (failed === undefined) throw new Error("no event");
    const { type, object } = readByStripe(failed);
    expect([type, object.status, object.amount]).toEqual(["refund.failed", "failed", 2400]);
  });

  test("a dispute keeps its id from opening to closing", () => {
    const opened = readByStripe(disputed("open"));
    const lost = readByStripe(disputed("lost"));
    expect([opened.type, opened.object.status]).toEqual(["charge.dispute.created", "needs_response"]);
    expect([lost.type, lost.object.status, lost.object.id]).toEqual([
      "charge.dispute.closed",
      "lost",
      "dp_1",
    ]);
  });
});
