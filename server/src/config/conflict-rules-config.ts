import { z } from "zod";
import { conflictClasses } from "../attribution/conflict-rule.ts";

const kinds = ["distributor", "reseller", "affiliate"] as const;

const rule = z
  .strictObject({
    rule: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "expected small letters, digits and hyphens, at most 64")
      .describe("Its name, as the decision record and `rule preview` call it"),
    class: z
      .enum(conflictClasses)
      .describe(
        "What it goes by: `territory` whose territory the buyer's country is, `deal` who had registered the buyer, `partner_kind` what the partner is",
      ),
    on: z
      .boolean()
      .default(false)
      .describe("Whether it decides; `rule preview` says what it would settle while it does not"),
    kinds: z
      .array(z.enum(kinds))
      .default([])
      .describe("Of class `partner_kind`: who stands before all others, the first before the second"),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "expected a country's code of ISO 3166-1, such as AT"))
      .min(1, "expected at least one country")
      .optional()
      .describe("Only buyers in these countries"),
    products: z
      .array(z.string())
      .min(1, "expected at least one product")
      .optional()
      .describe("Only these products, by their ids"),
    between: z
      .enum(["same_kind", "any_kind"])
      .default("same_kind")
      .describe(
        "What is a conflict: evidence of the winning kind of two partners, or evidence of any kind that was there at the purchase",
      ),
  })
  .refine((one) => (one.class === "partner_kind") === one.kinds.length > 0, {
    message: "expected kinds for the class partner_kind, and for no other",
    path: ["kinds"],
  });

/** How classes of conflicts between partners are settled, in order. */
export const conflictRulesConfig = z
  .array(rule)
  .max(50, "expected at most 50 rules")
  .refine((rules) => new Set(rules.map((one) => one.rule)).size === rules.length, "expected each name once")
  .default([])
  .describe("How classes of conflicts between partners are settled, in order, before `onConflict` is asked");
