import { randomBytes, randomInt } from "node:crypto";
import { type Article, brushPack, type Plan, taxOf } from "./plan.ts";
import type { ShopKind } from "./voices/voices.ts";

/** One line of an order. Amounts are for all of its pieces, in minor units. */
export interface OrderLine {
  /** Its place in the order, from 1. */
  number: number;
  article: Article;
  quantity: number;
  netMinor: number;
  taxMinor: number;
}

/** Money that went back, in minor units. */
export interface Refund {
  id: string;
  /** The line that was given back as a whole; a part of the whole order otherwise. */
  line?: OrderLine;
  netMinor: number;
  taxMinor: number;
  at: Date;
  /** When it turned out that it did not reach the customer: the store has the money again. */
  failedAt?: Date;
}

/** A paid order, with the id that the shop it was made at would give it. */
export interface Order {
  /** What the receiver knows the order by. */
  id: string;
  /** The shop that the store spoke as. */
  shop: ShopKind;
  /** The number people say. */
  number: string;
  lines: readonly OrderLine[];
  netMinor: number;
  taxMinor: number;
  name: string;
  email: string;
  /** Absent when somebody buys a first licence. */
  licence?: string;
  /** Whether this is the first that is paid for the licence: a copy that was tried, say. */
  isFirst?: boolean;
  /** The receiver's click, when the customer came through it. Taken from the address, so only a claim. */
  reference?: string;
  /** A partner's code that the customer typed. */
  coupon?: string;
  paidAt: Date;
  /** The oldest first. */
  refunds: Refund[];
  dispute?: { id: string; status: "open" | "won" | "lost" };
}

/** What the checkout form gave. */
export interface OrderRequest {
  /** Made with the form: a second press of the pay button finds the first one's order. */
  attempt: string;
  shop: ShopKind;
  plan: Plan;
  /** Brush packs beside the licence. */
  brushPacks?: number;
  name: string;
  email: string;
  licence?: string;
  isFirst?: boolean;
  reference?: string;
  coupon?: string;
}

/** All orders of the store, in memory: the demo starts with an empty one. */
export interface OrderBook {
  /**
   * Takes a cart, or answers what the same attempt made before: one order, or one for each article at a shop that sells one
   * at a time. The licence's comes first.
   */
  take(request: OrderRequest): { orders: readonly Order[]; isNew: boolean };
  find(id: string): Order | undefined;
  /** The newest first. */
  list(): Order[];
}

/** What the customer paid, tax included, in minor units. */
export const grossOf = ({ netMinor, taxMinor }: { netMinor: number; taxMinor: number }): number =>
  netMinor + taxMinor;

/** The refunds that reached the customer. */
export const standingRefunds = ({ refunds }: Order): readonly Refund[] =>
  refunds.filter(({ failedAt }) => failedAt === undefined);

/** What went back and stayed gone, tax included, in minor units. */
export const refundedOf = (order: Order): number =>
  standingRefunds(order).reduce((sum, refund) => sum + grossOf(refund), 0);

/** What can still be given back, in minor units. */
export const refundableOf = (order: Order): number => grossOf(order) - refundedOf(order);

/** Whether a refund of the whole line stands, or of more than its order has left. */
export const isGivenBack = (order: Order, line: OrderLine): boolean =>
  standingRefunds(order).some((refund) => refund.line === line) || refundableOf(order) < grossOf(line);

/**
 * When a change of an order is said to happen: now, and a second after the change before it at the least, since many
 * shops tell their times in whole seconds, and the newest telling counts.
 */
export function changeTime({ paidAt, refunds }: Pick<Order, "paidAt" | "refunds">): Date {
  const before = [paidAt, ...refunds.flatMap(({ at, failedAt }) => [at, failedAt ?? at])];
  return new Date(Math.max(Date.now(), ...before.map((at) => at.getTime() + 1_000)));
}

/** What of a refund of so much is tax: as much as of the order. Minor units. */
export function newRefund(order: Order, amountMinor: number, line?: OrderLine): Refund {
  const { netMinor, taxMinor } = line ?? order;
  const taxBack = line ? taxMinor : Math.round((amountMinor * taxMinor) / (netMinor + taxMinor));
  return {
    id: randomBytes(12).toString("hex"),
    ...(line === undefined ? {} : { line }),
    netMinor: amountMinor - taxBack,
    taxMinor: taxBack,
    at: changeTime(order),
  };
}

/** How each shop numbers its orders, and whether it sells one article at a time. */
export interface Numbering {
  newId(shop: ShopKind): string;
  oneArticle(shop: ShopKind): boolean;
}

/** Opens an empty book, in which each shop numbers its orders in its own way. */
export function createOrderBook({ newId, oneArticle }: Numbering): OrderBook {
  const orders = new Map<string, Order>();
  const idsByAttempt = new Map<string, readonly string[]>();
  let nextNumber = randomInt(1040, 1900);

  const find = (ids: readonly string[]) => ids.flatMap((id) => orders.get(id) ?? []);
  const open = (shop: ShopKind, lines: readonly OrderLine[], buyer: Buyer): Order => ({
    id: newId(shop),
    shop,
    number: `P-${nextNumber++}`,
    lines,
    netMinor: lines.reduce((sum, { netMinor }) => sum + netMinor, 0),
    taxMinor: lines.reduce((sum, { taxMinor }) => sum + taxMinor, 0),
    ...buyer,
    paidAt: new Date(),
    refunds: [],
  });

  return {
    take({ attempt, shop, plan, brushPacks = 0, ...buyer }) {
      const known = idsByAttempt.get(attempt);
      if (known !== undefined) return { orders: find(known), isNew: false };
      const lines = [lineOf(1, plan, 1), ...(brushPacks > 0 ? [lineOf(2, brushPack, brushPacks)] : [])];
      const carts = oneArticle(shop) ? lines.map((line) => [{ ...line, number: 1 }]) : [lines];
      const made = carts.map((cart) => open(shop, cart, buyer));
      for (const order of made) orders.set(order.id, order);
      idsByAttempt.set(
        attempt,
        made.map(({ id }) => id),
      );
      return { orders: made, isNew: true };
    },
    find: (id) => orders.get(id),
    list: () => [...orders.values()].reverse(),
  };
}

type Buyer = Pick<Order, "name" | "email" | "licence" | "isFirst" | "reference" | "coupon">;

function lineOf(number: number, article: Article, quantity: number): OrderLine {
  const netMinor = article.netMinor * quantity;
  return { number, article, quantity, netMinor, taxMinor: taxOf(netMinor) };
}
