import { createSecretKey } from "node:crypto";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, stripeDelivery, stripeSecret } from "../../../../test/shops/deliveries.ts";
import { stripeCheckoutCompleted } from "../../../../test/shops/stripe-fixtures.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { signStripe, verifyStripe } from "./signature.ts";

const at = deliveredAtSeconds;
const now = instant(at * 1000);
const body = Buffer.from('{"id":"evt_1"}');
const key = createSecretKey(Buffer.from(stripeSecret));
const otherKey = createSecretKey(Buffer.from("whsec_another_0123456789abcdef"));
const good = signStripe(key, String(at), body);
const bad = "0".repeat(64);

const verify = (header: string | null, keys = [key], when: Instant = now) =>
  verifyStripe(header, body, keys, when);

describe("the Stripe-Signature header", () => {
  it("is valid as Stripe's own package makes it", () => {
    const delivery = stripeDelivery(stripeCheckoutCompleted());
    const header = delivery.headers.get("stripe-signature");
    expect(verifyStripe(header, delivery.body, [key], now)).toBe("valid");
  });

  it("is also valid to Stripe's own package where ours made it", () => {
    const read = () =>
      Stripe.webhooks.constructEvent(body, `t=${at},v1=${good}`, stripeSecret, 300, undefined, at);
    expect(read()).toMatchObject({ id: "evt_1" });
  });

  it("is refused for a time far in the future, which Stripe's own package accepts", () => {
    const future = at + 365 * 86_400;
    const { headers, body: raw } = stripeDelivery({ id: "evt_1" }, { timestamp: future });
    const header = headers.get("stripe-signature") ?? "";
    const accepted = Stripe.webhooks.constructEvent(
      Buffer.from(raw),
      header,
      stripeSecret,
      300,
      undefined,
      at,
    );
    expect(accepted).toMatchObject({ id: "evt_1" });
    expect(verifyStripe(header, raw, [key], now)).toBe("timestamp_outside_tolerance");
  });

  it.each([
    ["any v1 that matches", `t=${at},v1=${bad},v1=${good}`],
    ["v1 before t", `v1=${good},t=${at}`],
    ["eight of v1", `t=${at},${`v1=${bad},`.repeat(7)}v1=${good}`],
    ["other schemes beside v1", `t=${at},v0=${bad},v1=${good},v2=x`],
  ])("takes %s", (_, header) => {
    expect(verify(header)).toBe("valid");
  });

  it("takes a signature by any of several secrets", () => {
    expect(verify(`t=${at},v1=${good}`, [otherKey, key])).toBe("valid");
    expect(verify(`t=${at},v1=${good}`, [otherKey])).toBe("signature_mismatch");
    expect(verify(`t=${at},v1=${good}`, [])).toBe("signature_mismatch");
  });

  it.each([
    ["no header", null, "signature_missing"],
    ["an empty one", "", "signature_malformed"],
    ["commas only", ",,,", "signature_malformed"],
    ["no t", `v1=${good}`, "signature_malformed"],
    ["an empty t", `t=,v1=${good}`, "signature_malformed"],
    ["t twice", `t=${at},t=${at},v1=${good}`, "signature_malformed"],
    ["the header twice", `t=${at},v1=${good}, t=${at},v1=${good}`, "signature_malformed"],
    ["a negative t", `t=-${at},v1=${good}`, "signature_malformed"],
    ["t with an exponent", `t=1e9,v1=${good}`, "signature_malformed"],
    ["t with a fraction", `t=${at}.0,v1=${good}`, "signature_malformed"],
    ["white space in t", `t= ${at},v1=${good}`, "signature_malformed"],
    ["an item without a value", `t=${at},v1=${good},v1`, "signature_malformed"],
    ["an item without a name", `t=${at},v1=${good},=x`, "signature_malformed"],
    ["no v1", `t=${at},v0=${good}`, "signature_malformed"],
    ["nine of v1", `t=${at},${`v1=${bad},`.repeat(8)}v1=${good}`, "signature_malformed"],
    ["a huge one", `t=${at},v1=${good},v9=${"x".repeat(5000)}`, "signature_malformed"],
    ["an empty v1", `t=${at},v1=`, "signature_mismatch"],
    ["upper-case hex", `t=${at},v1=${good.toUpperCase()}`, "signature_mismatch"],
    ["half a v1", `t=${at},v1=${good.slice(0, 32)}`, "signature_mismatch"],
    ["white space after v1", `t=${at},v1=${good} `, "signature_mismatch"],
    ["another time", `t=${at + 1},v1=${good}`, "signature_mismatch"],
    ["zeros before t", `t=00${at},v1=${good}`, "signature_mismatch"],
  ])("is refused with %s", (_, header, because) => {
    expect(verify(header)).toBe(because);
  });

  it.each([
    [-300, "valid"],
    [300, "valid"],
    [-301, "timestamp_outside_tolerance"],
    [301, "timestamp_outside_tolerance"],
  ])("read %i seconds after it was made is %s", (seconds, verdict) => {
    expect(verify(`t=${at},v1=${good}`, [key], instant((at + seconds) * 1000))).toBe(verdict);
  });
});
