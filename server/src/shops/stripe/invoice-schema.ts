import { z } from "zod";
import { anyText, currencyText, idText, minorUnits } from "../kit/members.ts";
import { shippingCost, soldMembers } from "./lines.ts";
import { expandable, metadata, optionalDiscount, optionalDiscounts } from "./object.ts";

const taxAmounts = z.array(z.object({ amount: z.int() })).nullish();

const line = z.object({
  ...soldMembers,
  metadata,
  /** Before API version 2025-03-31. */
  subscription: expandable,
  /** From API version 2025-03-31. */
  parent: z
    .object({
      subscription_item_details: z
        .object({ subscription: expandable, proration: z.boolean().nullish() })
        .nullish(),
      invoice_item_details: z.object({ proration: z.boolean().nullish() }).nullish(),
    })
    .nullish(),
});

const payment = z.object({
  payment: z.object({ payment_intent: expandable, charge: expandable }).nullish(),
});

/**
 * The members of an invoice that are needed, in both generations of Stripe's API. Version 2025-03-31 ("basil") moved
 * `subscription` and `subscription_details` below `parent`, replaced `tax` and `total_tax_amounts` by `total_taxes`,
 * and `charge` and `payment_intent` by `payments`, which webhooks leave out unless the sender expands it.
 */
export const invoiceSchema = z.object({
  id: idText,
  billing_reason: z.string().nullish(),
  currency: currencyText,
  total: z.int(),
  total_excluding_tax: z.int().nullish(),
  amount_due: minorUnits.nullish(),
  amount_paid: minorUnits.nullish(),
  customer_email: anyText,
  customer_address: z.object({ country: anyText }).nullish().catch(undefined),
  metadata,
  discounts: optionalDiscounts,
  shipping_cost: shippingCost,
  lines: z.object({ data: z.array(line).nullish() }).nullish(),
  // Before 2025-03-31:
  subscription: expandable,
  subscription_details: z.object({ metadata }).nullish(),
  charge: expandable,
  payment_intent: expandable,
  tax: z.int().nullish(),
  total_tax_amounts: taxAmounts,
  discount: optionalDiscount,
  // From 2025-03-31:
  parent: z
    .object({ subscription_details: z.object({ subscription: expandable, metadata }).nullish() })
    .nullish(),
  payments: z.object({ data: z.array(payment).nullish() }).nullish(),
  total_taxes: taxAmounts,
});
/** The members of an invoice that are needed. */
export type Invoice = z.output<typeof invoiceSchema>;

const invoicePaymentFields = { payment_intent: expandable, charge: expandable, payment_record: expandable };

/** An invoice payment, which from API version 2025-03-31 tells what paid an invoice. */
export const invoicePaymentSchema = z.object({
  id: idText,
  amount_paid: minorUnits.nullish(),
  currency: currencyText.nullish(),
  invoice: expandable,
  payment: z.object(invoicePaymentFields).nullish(),
});
