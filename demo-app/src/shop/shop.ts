import { randomBytes } from "node:crypto";
import type { Addresses } from "../addresses.ts";
import { noticeHeader, signNotice } from "../licence-notice.ts";
import { type Courier, createCourier, type Delivery } from "./courier.ts";
import {
  createOrderBook,
  grossOf,
  type Order,
  type OrderBook,
  type OrderRequest,
  refundableOf,
} from "./order.ts";
import type { ShopEvent } from "./voices/shop-voice.ts";
import { type ShopKind, shopKinds, voices } from "./voices/voices.ts";

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
  /** Signs webhooks, by the kind of shop the store speaks as. */
  webhooks: Readonly<Record<ShopKind, string>>;
  /** Signs what the product is told. */
  licence: string;
}

/** Opens the store with an empty order book. */
export function createShop(addresses: Addresses, secrets: ShopSecrets): Shop {
  const orders = createOrderBook((kind) => voices[kind].newOrderId());
  const toReceiver = Object.fromEntries(
    shopKinds.map((kind) => [
      kind,
      createCourier({
        address: `${addresses.receiver}/webhooks/${voices[kind].address?.(secrets.webhooks[kind]) ?? kind}`,
        sign: (message) => voices[kind].sign(message, secrets.webhooks[kind]),
      }),
    ]),
  ) as Record<ShopKind, Courier>;
  const toProduct = createCourier({
    address: `${addresses.product}/licence/paid`,
    sign: ({ text }) => ({ [noticeHeader]: signNotice(text, secrets.licence) }),
  });
  const couriers = [...Object.values(toReceiver), toProduct];

  const tellReceiver = (order: Order, event: ShopEvent | undefined) =>
    event === undefined ? undefined : toReceiver[order.shop].send({ ...event, order: order.id });

  return {
    orders,
    take(request) {
      const { order, isNew } = orders.take(request);
      if (!isNew) return order;
      tellReceiver(order, voices[order.shop].paid(order));
      if (order.licence !== undefined) {
        const notice = { licence: order.licence, order: order.id, years: order.plan.years };
        const text = JSON.stringify(notice);
        toProduct.send({ id: newId("note"), type: "licence renewed", order: order.id, text });
      }
      return order;
    },
    refund(order, amountMinor) {
      if (amountMinor <= 0) return "Give back more than nothing.";
      if (amountMinor > refundableOf(order)) return "That is more than the customer paid.";
      const { name, wholeRefunds } = voices[order.shop];
      if (wholeRefunds && amountMinor < grossOf(order)) return `${name} can only give back all of it here.`;
      order.refundedMinor += amountMinor;
      order.refundsMinor.push(amountMinor);
      tellReceiver(order, voices[order.shop].refunded(order, amountMinor));
      return undefined;
    },
    dispute(order, status) {
      const { disputed } = voices[order.shop];
      if (disputed === undefined || (order.dispute === undefined) !== (status === "open")) return;
      order.dispute = { id: order.dispute?.id ?? newId("dp"), status };
      tellReceiver(order, disputed(order, order.dispute));
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

const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString("hex")}`;
