import { randomInt } from "node:crypto";
import { type Plan, taxOf } from "./plan.ts";
import type { ShopKind } from "./voices/voices.ts";

/** A paid order, with the id that the shop it was made at would give it. */
export interface Order {
  /** What the receiver knows the order by. */
  id: string;
  /** The shop that the store spoke as. */
  shop: ShopKind;
  /** The number people say. */
  number: string;
  plan: Plan;
  netMinor: number;
  taxMinor: number;
  name: string;
  email: string;
  /** Absent when somebody buys a first licence. */
  licence?: string;
  /** The receiver's click, when the customer came through it. Taken from the address, so only a claim. */
  reference?: string;
  /** A partner's code that the customer typed. */
  coupon?: string;
  paidAt: Date;
  /** All that was given back so far, tax included. */
  refundedMinor: number;
  /** The parts that it was given back in, the oldest first. */
  refundsMinor: number[];
  dispute?: { id: string; status: "open" | "won" | "lost" };
}

/** What the checkout form gave. */
export interface OrderRequest {
  /** Made with the form: a second press of the pay button finds the first one's order. */
  attempt: string;
  shop: ShopKind;
  plan: Plan;
  name: string;
  email: string;
  licence?: string;
  reference?: string;
  coupon?: string;
}

/** All orders of the store, in memory: the demo starts with an empty one. */
export interface OrderBook {
  /** Takes an order, or answers the one that the same attempt made before. */
  take(request: OrderRequest): { order: Order; isNew: boolean };
  find(id: string): Order | undefined;
  /** The newest first. */
  list(): Order[];
}

/** What the customer paid, tax included, in minor units. */
export const grossOf = (order: Order): number => order.netMinor + order.taxMinor;

/** What can still be given back, in minor units. */
export const refundableOf = (order: Order): number => grossOf(order) - order.refundedMinor;

/** Opens an empty book, in which each shop numbers its orders in its own way. */
export function createOrderBook(newId: (shop: ShopKind) => string): OrderBook {
  const orders = new Map<string, Order>();
  const idByAttempt = new Map<string, string>();
  let nextNumber = randomInt(1040, 1900);

  return {
    take({ attempt, shop, plan, ...buyer }) {
      const known = orders.get(idByAttempt.get(attempt) ?? "");
      if (known !== undefined) return { order: known, isNew: false };
      const order: Order = {
        id: newId(shop),
        shop,
        number: `P-${nextNumber++}`,
        plan,
        netMinor: plan.netMinor,
        taxMinor: taxOf(plan.netMinor),
        ...buyer,
        paidAt: new Date(),
        refundedMinor: 0,
        refundsMinor: [],
      };
      orders.set(order.id, order);
      idByAttempt.set(attempt, order.id);
      return { order, isNew: true };
    },
    find: (id) => orders.get(id),
    list: () => [...orders.values()].reverse(),
  };
}
