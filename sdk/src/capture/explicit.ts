import type { Carrier } from "./carrier.ts";

/** The token the product hands over itself: `capture({ token })`. */
export const explicitCarrier: Carrier = {
  name: "explicit",
  look({ token }) {
    const where = "capture({ token })";
    return [token ? { where, text: token } : { where, code: "absent" }];
  },
};
