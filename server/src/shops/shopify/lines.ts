import { z } from "zod";
import type { LineKind, OrderLine } from "../../events/order-line.ts";
import type { Currency } from "../../words/ids.ts";
import { minorOf, shareMinor } from "../../words/money.ts";
import { articlesOf } from "../kit/articles.ts";
import { anyText, anything, currencyOf, currencyText } from "../kit/members.ts";
import { shopifyId } from "./ids.ts";

const money = z.object({ amount: z.string(), currency_code: currencyText });
/** An amount in the shop's currency and in the customer's. */
export const moneySet = z.object({ presentment_money: money }).nullish().catch(undefined);
type MoneySet = z.output<typeof moneySet>;

const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).nullish().catch(undefined);

const tax = z.object({ price: anyText, price_set: moneySet });
const allocation = z.object({ amount: anyText, amount_set: moneySet });
const count = z.coerce.number().int().min(0).nullish().catch(undefined);

/** The members of an order's line that are needed. */
export const lineItem = z.object({
  id: shopifyId.nullish().catch(undefined),
  product_id: shopifyId.nullish().catch(undefined),
  variant_id: shopifyId.nullish().catch(undefined),
  sku: anyText,
  quantity: count,
  current_quantity: count,
  price: anyText,
  price_set: moneySet,
  total_discount: anyText,
  total_discount_set: moneySet,
  discount_allocations: listOf(allocation),
  tax_lines: listOf(tax),
  /** Customs duties that were paid with the order, each an amount in both currencies. */
  duties: listOf(moneySet),
  gift_card: z.boolean().nullish().catch(undefined),
  properties: anything,
});

/** The members of a shipping line that are needed. */
export const shippingLine = z.object({
  id: shopifyId.nullish().catch(undefined),
  price: anyText,
  price_set: moneySet,
  discounted_price: anyText,
  discounted_price_set: moneySet,
  tax_lines: listOf(tax),
});

type LineItem = z.output<typeof lineItem>;
type ShippingLine = z.output<typeof shippingLine>;

interface Order {
  /** The customer's currency, and the shop's: an amount without a set is in the latter. */
  currency: Currency;
  shopCurrency: string;
  taxesIncluded: boolean;
  kind: LineKind;
  /** Whether money went back already: then lines stand as they were bought, else as they now are. */
  refunded: boolean;
}

/** An order's lines with its shipping, as far as they are told in the customer's currency. */
export function linesIn(
  items: readonly LineItem[],
  shipping: readonly ShippingLine[],
  order: Order,
): OrderLine[] {
  return [
    ...items.map((item, index) => lineOf(item, index, order)),
    ...shipping.map((line, index): OrderLine => {
      const taxMinor = taxOf(line.tax_lines, order);
      const price =
        minorIn(line.discounted_price_set, line.discounted_price, order) ??
        minorIn(line.price_set, line.price, order) ??
        0;
      const netMinor = order.taxesIncluded ? price - taxMinor : price;
      return {
        line: line.id ?? `shipping-${index + 1}`,
        articles: [],
        quantity: 1,
        netMinor,
        taxMinor,
        kind: "shipping",
      };
    }),
  ];
}

function lineOf(item: LineItem, index: number, order: Order): OrderLine {
  const bought = item.quantity ?? 1;
  const quantity = order.refunded ? bought : Math.min(bought, item.current_quantity ?? bought);
  // What was taken off by an edit takes its part of discounts and taxes with it.
  const part = (amount: number) => (bought === 0 ? 0 : shareMinor(amount, quantity, bought));
  const listMinor = (minorIn(item.price_set, item.price, order) ?? 0) * quantity;
  const ownTax = part(taxOf(item.tax_lines, order));
  // Duties stand beside the price, also where it contains its tax.
  const taxMinor = ownTax + part(dutiesOf(item.duties, order));
  const net = listMinor - part(discountOf(item, order)) - (order.taxesIncluded ? ownTax : 0);
  const isPrepaid = item.gift_card === true;
  return {
    line: item.id ?? `line-${index + 1}`,
    articles: articlesOf(item.product_id, item.variant_id, item.sku),
    quantity,
    netMinor: isPrepaid ? 0 : net,
    taxMinor: isPrepaid ? 0 : taxMinor,
    listMinor: isPrepaid ? net + ownTax : listMinor,
    kind: isPrepaid ? "prepaid" : order.kind,
  };
}

const taxOf = (lines: LineItem["tax_lines"], order: Order): number =>
  (lines ?? []).reduce((sum, one) => sum + (minorIn(one.price_set, one.price, order) ?? 0), 0);

const dutiesOf = (duties: LineItem["duties"], order: Order): number =>
  (duties ?? []).reduce((sum, one) => sum + Math.max(0, minorIn(one, undefined, order) ?? 0), 0);

function discountOf(item: LineItem, order: Order): number {
  const allocated = item.discount_allocations ?? [];
  if (allocated.length === 0) return minorIn(item.total_discount_set, item.total_discount, order) ?? 0;
  return allocated.reduce((sum, one) => sum + (minorIn(one.amount_set, one.amount, order) ?? 0), 0);
}

/** An amount in the customer's currency; undefined where it is told in another one only. */
export function minorIn(
  set: MoneySet,
  plain: string | null | undefined,
  { currency, shopCurrency }: Pick<Order, "currency" | "shopCurrency">,
): number | undefined {
  const told = set?.presentment_money;
  if (told && currencyOf(told.currency_code) === currency)
    return minorOf(told.amount, currency, { rounded: true });
  if (plain == null || currencyOf(shopCurrency) !== currency) return undefined;
  return minorOf(plain, currency, { rounded: true });
}
