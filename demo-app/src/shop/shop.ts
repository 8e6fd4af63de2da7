import { randomBytes } from "node:crypto";
import type { Addresses } from "../addresses.ts";
import { noticeHeader, signNotice } from "../licence-notice.ts";
import { type Courier, createCourier, type Delivery } from "./courier.ts";
import {
  changeTime,
  createOrderBook,
  grossOf,
  isGivenBack,
  newRefund,
  type Order,
  type OrderBook,
  type OrderLine,
  type OrderRequest,
  refundableOf,
} from "./order.ts";
import { plans } from "./plan.ts";
import type { ShopEvent } from "./voices/shop-voice.ts";
import { type ShopKind, shopKinds, voices } from "./voices/voices.ts";

/** The store: takes orders and gives money back, and tells the receiver and the product. */
export interface Shop {
  readonly orders: OrderBook;
  /** Takes a cart once, however often the pay button is pressed; the order of the licence comes first. */
  take(request: OrderRequest): readonly Order[];
  /** Gives back a part or all, tax included, in minor units. Returns what is wrong, if anything is. */
  refund(order: Order, amountMinor: number): string | undefined;
  /** Gives back one line as a whole. Returns what is wrong, if anything is. */
  refundLine(order: Order, lineNumber: number): string | undefined;
  /** The bank sends a refund back. Returns whether the shop has an event that tells so; nothing where it failed before. */
  failRefund(order: Order, refundId: string): "told" | "untold" | undefined;
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
  const orders = createOrderBook({
    newId: (kind) => voices[kind].newOrderId(),
    oneArticle: (kind) => voices[kind].oneArticle === true,
  });
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

  /** The product is told of what was paid for its licence. */
  function tellProduct({ id, licence, lines }: Order): void {
    const plan = plans.find((one) => lines.some(({ article }) => article === one));
    if (licence === undefined || plan === undefined) return;
    const text = JSON.stringify({ licence, order: id, years: plan.years });
    toProduct.send({ id: newId("note"), type: "licence renewed", order: id, text });
  }

  function giveBack(order: Order, amountMinor: number, line?: OrderLine): string | undefined {
    if (amountMinor <= 0) return "Give back more than nothing.";
    if (amountMinor > refundableOf(order)) return "That is more than the customer paid.";
    const { name, wholeRefunds } = voices[order.shop];
    if (wholeRefunds && amountMinor < grossOf(order)) return `${name} can only give back all of it here.`;
    const refund = newRefund(order, amountMinor, line);
    order.refunds.push(refund);
    tellReceiver(order, voices[order.shop].refunded(order, refund));
    return undefined;
  }

  return {
    orders,
    take(request) {
      const { orders: taken, isNew } = orders.take(request);
      if (!isNew) return taken;
      for (const order of taken) {
        tellReceiver(order, voices[order.shop].paid(order));
        tellProduct(order);
      }
      return taken;
    },
    refund: giveBack,
    refundLine(order, lineNumber) {
      const line = order.lines.find(({ number }) => number === lineNumber);
      if (line === undefined) return "There is no such line.";
      if (isGivenBack(order, line)) return "That line was given back already.";
      return giveBack(order, grossOf(line), line);
    },
    failRefund(order, refundId) {
      const refund = order.refunds.find(({ id }) => id === refundId);
      if (refund === undefined || refund.failedAt !== undefined) return undefined;
      refund.failedAt = changeTime(order);
      const told = tellReceiver(order, voices[order.shop].refundFailed?.(order, refund));
      return told === undefined ? "untold" : "told";
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
