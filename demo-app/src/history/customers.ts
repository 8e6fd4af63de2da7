import { randomUUID } from "node:crypto";
import { createOrderBook, grossOf, newRefund, type Order } from "../shop/order.ts";
import { plans } from "../shop/plan.ts";
import { type ShopKind, voices } from "../shop/voices/voices.ts";
import type { Channel } from "./channel.ts";
import type { Lot } from "./lot.ts";
import { moveClockTo } from "./moved-clock.ts";
import type { PastReceiver } from "./past-receiver.ts";

/** By what a customer's copy is known. Nothing names the seller of a direct one. */
export type Kind = "token" | "coupon" | "serial" | "email" | "direct";

/** Somebody with a copy. */
export interface Customer {
  kind: Kind;
  licence: string;
  email: string;
}

/** What customers do in the past, each at the moment that the clock then shows. */
export interface Customers {
  /** Somebody gets a copy from a seller, starts it, and buys a licence at a shop. */
  buy(
    kind: Kind,
    as?: Partial<Pick<Customer, "email">> & { shop?: ShopKind },
  ): Promise<{ customer: Customer; order: Order }>;
  /** She renews through the link in her copy. */
  renew(customer: Customer): Promise<Order>;
  /** All or a part goes back to her. */
  giveBack(order: Order, how: "all" | "half"): Promise<void>;
  /** Her bank disputes the payment, or decides on it. */
  dispute(order: Order, status: "open" | "won" | "lost"): Promise<void>;
  readonly orders: readonly Order[];
}

/** Nobody pays in the second in which she comes, and shops tell whole seconds. */
const letMinutesPass = (): void => moveClockTo(Date.now() + 3 * 60_000);

/** What an order says of its copy and of who sold it. */
type Claims = Pick<Order, "licence" | "isFirst" | "reference" | "coupon">;

/** The shops that they buy at. All of them sign without a time, or with the clock's. */
const shops: readonly ShopKind[] = ["standard-webhooks", "stripe", "shopify", "woocommerce"];

/** Opens the shops, and lets customers come. */
export function openCustomers(receiver: PastReceiver, channel: Channel, lot: Lot): Customers {
  const book = createOrderBook({ newId: (kind) => voices[kind].newOrderId(), oneArticle: () => false });
  let count = 0;

  async function pay(buyer: Customer, claims: Claims, shop = shops[lot.below(shops.length)]) {
    const plan = plans[lot.percent(25) ? 1 : 0];
    if (plan === undefined) throw new Error("there is no plan");
    const { orders } = book.take({
      attempt: randomUUID(),
      shop: shop ?? "stripe",
      plan,
      brushPacks: lot.percent(30) ? 1 + lot.below(3) : 0,
      name: "A. Painter",
      email: buyer.email,
      ...claims,
    });
    const [order] = orders;
    if (order === undefined) throw new Error("the shop took no order");
    await receiver.tell(order.shop, voices[order.shop].paid(order));
    return order;
  }

  return {
    get orders() {
      return book.list();
    },
    async buy(kind, { email: known, shop } = {}) {
      count += 1;
      const email = known ?? `customer-${count}@customers.example`;
      const serial = kind === "serial" ? channel.serial.serials.pop() : undefined;
      const licence = serial ?? `PAINT-${(100_000 + count * 7919).toString(36).toUpperCase()}-${count}`;
      const customer: Customer = {
        kind: serial === undefined && kind === "serial" ? "direct" : kind,
        licence,
        email,
      };
      const claims = await seek(customer);
      letMinutesPass();
      return { customer, order: await pay(customer, { ...claims, isFirst: true }, shop) };
    },
    async renew(customer) {
      const { kind, licence } = customer;
      if (kind !== "token") return pay(customer, { licence });
      const reference = await receiver.click(channel.token.token, licence);
      letMinutesPass();
      return pay(customer, { licence, reference });
    },
    async giveBack(order, how) {
      const amountMinor = how === "all" ? grossOf(order) : Math.ceil(grossOf(order) / 2);
      const refund = newRefund(order, amountMinor);
      order.refunds.push(refund);
      await receiver.tell(order.shop, voices[order.shop].refunded(order, refund));
    },
    async dispute(order, status) {
      const { disputed } = voices[order.shop];
      order.dispute = { id: order.dispute?.id ?? `dp_${order.id}`, status };
      const event = disputed?.(order, order.dispute);
      if (event !== undefined) await receiver.tell(order.shop, event);
    },
  };

  /** What there is to say who sold the copy, and what of it the order carries. */
  async function seek({ kind, licence, email }: Customer): Promise<Claims> {
    switch (kind) {
      case "token": {
        const { token } = channel.token;
        await receiver.register({ token, licence });
        return { licence, reference: await receiver.click(token, licence) };
      }
      case "serial":
        await receiver.register({ serial: licence });
        return { licence };
      case "coupon":
        return { licence, coupon: channel.coupon.code };
      case "email": {
        const { key } = channel.email;
        await receiver
          .as(key)
          .post("/v1/partner/registered-emails", { emails: [email], product: "acme-paint" });
        return { licence };
      }
      case "direct":
        return { licence };
    }
  }
}

/** Whether a shop tells of disputes that count in the demo: WooCommerce has none, and Shopify's are no tests. */
export const canBeDisputed = ({ shop }: Order): boolean => shop === "stripe" || shop === "standard-webhooks";
