import { z } from "zod";
import { type LineKind, linesOf, type OrderLine } from "../../events/order-line.ts";
import { anyText, fromSeconds, idText, minorUnits } from "../kit/members.ts";
import { termBetween, termOf } from "../kit/term.ts";
import { fromStripeAmount } from "./money.ts";
import { expandable } from "./object.ts";

const taxes = z
  .array(z.object({ amount: z.int(), inclusive: z.boolean().nullish(), tax_behavior: anyText }))
  .nullish();

const recurring = z.object({ interval: anyText, interval_count: z.int().nullish() }).nullish();
const price = z
  .union([
    idText.transform((id) => ({ id, product: undefined, recurring: undefined })),
    z.object({ id: idText, product: expandable, recurring }),
  ])
  .nullish()
  .catch(undefined);

/** The members of an invoice's line that say what was sold, in both generations of Stripe's API. */
export const soldMembers = {
  id: idText.nullish().catch(undefined),
  amount: z.int().nullish().catch(undefined),
  quantity: z.int().min(0).nullish().catch(undefined),
  discount_amounts: z
    .array(z.object({ amount: z.int() }))
    .nullish()
    .catch(undefined),
  period: z.object({ start: z.int(), end: z.int() }).nullish().catch(undefined),
  // Before 2025-03-31:
  price,
  /** What was sold before there were prices. */
  plan: z
    .object({ id: idText, product: expandable, interval: anyText, interval_count: z.int().nullish() })
    .nullish()
    .catch(undefined),
  proration: z.boolean().nullish().catch(undefined),
  tax_amounts: taxes.catch(undefined),
  /** What discounts and granted credits took off before tax; discounts stand in `discount_amounts` as well. */
  pretax_credit_amounts: z
    .array(z.object({ amount: z.int(), type: anyText }))
    .nullish()
    .catch(undefined),
  // From 2025-03-31:
  pricing: z
    .object({ price_details: z.object({ price: expandable, product: expandable }).nullish() })
    .nullish()
    .catch(undefined),
  taxes: taxes.catch(undefined),
};

type Prorated = { proration?: boolean | null | undefined } | null | undefined;
type Sold = z.output<z.ZodObject<typeof soldMembers>> & {
  parent?: { subscription_item_details?: Prorated; invoice_item_details?: Prorated } | null | undefined;
};

interface Order {
  netMinor: number;
  taxMinor: number;
  currency: string;
  kind: LineKind;
}

/** The lines of an invoice with its shipping, after discounts and without tax, summing to what of it counts. */
export const linesOfInvoice = (
  sold: readonly Sold[],
  shipping: Shipping,
  { kind, currency, ...order }: Order,
) => {
  const lines = sold.flatMap((line, index) => lineOf(line, index, { kind, currency }));
  return linesOf([...lines, ...shippedIn(shipping, currency)], order);
};

function lineOf(
  sold: Sold,
  index: number,
  { kind, currency }: { kind: LineKind; currency: string },
): OrderLine[] {
  if (typeof sold.amount !== "number") return [];
  const minor = (amount: number) => fromStripeAmount(amount, currency);
  const told = sold.taxes ?? sold.tax_amounts ?? [];
  const tax = told.reduce((sum, one) => sum + one.amount, 0);
  const within = told
    .filter((one) => one.inclusive === true || one.tax_behavior === "inclusive")
    .reduce((sum, one) => sum + one.amount, 0);
  const credits = (sold.pretax_credit_amounts ?? []).filter(({ type }) => type !== "discount");
  const reduced = [...(sold.discount_amounts ?? []), ...credits].reduce((sum, one) => sum + one.amount, 0);
  const details = sold.pricing?.price_details;
  const { price, plan } = sold;
  const articles = [details?.product, details?.price, price?.product ?? plan?.product, price?.id, plan?.id];
  const parent = sold.parent?.subscription_item_details ?? sold.parent?.invoice_item_details;
  const isPart = sold.proration === true || parent?.proration === true;
  const period = termOf(price?.recurring) ?? termOf(plan) ?? termIn(sold.period);
  return [
    {
      line: sold.id ?? `line-${index + 1}`,
      articles: [...new Set(articles.filter((id) => id !== undefined))],
      quantity: sold.quantity ?? 1,
      netMinor: minor(sold.amount - reduced - within),
      taxMinor: minor(tax),
      listMinor: minor(sold.amount),
      kind: isPart ? "upgrade" : kind,
      ...(period === undefined || isPart ? {} : { period }),
    },
  ];
}

const termIn = (period: { start: number; end: number } | null | undefined) =>
  period ? termBetween({ start: fromSeconds(period.start), end: fromSeconds(period.end) }) : undefined;

/** The members of a session's line that are needed. */
export const sessionLine = z.object({
  id: idText,
  amount_total: z.int(),
  amount_subtotal: z.int().nullish(),
  amount_tax: z.int().nullish(),
  quantity: z.int().min(0).nullish(),
  price,
});

/** A session's lines, which are there only where the sender has expanded them. */
export const sessionLines = z
  .object({ data: z.array(sessionLine).nullish() })
  .nullish()
  .catch(undefined);

/** What shipping cost, of a session as of an invoice. */
export const shippingCost = z
  .object({ amount_total: minorUnits, amount_tax: minorUnits.nullish() })
  .nullish()
  .catch(undefined);
type Shipping = z.output<typeof shippingCost>;

/** Shipping as a line of its own, where it cost something. */
function shippedIn(shipping: Shipping, currency: string): OrderLine[] {
  if (!shipping || shipping.amount_total === 0) return [];
  const taxMinor = fromStripeAmount(shipping.amount_tax ?? 0, currency);
  const netMinor = fromStripeAmount(shipping.amount_total, currency) - taxMinor;
  return [{ line: "shipping", articles: [], quantity: 1, netMinor, taxMinor, kind: "shipping" }];
}

/** The lines of a session with its shipping; what is not told is the rest. */
export function linesOfSession(
  told: z.output<typeof sessionLines>,
  shipping: Shipping,
  { kind, currency, ...order }: Order,
) {
  const lines = linesInSession(told?.data ?? [], { kind, currency });
  lines.push(...shippedIn(shipping, currency));
  return lines.length === 0 ? undefined : linesOf(lines, order);
}

/** The lines of a session as they are told, each with its tax taken off. */
export const linesInSession = (
  told: readonly z.output<typeof sessionLine>[],
  { kind, currency }: Pick<Order, "kind" | "currency">,
): OrderLine[] =>
  told.map((line) => {
    const minor = (amount: number) => fromStripeAmount(amount, currency);
    const period = termOf(line.price?.recurring);
    return {
      line: line.id,
      articles: [line.price?.product, line.price?.id].filter((id) => id !== undefined),
      quantity: line.quantity ?? 1,
      netMinor: minor(line.amount_total - (line.amount_tax ?? 0)),
      taxMinor: minor(line.amount_tax ?? 0),
      ...(typeof line.amount_subtotal === "number" ? { listMinor: minor(line.amount_subtotal) } : {}),
      kind,
      ...(period === undefined ? {} : { period }),
    };
  });
