import { z } from "zod";
import { linesOf, type OrderLine } from "../../events/order-line.ts";
import type { Cycle } from "../../words/cycle.ts";
import { minorOf } from "../../words/money.ts";
import { articlesOf } from "../kit/articles.ts";
import { anyText, anything, idText, present } from "../kit/members.ts";
import { spreadTax } from "../kit/spread-tax.ts";
import { termOf } from "../kit/term.ts";

const anyAmount = z.string().nullish().catch(undefined);

/** A subscription by its id, or in full where webhook expansion is on. */
export const subscriptionOrId = z.union([
  idText.transform((id) => ({ id, intervalUnit: undefined, intervalLength: undefined })),
  z.object({ id: idText, intervalUnit: anyText, intervalLength: anyText }),
]);

/** A product by its path, or in full where webhook expansion is on. */
const productOrPath = z.union([
  z.string(),
  z.object({ product: z.string() }).transform((one) => one.product),
]);

/** One thing of an order. Amounts are in major units, as the text they were written as. */
export const fastspringItem = z.object({
  product: productOrPath.nullish().catch(undefined),
  sku: anyText,
  quantity: anyText,
  /** Without tax. */
  subtotal: anyAmount,
  discount: anyAmount,
  isAddon: z.boolean().nullish().catch(undefined),
  /** What a change of a subscription cost or gave back. */
  proratedItemProratedCharge: anyAmount,
  proratedItemCreditAmount: anyAmount,
  coupon: anyText,
  subscription: subscriptionOrId.nullish().catch(undefined),
  attributes: anything,
});
/** One thing of an order. */
export type FastspringItem = z.output<typeof fastspringItem>;

/** Whether an order's items tell of a change in the middle of a term rather than of a further term. */
export const isProrated = (items: readonly FastspringItem[]): boolean =>
  items.some((item) =>
    [item.proratedItemProratedCharge, item.proratedItemCreditAmount].some(
      (amount) => typeof amount === "string" && /[1-9]/.test(amount),
    ),
  );

/** The names of an order's lines. Items have no id: the product's path is one, and its place where it is there twice. */
export function lineNames(items: readonly { product?: string | null | undefined }[]): string[] {
  const seen = new Map<string, number>();
  return items.map(({ product }, place) => {
    const path = product?.slice(0, 200) || `item-${place + 1}`;
    const times = (seen.get(path) ?? 0) + 1;
    seen.set(path, times);
    return times === 1 ? path : `${path}#${times}`;
  });
}

interface Whole {
  netMinor: number;
  taxMinor: number;
  currency: string;
  sold: Cycle;
}

/** The lines of an order; FastSpring tells the tax of the whole alone, so each line has its part. */
export function fastspringLines(
  items: readonly FastspringItem[],
  whole: Whole,
): readonly OrderLine[] | undefined {
  const { currency, sold } = whole;
  const minor = (amount: string | null | undefined) =>
    minorOf(amount ?? "0", currency, { rounded: true }) ?? 0;
  const names = lineNames(items);
  const lines = items.map((item, place): OrderLine => {
    const subtotal = minor(item.subtotal);
    const { intervalUnit: interval, intervalLength } = item.subscription ?? {};
    const period = termOf({ interval, interval_count: Number(intervalLength ?? 1) });
    return {
      line: names[place] ?? String(place),
      articles: articlesOf(item.product, item.sku),
      quantity: quantityOf(item.quantity),
      netMinor: subtotal,
      taxMinor: 0,
      listMinor: subtotal,
      kind: item.isAddon ? "addon" : sold,
      ...present({ period }),
    };
  });
  if (lines.length === 0) return undefined;
  const discounts = items.map((item) => minor(item.discount));
  return linesOf(spreadTax(discounted(lines, discounts, whole.netMinor), whole.taxMinor), whole);
}

/** An item's subtotal may be told with or without its discount: the order's net says which. */
function discounted(
  lines: readonly OrderLine[],
  discounts: readonly number[],
  netMinor: number,
): OrderLine[] {
  const after = lines.map((line, place) => ({ ...line, netMinor: line.netMinor - (discounts[place] ?? 0) }));
  if (sumOf(after) === netMinor && sumOf(lines) !== netMinor) return after;
  return lines.map((line, place) => {
    const isBefore = sumOf(lines) === netMinor;
    return isBefore ? { ...line, listMinor: line.netMinor + (discounts[place] ?? 0) } : line;
  });
}

const sumOf = (lines: readonly OrderLine[]) => lines.reduce((sum, { netMinor }) => sum + netMinor, 0);

function quantityOf(text: string | null | undefined): number {
  const quantity = Number(text ?? 1);
  return Number.isInteger(quantity) && quantity > 0 && quantity <= 1_000_000 ? quantity : 1;
}
