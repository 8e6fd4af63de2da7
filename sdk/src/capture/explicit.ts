import type { Carrier } from "./carrier.ts";

/** The token the product hands over itself: `capture({ token })`. */
export const explicitCarrier: Carrier = {
  name: "explicit",
  look({ token }) {
    const where = "capture({ token })";
    const text = typeof token === "string" ? token.trim() : ""; // Read from a file, it has a line end behind it.
    return [text ? { where, text } : { where, code: "absent" }];
  },
};
