import { z } from "zod";
import { linesOf, type OrderLine } from "../../events/order-line.ts";
import { shareMinor } from "../../words/money.ts";
import { articlesOf } from "../kit/articles.ts";
import { minorUnits, numberedId } from "../kit/members.ts";
import { spreadTax } from "../kit/spread-tax.ts";

const anyMinor = minorUnits.nullish().catch(undefined);
const anyId = numberedId.nullish().catch(undefined);

/** What an order tells of what was sold: a checkout of Lemon Squeezy sells one article, beside a fee for setting it up. */
export const lemonItem = {
  /** Before discounts. */
  subtotal: anyMinor,
  setup_fee: anyMinor,
  discount_total: anyMinor,
  tax_inclusive: z.boolean().nullish().catch(undefined),
  first_order_item: z
    .object({
      id: anyId,
      product_id: anyId,
      variant_id: anyId,
      price_id: anyId,
      quantity: z.coerce.number().int().min(1).max(1_000_000).catch(1),
    })
    .nullish()
    .catch(undefined),
};
type Told = z.output<z.ZodObject<typeof lemonItem>>;

interface Money {
  netMinor: number;
  taxMinor: number;
}

/** The lines of an order: its article, and what was paid to set it up. The tax is borne by both in proportion. */
export function lemonLines(told: Told, money: Money): readonly OrderLine[] | undefined {
  const item = told.first_order_item;
  if (!item) return undefined;
  const { list, setup } = listOf(told, money);
  const netSetup = setup === 0 ? 0 : shareMinor(money.netMinor, setup, list + setup);
  const article: OrderLine = {
    line: item.id ?? "1",
    articles: articlesOf(item.product_id, item.variant_id, item.price_id),
    quantity: item.quantity,
    netMinor: money.netMinor - netSetup,
    taxMinor: 0,
    ...(list === 0 ? {} : { listMinor: list }),
    kind: "new",
  };
  const fee: OrderLine = {
    line: "setup",
    articles: [],
    quantity: 1,
    netMinor: netSetup,
    taxMinor: 0,
    listMinor: setup,
    kind: "other",
  };
  return linesOf(spreadTax(setup === 0 ? [article] : [article, fee], money.taxMinor), money);
}

/** The one line of a subscription's invoice, which names no article. */
export const invoiceLine = ({ netMinor, taxMinor }: Money, kind: "renewal" | "upgrade"): OrderLine => ({
  line: "1",
  articles: [],
  quantity: 1,
  netMinor,
  taxMinor,
  kind,
});

/** The article's list price and the fee. The fee may be a part of the subtotal: the order's total says. */
function listOf({ subtotal, setup_fee, discount_total, tax_inclusive }: Told, money: Money) {
  const all = subtotal ?? money.netMinor;
  const setup = setup_fee ?? 0;
  const paid = money.netMinor + (tax_inclusive ? money.taxMinor : 0);
  const isBeside = all + setup - (discount_total ?? 0) === paid;
  return { list: isBeside ? all : Math.max(0, all - setup), setup: Math.min(setup, all + setup) };
}
