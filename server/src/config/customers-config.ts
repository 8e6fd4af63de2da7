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
  })
  .prefault({})
  .describe("What is kept of who customers are");
