import { z } from "zod";

/** `disputes`: how contested decisions are dealt with. */
export const disputesConfig = z
  .strictObject({
    answerWorkingDays: z
      .int("expected a whole number of days")
      .min(1, "expected at least 1 day")
      .max(250, "expected at most 250 days")
      .default(10)
      .describe("In how many working days the vendor answers a contested decision"),
    remindWorkingDays: z
      .int("expected a whole number of days")
      .min(0, "expected 0 days or more")
      .max(250, "expected at most 250 days")
      .default(2)
      .describe("How many working days before that the vendor is reminded"),
    holidays: z.array(z.iso.date()).max(1000).default([]).describe("Days on which nobody works, in UTC"),
    hold: z
      .enum(["order", "nothing"])
      .default("order")
      .describe(
        "What is not paid out while a decision is contested: what the order's credits brought, or nothing",
      ),
  })
  .prefault({});

/** `disputes` after parsing. */
export type DisputesConfig = z.output<typeof disputesConfig>;
