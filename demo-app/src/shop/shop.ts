import Stripe from "stripe";
import type { Addresses } from "../addresses.ts";
import { noticeHeader, signNotice } from "../licence-notice.ts";
import { createCourier, type Delivery } from "./courier.ts";
import {
  createOrderBook,
  type Order,
  type OrderBook,
  type OrderRequest,
  refundableOf,
  stripeId,
} from "./order.ts";
import { disputeEvent, paidEvent, refundedEvent, type StripeEvent } from "./stripe-event.ts";

/** The store: takes orders and gives money back, and tells the receiver and the product. */
export interface Shop {
  readonly orders: OrderBook;
  /** Takes an order once, however often the pay button is pressed. */
  take(request: OrderRequest): Order;
  /** Gives back a part or all, tax included, in minor units. Answers what is wrong, if anything is. */
  refund(order: Order, amountMinor: number): string | undefined;
  /** The customer's bank opens a dispute, or decides it. */
  dispute(order: Order, status: "open" | "won" | "lost"): void;
  /** The oldest first. */
  deliveriesOf(order: Order): Delivery[];
  /** Sends one message of an order again at once. */
  sendAgain(deliveryId: string): void;
  stop(): void;
}

/** What the store shares with those it writes to. */
export interface ShopSecrets {
  /** Signs webhooks, as Stripe's endpoint secret does. */
  webhook: string;
  /** Signs what the product is told. */
  licence: string;
}

/** Opens the store with an empty order book. */
export function createShop(addresses: Addresses, secrets: ShopSecrets): Shop {
  const orders = createOrderBook();
  const toReceiver = createCourier({
    address: `${addresses.receiver}/webhooks/stripe`,
    sign: (payload) => ({
      "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret: secrets.webhook }),
    }),
  });
  const toProduct = createCourier({
    address: `${addresses.product}/licence/paid`,
    sign: (text) => ({ [noticeHeader]: signNotice(text, secrets.licence) }),
  });
  const couriers = [toReceiver, toProduct];

  const tellReceiver = (order: Order, { id, type, text }: StripeEvent) =>
    toReceiver.send({ id, type, text, order: order.id });

  return {
    orders,
    take(request) {
      const { order, isNew } = orders.take(request);
      if (!isNew) return order;
      tellReceiver(order, paidEvent(order));
      if (order.licence !== undefined) {
        const notice = { licence: order.licence, order: order.id, years: order.plan.years };
        const text = JSON.stringify(notice);
        toProduct.send({ id: stripeId("note"), type: "licence renewed", order: order.id, text });
      }
      return order;
    },
    refund(order, amountMinor) {
      if (amountMinor <= 0) return "Give back more than nothing.";
      if (amountMinor > refundableOf(order)) return "That is more than the customer paid.";
      order.refundedMinor += amountMinor;
      tellReceiver(order, refundedEvent(order));
      return undefined;
    },
    dispute(order, status) {
      if ((order.dispute === undefined) !== (status === "open")) return;
      order.dispute = { id: order.dispute?.id ?? stripeId("dp"), status };
      tellReceiver(order, disputeEvent(order, order.dispute));
    },
    deliveriesOf: (order) =>
      couriers
        .flatMap((courier) => courier.deliveriesOf(order.id))
        .sort((a, b) => a.since.getTime() - b.since.getTime()),
    sendAgain: (id) => {
      for (const courier of couriers) courier.sendAgain(id);
    },
    stop: () => {
      for (const courier of couriers) courier.stop();
    },
  };
}
