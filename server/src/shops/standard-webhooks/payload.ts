import { z } from "zod";
import { lineKinds } from "../../events/order-line.ts";
import { currencyText, idText, minorUnits, productIdText } from "../kit/members.ts";

const id = (description: string) =>
  idText.describe(`${description} 1 to 255 visible ASCII characters, no spaces.`);
const time = (description: string) =>
  z.iso.datetime({ offset: true }).describe(`${description} ISO 8601 with a zone.`);
const claim = (description: string) =>
  z
    .string()
    .nullish()
    .describe(`${description} Over 500 characters, or with control characters: passed over.`);
const currency = currencyText.describe("ISO 4217 code, such as EUR.");
const gross = minorUnits.describe("Tax included, in minor units (cents).");

const lineId = id("The line's own id, by which a refund can name it. Its place, from 1, if left out.");

const line = z
  .strictObject({
    line: lineId.optional(),
    product: z
      .string()
      .max(200)
      .nullish()
      .describe(
        "The product's id in the receiver's configuration, or your own article number for anything else.",
      ),
    articles: z
      .array(idText)
      .max(20)
      .nullish()
      .describe("Your own ids of what was sold, which `products[].articles` of the configuration may name."),
    description: z.string().max(1000).nullish().describe("For people; the receiver does not use it."),
    quantity: z.int().min(1).describe("How many were sold. The amounts are for all of them together."),
    netMinor: z.int().describe("Without tax, in minor units. A rebate may be a line below zero."),
    taxMinor: z.int().describe("Tax in minor units."),
    listMinor: minorUnits.nullish().describe("Its price before discounts, without tax, in minor units."),
    kind: z
      .enum(lineKinds)
      .nullish()
      .describe(
        "What it is; the order's `cycle` if left out. `prepaid` is money for later, such as a gift card: it earns when it is spent.",
      ),
    period: z
      .string()
      .regex(/^P[1-9][0-9]{0,2}[DWMY]$/)
      .nullish()
      .describe("The term that was paid, as an ISO 8601 duration, such as P1Y."),
  })
  .describe("One line of the order.");

const lostLine = z
  .strictObject({
    line: id("The id of the line in the order."),
    netMinor: minorUnits.describe("What of it went back without tax, in minor units."),
    taxMinor: minorUnits.describe("What of its tax went back, in minor units."),
  })
  .describe("What a refund gave back of one line.");

/** What a vendor's own shop tells of an order that was paid. */
export const purchaseCompleted = z
  .strictObject({
    order: id("The order's id, as people know it; refunds name it again."),
    cycle: z
      .enum(["new", "renewal", "upgrade"])
      .optional()
      .describe(
        "`renewal` for a further period of a licence or subscription, `upgrade` for a change to a larger one; `new` if left out.",
      ),
    subscription: id("The subscription's id, the same in each of its orders.").nullish(),
    product: productIdText
      .nullish()
      .describe("The product's id in the receiver's configuration. If left out, the one all lines agree on."),
    lines: z.array(line).min(1).max(1000).optional().describe("Required unless both totals are given."),
    netMinor: minorUnits
      .optional()
      .describe("Total without tax, in minor units; equals the sum of the lines."),
    taxMinor: minorUnits.optional().describe("Total tax in minor units; equals the sum of the lines."),
    currency,
    customer: z
      .strictObject({
        email: claim("The buyer's e-mail address; stored only as a keyed hash."),
        country: z
          .string()
          .nullish()
          .describe(
            "The country of the billing address, ISO 3166-1 alpha-2, such as AT. Anything else: passed over.",
          ),
      })
      .nullish(),
    licence: claim("The licence that was bought or renewed; stored only as a keyed hash."),
    reference: claim("What the receiver filled in for {reference} in the checkout's address."),
    coupon: claim("The code the buyer typed."),
    coupons: z.array(z.string().nullable()).max(20).nullish().describe("The codes, where there are several."),
    paidAt: time("When the order was paid."),
    changedAt: time("When the order was edited last: it stands as told with the latest time.").optional(),
  })
  .refine(({ lines = [] }) => new Set(lineNamesOf(lines)).size === lines.length, {
    message: "two have one id",
    path: ["lines"],
  })
  .refine((sale) => totalsOf(sale) !== undefined, {
    message: "totals and lines disagree, are missing, below zero or too large",
    path: ["netMinor"],
  })
  .describe("An order was paid.");
