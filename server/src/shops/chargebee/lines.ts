import { z } from "zod";
import { type LineKind, type LostLine, linesOf, type OrderLine } from "../../events/order-line.ts";
import type { Cycle } from "../../words/cycle.ts";
import { articlesOf } from "../kit/articles.ts";
import { anyText, idText, minorUnits, present } from "../kit/members.ts";

const anyMinor = minorUnits.nullish().catch(undefined);

/** A line of an invoice or of a credit note. */
export const chargebeeLine = z.object({
  id: idText.nullish().catch(undefined),
  /** Of a credit note's line: the line of the invoice that it takes back. */
  reference_line_item_id: idText.nullish().catch(undefined),
  quantity: z.int().min(1).max(1_000_000).nullish().catch(undefined),
  /** Before discounts; with the tax in it where the prices are. */
  amount: minorUnits,
  discount_amount: anyMinor,
  tax_amount: anyMinor,
  entity_type: anyText,
  entity_id: anyText,
  subscription_id: idText.nullish().catch(undefined),
});
type Line = z.output<typeof chargebeeLine>;

interface Told {
  price_type?: string | null | undefined;
  line_items?: readonly Line[] | null | undefined;
}

/** What a line comes to after its discounts, its tax apart. */
function moneyOf(line: Line, { price_type }: Told): { netMinor: number; taxMinor: number } {
  const taxMinor = line.tax_amount ?? 0;
  const inclusive = price_type === "tax_inclusive" ? taxMinor : 0;
  return { netMinor: Math.max(0, line.amount - (line.discount_amount ?? 0) - inclusive), taxMinor };
}

interface Whole {
  netMinor: number;
  taxMinor: number;
  sold: Cycle;
  period: string | undefined;
}

/** The lines of an invoice, as far as it was paid with money: what credits paid lowers all of them. */
export function chargebeeLines(told: Told, whole: Whole): readonly OrderLine[] | undefined {
  if (!told.line_items?.length) return undefined;
  const lines = told.line_items.map((line, place): OrderLine => {
    const kind = kindOf(line, whole.sold);
    return {
      line: line.id ?? String(place + 1),
      articles: articlesOf(line.entity_id),
      quantity: line.quantity ?? 1,
      ...moneyOf(line, told),
      listMinor: line.amount,
      kind,
      ...present({ period: kind === whole.sold ? whole.period : undefined }),
    };
  });
  return linesOf(lines, whole);
}

/** Plans, add-ons and charges of either generation of the product catalogue. */
function kindOf({ entity_type }: Line, sold: Cycle): LineKind {
  switch (entity_type) {
    case "plan":
    case "plan_item_price":
      return sold;
    case "addon":
    case "addon_item_price":
      return "addon";
    case "charge_item_price":
      return sold === "new" ? "new" : "other";
    default:
      return "other";
  }
}

/** What a credit note took back of each line of its invoice, and in all. */
export function chargebeeLost(
  told: Told,
): { netMinor: number; taxMinor: number; lines: LostLine[] } | undefined {
  if (!told.line_items?.length) return undefined;
  const money = told.line_items.map((line) => ({
    line: line.reference_line_item_id,
    ...moneyOf(line, told),
  }));
  const sum = (name: "netMinor" | "taxMinor") => money.reduce((all, one) => all + one[name], 0);
  const lines = money.flatMap(({ line, ...one }) => (line ? [{ line, ...one }] : []));
  return { netMinor: sum("netMinor"), taxMinor: sum("taxMinor"), lines };
}
