import { createSecretKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signStripe } from "../../shops/stripe/signature.ts";
import { instant } from "../../words/clock.ts";
import { isTimely, isTimestamp, matchesAny } from "./signature.ts";
import { signStandardWebhook } from "./standard-webhooks.ts";

describe("a signature", () => {
  it("of Stripe is the one known for this secret, time and body", () => {
    const key = createSecretKey(Buffer.from("whsec_abc"));
    const body = Buffer.from('{"id":"evt_1","object":"event","type":"checkout.session.completed"}');
    expect(signStripe(key, "1700000000", body)).toBe(
      "e3c223a18350502492431752c60e3a07e639c907281c2088451b5941072d77d3",
    );
  });

  it("of Standard Webhooks is the one known for this secret, id, time and body", () => {
    const key = createSecretKey(Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64"));
    const body = Buffer.from('{"test": 2432232314}');
    const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body };
    expect(signStandardWebhook(key, message)).toBe("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("matches itself alone, at any place in the list", () => {
    expect(matchesAny(["b", "abc"], "abc")).toBe(true);
    expect(matchesAny(["ab", "abcd", "abd", ""], "abc")).toBe(false);
    expect(matchesAny([], "abc")).toBe(false);
  });

  it("does not match a text whose characters only share their low bytes", () => {
    expect(matchesAny(["\u0161bc"], "abc")).toBe(false);
  });
});

describe("a timestamp", () => {
  it.each(["1700000000", "0", "999999999999"])("may be %j", (text) => {
    expect(isTimestamp(text)).toBe(true);
  });

  it.each([
    "",
    "-1",
    "+1",
    "1e9",
    "1.5",
    "0x10",
    " 1",
    "1 ",
    "1\n",
    "١٧٠٠",
    "１７００",
    "NaN",
    "1".repeat(13),
  ])("may not be %j", (text) => {
    expect(isTimestamp(text)).toBe(false);
  });

  it.each([
    [1700000000 - 300, true],
    [1700000000 - 301, false],
    [1700000000 + 300, true],
    [1700000000 + 301, false],
  ])("of %i is within the tolerance of 1700000000: %s", (seconds, timely) => {
    expect(isTimely(String(seconds), instant(1_700_000_000_999))).toBe(timely);
  });
});