/** An order that was paid, as the vendor's own shop tells it. */
export type PurchaseCompleted = z.output<typeof purchaseCompleted>;

/** What a vendor's own shop tells of a refund, full or partial. */
export const purchaseRefunded = z
  .strictObject({
    order: id("The order the money went back for."),
    refund: id("The refund's own id; each refund of an order has another."),
    amountMinor: gross.min(1).describe("What this refund gave back, tax included, in minor units."),
    currency,
    status: z
      .enum(["pending", "done", "failed", "cancelled", "deleted"])
      .optional()
      .describe("Where the refund stands since `refundedAt`: the newest counts. `done` if left out."),
    netMinor: minorUnits
      .optional()
      .describe("The part of `amountMinor` that is no tax, in minor units; 0 where only tax went back."),
    lines: z.array(lostLine).max(1000).optional().describe("What it gave back of each line."),
    refundedAt: time("When it was refunded, or came to where it stands."),
  })
  .refine(({ netMinor = 0, amountMinor }) => netMinor <= amountMinor, {
    message: "more net than the amount",
    path: ["netMinor"],
  })
  .describe("Money went back to the customer, all of it or a part.");

/** What a vendor's own shop tells of a refund. */
export type PurchaseRefunded = z.output<typeof purchaseRefunded>;

/** What a vendor's own shop tells of a dispute with the customer's bank. */
export const purchaseDisputed = z
  .strictObject({
    order: id("The order whose payment is disputed."),
    dispute: id("The dispute's own id, the same when it opens and when it is decided."),
    status: z
      .enum(["opened", "won", "lost"])
      .describe(
        "`opened`: the bank took the money back for now; `won`: you have it again; `lost`: it is gone.",
      ),
    amountMinor: gross,
    currency,
    disputedAt: time("When it was opened, won or lost."),
  })
  .describe("The customer's bank disputes the payment, or has decided.");

const envelope = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({
    type: z.literal(type),
    timestamp: time("When the event happened."),
    data,
  });

/** Every event of a vendor's own shop, in the envelope that Standard Webhooks recommends. Unknown members are refused. */
export const ownShopEvent = z
  .discriminatedUnion("type", [
    envelope("purchase.completed", purchaseCompleted),
    envelope("purchase.refunded", purchaseRefunded),
    envelope("purchase.disputed", purchaseDisputed),
  ])
  .describe("An event of your own shop, signed as Standard Webhooks says.");
/** Every event of a vendor's own shop. */
export type OwnShopEvent = z.output<typeof ownShopEvent>;

/** The ids of an order's lines, by their place where they have none. */
export const lineNamesOf = (lines: readonly { line?: string | undefined }[]): string[] =>
  lines.map(({ line }, place) => line ?? String(place + 1));

interface Amounts {
  lines?: readonly { netMinor: number; taxMinor: number }[] | undefined;
  netMinor?: number | undefined;
  taxMinor?: number | undefined;
}

/** The order's totals, from its lines or as given; undefined where both are there and disagree, or make no sense. */
export function totalsOf(sale: Amounts): { netMinor: number; taxMinor: number } | undefined {
  const summed = sale.lines && {
    netMinor: sale.lines.reduce((sum, one) => sum + one.netMinor, 0),
    taxMinor: sale.lines.reduce((sum, one) => sum + one.taxMinor, 0),
  };
  const netMinor = sale.netMinor ?? summed?.netMinor;
  const taxMinor = sale.taxMinor ?? summed?.taxMinor;
  if (netMinor === undefined || taxMinor === undefined || netMinor < 0 || taxMinor < 0) return undefined;
  if (summed && (summed.netMinor !== netMinor || summed.taxMinor !== taxMinor)) return undefined;
  return Number.isSafeInteger(netMinor + taxMinor) ? { netMinor, taxMinor } : undefined;
}
