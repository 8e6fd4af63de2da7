import { linesOf, type OrderLine } from "../../events/order-line.ts";
import { articlesOf } from "../kit/articles.ts";
import { present, productClaim } from "../kit/members.ts";
import { lineNamesOf, type PurchaseCompleted } from "./payload.ts";

interface Money {
  netMinor: number;
  taxMinor: number;
}

/**
 * The order's lines and what they come to. What is prepaid is no part of it: it is kept as the line's list price, and
 * earns when it is spent.
 */
export function ownLines(data: PurchaseCompleted, totals: Money): Money & { lines?: readonly OrderLine[] } {
  if (data.lines === undefined) return totals;
  const names = lineNamesOf(data.lines);
  const money = { ...totals };
  const lines = data.lines.map((told, place): OrderLine => {
    const { quantity, netMinor, taxMinor, listMinor, period } = told;
    const kind = told.kind ?? data.cycle ?? "new";
    const line = {
      line: names[place] ?? String(place + 1),
      articles: articlesOf(told.product, ...(told.articles ?? [])),
      quantity,
      kind,
      ...present({ product: productClaim(told.product), period: period ?? undefined }),
    };
    if (kind !== "prepaid")
      return { ...line, netMinor, taxMinor, ...present({ listMinor: listMinor ?? undefined }) };
    money.netMinor -= netMinor;
    money.taxMinor -= taxMinor;
    return { ...line, netMinor: 0, taxMinor: 0, listMinor: Math.max(0, netMinor + taxMinor) };
  });
  const order = { netMinor: Math.max(0, money.netMinor), taxMinor: Math.max(0, money.taxMinor) };
  return { ...order, lines: linesOf(lines, order) };
}
