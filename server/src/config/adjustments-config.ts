import { z } from "zod";
import { currencyCode } from "./currency-config.ts";

/** `adjustments`: what people may book by hand. */
export const adjustmentsConfig = z
  .strictObject({
    approvalAboveMinor: z
      .record(
        currencyCode,
        z.int("expected minor units").min(0, "expected 0 or more").max(Number.MAX_SAFE_INTEGER),
      )
      .default({})
      .describe(
        "By currency, in minor units: above it a second person approves, as with any amount of a currency that is not named; without any, nobody has to",
      ),
    approvalWindowDays: z
      .int("expected whole days")
      .min(0, "expected 0 or more")
      .max(3_650)
      .default(30)
      .describe(
        "What one person books for one partner within so many days counts together against the limit; 0 counts each amount alone",
      ),
    budgets: z
      .record(
        z.string().regex(/^[^\p{Cc}]{1,200}$/u, "expected 1 to 200 characters on one line"),
        z.record(
          currencyCode,
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
