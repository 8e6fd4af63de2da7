import { z } from "zod";

/** `customers`: what is kept of who customers are. */
export const customersConfig = z
  .strictObject({
    fromOrders: z
      .boolean()
      .default(false)
      .describe(
        "Whether the buyer's address is kept, sealed, of each sale whose shop tells it; by default a keyed hash of it is all that is kept",
      ),
    renewalNoticeDays: z
      .array(z.int().min(1).max(365))
      .max(5)
      .default([])
      .describe(
        "How many days before a licence's term ends its customer is written to; none by default. California wants such a notice 15 to 45 days before a term of a year renews",
      ),
  })
  .prefault({})
  .describe("What is kept of who customers are");
