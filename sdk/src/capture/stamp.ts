import type { Carrier } from "./carrier.ts";

/**
 * The stamp of the installer or the package that this copy came in: its saved end, its container, its bundle. What
 * reads them weighs as much as the rest of the client and is wanted once in a copy's life, so it is loaded when all
 * that is nearer was looked at in vain.
 */
export const stampCarrier: Carrier = {
  name: "stamp",
  async *look(context) {
    const { lookForStamps } = await import("@tallystick/sdk/stamp");
    yield* lookForStamps(context);
  },
};
