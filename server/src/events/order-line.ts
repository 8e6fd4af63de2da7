import type { ProductId } from "../words/ids.ts";
import { shareMinor } from "../words/money.ts";

/** What a line of an order is. `prepaid` is money for later, such as a gift card: it counts when it is spent. */
export const lineKinds = ["new", "renewal", "upgrade", "addon", "shipping", "prepaid", "other"] as const;
/** One kind of line. */
export type LineKind = (typeof lineKinds)[number];

/** One line of a sale. All amounts are minor units of the sale's currency, for the whole quantity, after discounts. */
export interface OrderLine {
  /** The shop's id of the line, or its place; unique within the order, so that a refund can name it. */
  line: string;
  /** The shop's ids of what was sold: product, price, variant, SKU. The configuration says which product they mean. */
  articles: readonly string[];
  /** The receiver's product, where the shop's event names it itself. */
  product?: ProductId;
  quantity: number;
  /** Without tax. A prepaid line has none: what was paid for it is `listMinor`. */
  netMinor: number;
  taxMinor: number;
  /** Before discounts, without tax where the shop tells it so. */
  listMinor?: number;
  kind: LineKind;
  /** The term that was paid, as an ISO 8601 duration: `P1Y`, `P1M`. */
  period?: string;
}

/** What a refund took of one line, minor units. */
export interface LostLine {
  line: string;
  netMinor: number;
  taxMinor: number;
}

/** No honest order has more lines; what is beyond is summed up in the rest. */
const mostLines = 500;

interface Totals {
  netMinor: number;
  taxMinor: number;
}

/**
 * The lines of an order, such that they sum to it: what no line claims is a line of kind `other`; where lines claim more
 * than the order, as a discount or a credit on the whole lowered it, each bears its part. None where none are told.
 */
export function linesOf(told: readonly OrderLine[], order: Totals): readonly OrderLine[] {
  if (told.length === 0) return [];
  const lines = told.slice(0, mostLines);
  const nets = fitted(
    lines.map((one) => one.netMinor),
    order.netMinor,
  );
  const taxes = fitted(
    lines.map((one) => one.taxMinor),
    order.taxMinor,
  );
  const fit = lines.map((one, at) => ({ ...one, netMinor: nets[at] ?? 0, taxMinor: taxes[at] ?? 0 }));
  const netMinor = order.netMinor - sumOf(nets);
  const taxMinor = order.taxMinor - sumOf(taxes);
  if (netMinor === 0 && taxMinor === 0) return fit;
  return [...fit, { line: "rest", articles: [], quantity: 1, netMinor, taxMinor, kind: "other" }];
}

/** Amounts that sum to no more than a whole: lowered in proportion where they did, to the last unit. */
function fitted(amounts: readonly number[], whole: number): number[] {
  const sum = sumOf(amounts);
  if (sum <= whole) return [...amounts];
  let before = 0;
  let given = 0;
  return amounts.map((amount) => {
    before += amount;
    const until = sum > 0 ? shareMinor(whole, before, sum) : 0;
    const part = until - given;
    given = until;
    return part;
  });
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
