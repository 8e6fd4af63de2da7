import type { KeyObject } from "node:crypto";
import { readJson, refused } from "../kit/read-json.ts";
import type { Shop } from "../shop.ts";
import { needsSession, withSession } from "./api.ts";
import { verifyStripe } from "./signature.ts";
import { readStripeEvent } from "./stripe-events.ts";

export { stripeEventTypes } from "./stripe-events.ts";

/**
 * A shop on Stripe Checkout, Payment Links or Billing, of any API version. `docs/shops/stripe.md` tells how each event is
 * read, and why. With its API, a Checkout Session is asked for its lines, and a captured payment for its session.
 */
export function openStripe(
  keys: readonly KeyObject[],
  { api }: { api?: { token: string } | undefined } = {},
): Shop {
  return {
    kind: "stripe",
    read({ headers, body }, now) {
      const verdict = verifyStripe(headers.get("stripe-signature"), body, keys, now);
      if (verdict !== "valid") return refused(verdict);
      const json = readJson(body);
      return json.outcome === "refused" ? json : readStripeEvent(json.value);
    },
    ...(api === undefined
      ? {}
      : { needsConfirming: needsSession, confirm: (reading, now) => withSession(reading, api.token, now) }),
  };
}
