import { z } from "zod";
import { type LineKind, linesOf, type OrderLine } from "../../events/order-line.ts";
import { anyText, idText } from "../kit/members.ts";
import { termOf } from "../kit/term.ts";
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
  proration: z.boolean().nullish().catch(undefined),
  tax_amounts: taxes.catch(undefined),
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

/** The lines of an invoice, after discounts and without tax, summing to what of it counts. */
export const linesOfInvoice = (sold: readonly Sold[], { kind, currency, ...order }: Order) =>
  linesOf(
    sold.flatMap((line, index) => lineOf(line, index, { kind, currency })),
    order,
  );

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
  const discount = (sold.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
  const details = sold.pricing?.price_details;
  const articles = [details?.product, details?.price, sold.price?.product, sold.price?.id];
  const parent = sold.parent?.subscription_item_details ?? sold.parent?.invoice_item_details;
  const isPart = sold.proration === true || parent?.proration === true;
  const period = termOf(sold.price?.recurring) ?? termBetween(sold.period);
  return [
    {
      line: sold.id ?? `line-${index + 1}`,
      articles: [...new Set(articles.filter((id) => id !== undefined))],
      quantity: sold.quantity ?? 1,
      netMinor: minor(sold.amount - discount - within),
      taxMinor: minor(tax),
      listMinor: minor(sold.amount),
      kind: isPart ? "upgrade" : kind,
      ...(period === undefined || isPart ? {} : { period }),
    },
  ];
}

/** The term between two seconds of one calendar day or time: newer versions tell no interval. */
function termBetween(period: { start: number; end: number } | null | undefined): string | undefined {
  if (!period || period.end <= period.start) return undefined;
  const from = new Date(period.start * 1000);
  const to = new Date(period.end * 1000);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const sameDay = Math.abs(to.getUTCDate() - from.getUTCDate()) <= 3;
  if (months > 0 && sameDay) return months % 12 === 0 ? `P${months / 12}Y` : `P${months}M`;
  const days = Math.round((period.end - period.start) / 86_400);
  return days > 0 ? `P${days}D` : undefined;
}

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

/** The lines of a session with its shipping; what is not told is the rest. */
export function linesOfSession(
  told: z.output<typeof sessionLines>,
  shipping: { amount_total: number; amount_tax?: number | null | undefined } | null | undefined,
  { kind, currency, ...order }: Order,
) {
  const minor = (amount: number) => fromStripeAmount(amount, currency);
  const lines = linesInSession(told?.data ?? [], { kind, currency });
  if (shipping && shipping.amount_total > 0)
    lines.push({
      line: "shipping",
      articles: [],
      quantity: 1,
      netMinor: minor(shipping.amount_total - (shipping.amount_tax ?? 0)),
      taxMinor: minor(shipping.amount_tax ?? 0),
      kind: "shipping",
    });
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
