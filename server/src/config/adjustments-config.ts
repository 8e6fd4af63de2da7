import { z } from "zod";

/** `adjustments`: what people may book by hand. */
export const adjustmentsConfig = z
  .strictObject({
    approvalAboveMinor: z
      .record(
        z.string().regex(/^[A-Z]{3}$/, "expected a currency by its ISO 4217 code, such as EUR"),
        z.int("expected minor units").min(0, "expected 0 or more").max(Number.MAX_SAFE_INTEGER),
      )
      .default({})
      .describe(
        "By currency, in minor units: above it, alone or with what the same person booked for the partner in 30 days, a second person approves, as with any amount of a currency that is not named; without any, nobody has to",
      ),
    budgets: z
      .record(
        z.string().regex(/^[^\p{Cc}]{1,200}$/u, "expected 1 to 200 characters on one line"),
        z.record(
          z.string().regex(/^[A-Z]{3}$/, "expected a currency by its ISO 4217 code, such as EUR"),
          z.int("expected minor units").min(0, "expected 0 or more").max(Number.MAX_SAFE_INTEGER),
        ),
      )
      .default({})
      .describe(
        "By name and currency, in minor units: what allowances may take out of it; with any, an allowance names one of them",
      ),
  })
  .prefault({});

/** `adjustments` after parsing. */
export type AdjustmentsConfig = z.output<typeof adjustmentsConfig>;
