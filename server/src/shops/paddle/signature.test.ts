import { createSecretKey } from "node:crypto";
import { Environment, Paddle } from "@paddle/paddle-node-sdk";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { deliveredAtSeconds, paddleDelivery, paddleSecret } from "../../../../test/shops/deliveries.ts";
import { paddleTransactionCompleted } from "../../../../test/shops/paddle-fixtures.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { signPaddle, verifyPaddle } from "./signature.ts";

const at = deliveredAtSeconds;
const now = instant(at * 1000);
const body = Buffer.from('{"event_id":"evt_1"}');
const key = createSecretKey(Buffer.from(paddleSecret));
const otherKey = createSecretKey(Buffer.from("pdl_ntfset_another_0123456789"));
const good = signPaddle(key, String(at), body);
const bad = "0".repeat(64);
const paddle = new Paddle("api-key-of-nobody", { environment: Environment.sandbox });

const verify = (header: string | null, keys = [key], when: Instant = now) =>
  verifyPaddle(header, body, keys, when);

/** Paddle's own package takes a signature for five seconds of the machine's clock. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
}

describe("the Paddle-Signature header", () => {
  it("is what Paddle's documentation shows for its example", () => {
    const secret = "pdl_ntf_01hbpjmytsa32fhr36nqgc3kgb_WvRO0eL4Bj9rgYYIBZY6wZhG4EHy9jzh";
    const example = signPaddle(
      createSecretKey(Buffer.from(secret)),
      "1696195954",
      Buffer.from("hello-world"),
    );
    expect(example).toBe("d96299976a6eb066f484d7fde011ac56fc32b38fc9940bc419d6e537fdc6ef02");
  });

  it("is valid to Paddle's own package where ours made it, and to ours", async () => {
    stopClock();
    const timestamp = Math.floor(Date.now() / 1000);
    const delivery = paddleDelivery(paddleTransactionCompleted(), { timestamp });
    const header = delivery.headers.get("paddle-signature") ?? "";
    const text = Buffer.from(delivery.body).toString();
    expect(await paddle.webhooks.isSignatureValid(text, paddleSecret, header)).toBe(true);
    expect(await paddle.webhooks.isSignatureValid(`${text} `, paddleSecret, header)).toBe(false);
    expect(verifyPaddle(header, delivery.body, [key], instant(timestamp * 1000))).toBe("valid");
    expect(header).toBe(`ts=${timestamp};h1=${signPaddle(key, String(timestamp), delivery.body)}`);
  });

  it("is valid by any of several h1, of which Paddle's own package looks at the last alone", async () => {
    stopClock();
    const timestamp = Math.floor(Date.now() / 1000);
    const header = `ts=${timestamp};h1=${signPaddle(key, String(timestamp), body)};h1=${bad}`;
    expect(verifyPaddle(header, body, [key], instant(timestamp * 1000))).toBe("valid");
    expect(await paddle.webhooks.isSignatureValid(body.toString(), paddleSecret, header)).toBe(false);
  });

  it.each([
    ["the last of several h1", `ts=${at};h1=${bad};h1=${good}`],
    ["h1 before ts", `h1=${good};ts=${at}`],
    ["other schemes beside h1", `ts=${at};h0=${bad};h1=${good};h2=x`],
  ])("takes %s", (_, header) => {
    expect(verify(header)).toBe("valid");
  });

  it("takes a signature by any of several secrets", () => {
    expect(verify(`ts=${at};h1=${good}`, [otherKey, key])).toBe("valid");
    expect(verify(`ts=${at};h1=${good}`, [otherKey])).toBe("signature_mismatch");
  });

  it.each([
    [-301, "timestamp_outside_tolerance"],
    [-300, "valid"],
    [300, "valid"],
    [301, "timestamp_outside_tolerance"],
  ])("made %d seconds from now is %s", (seconds, verdict) => {
    expect(verify(`ts=${at};h1=${good}`, [key], instant((at - seconds) * 1000))).toBe(verdict);
  });

  it.each([
    ["that is missing", null, "signature_missing"],
    ["that is empty", "", "signature_malformed"],
    ["without ts", `h1=${good}`, "signature_malformed"],
    ["without h1", `ts=${at}`, "signature_malformed"],
    ["with two ts", `ts=${at};ts=${at};h1=${good}`, "signature_malformed"],
    ["that came twice", `ts=${at};h1=${bad}, ts=${at};h1=${good}`, "signature_malformed"],
    ["with nine h1", `ts=${at};${`h1=${bad};`.repeat(8)}h1=${good}`, "signature_malformed"],
    ["with a ts that is no number", `ts=0x1f;h1=${good}`, "signature_malformed"],
    ["of Stripe's style", `t=${at},v1=${good}`, "signature_malformed"],
    ["in upper case", `ts=${at};h1=${good.toUpperCase()}`, "signature_mismatch"],
    ["cut short", `ts=${at};h1=${good.slice(0, -1)}`, "signature_mismatch"],
    ["of 5 kB", `ts=${at};h1=${good};${"x=y;".repeat(1300)}h1=${good}`, "signature_malformed"],
  ])("%s is refused", (_, header, verdict) => {
    expect(verify(header)).toBe(verdict);
  });
});
