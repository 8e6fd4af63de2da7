import { createSecretKey } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { deliveredAtSeconds, ownDelivery, ownSecret } from "../../../../test/shops/deliveries.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { signStandardWebhook, verifyStandardWebhook } from "./standard-webhooks.ts";

const at = deliveredAtSeconds;
const now = instant(at * 1000);
const body = Buffer.from('{"type":"x"}');
const key = createSecretKey(Buffer.from(ownSecret.slice("whsec_".length), "base64"));
const otherKey = createSecretKey(Buffer.from("another secret of 24 bytes"));
const good = `v1,${signStandardWebhook(key, { id: "msg_1", timestamp: String(at), body })}`;
const bad = `v1,${"A".repeat(43)}=`;

function verify(signature: string, changes: Record<string, string> = {}, keys = [key], when: Instant = now) {
  const headers = new Headers({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(at),
    "webhook-signature": signature,
    ...changes,
  });
  return verifyStandardWebhook(headers, body, keys, when);
}

describe("the headers of Standard Webhooks", () => {
  it("are valid as the package of Standard Webhooks makes them", () => {
    const delivery = ownDelivery({ type: "x" });
    expect(verifyStandardWebhook(delivery.headers, delivery.body, [key], now)).toBe("valid");
  });

  it("are also valid to that package where ours made them", () => {
    const seconds = Math.floor(Date.now() / 1000);
    const message = { id: "msg_1", timestamp: String(seconds), body };
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signStandardWebhook(key, message)}`,
    };
    expect(new Webhook(ownSecret).verify(body.toString(), headers)).toEqual({ type: "x" });
  });

  it.each([
    ["any v1 that matches", `${bad} ${good}`],
    ["eight of v1", `${`${bad} `.repeat(7)}${good}`],
    ["other versions beside v1", `v1a,AAAA ${good} v2,x`],
  ])("take %s", (_, signature) => {
    expect(verify(signature)).toBe("valid");
  });

  it("take a signature by any of several secrets", () => {
    expect(verify(good, {}, [otherKey, key])).toBe("valid");
    expect(verify(good, {}, [otherKey])).toBe("signature_mismatch");
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("are refused without %s", (name) => {
    const { headers, body: raw } = ownDelivery({ type: "x" });
    headers.delete(name);
    expect(verifyStandardWebhook(headers, raw, [key], now)).toBe("signature_missing");
  });

  it.each([
    ["an empty list", "", {}, "signature_malformed"],
    ["no v1", good.replace("v1,", "v1a,"), {}, "signature_malformed"],
    ["no version", good.slice(3), {}, "signature_malformed"],
    ["two spaces", `${good}  ${good}`, {}, "signature_malformed"],
    ["nine of v1", `${`${bad} `.repeat(8)}${good}`, {}, "signature_malformed"],
    ["a huge list", `${good} v9,${"x".repeat(5000)}`, {}, "signature_malformed"],
    ["the list twice, joined by a comma", `${good}, ${good}`, {}, "signature_malformed"],
    ["no padding", good.slice(0, -1), {}, "signature_mismatch"],
    ["hex instead of base64", `v1,${"0".repeat(64)}`, {}, "signature_mismatch"],
    ["another id", good, { "webhook-id": "msg_2" }, "signature_mismatch"],
    ["an empty id", good, { "webhook-id": "" }, "signature_malformed"],
    ["an id with a space", good, { "webhook-id": "msg 1" }, "signature_malformed"],
    ["an id that is not ASCII", good, { "webhook-id": "m\u00e9" }, "signature_malformed"],
    ["a huge id", good, { "webhook-id": "m".repeat(256) }, "signature_malformed"],
    ["a negative time", good, { "webhook-timestamp": `-${at}` }, "signature_malformed"],
    ["a time twice", good, { "webhook-timestamp": `${at}, ${at}` }, "signature_malformed"],
    ["a time with an exponent", good, { "webhook-timestamp": "1e9" }, "signature_malformed"],
    ["another time", good, { "webhook-timestamp": String(at + 1) }, "signature_mismatch"],
  ])("are refused with %s", (_, signature, changes, because) => {
    expect(verify(signature, changes)).toBe(because);
  });

  it.each([
    [-300, "valid"],
    [300, "valid"],
    [-301, "timestamp_outside_tolerance"],
    [301, "timestamp_outside_tolerance"],
  ])("read %i seconds after they were made are %s", (seconds, verdict) => {
    expect(verify(good, {}, [key], instant((at + seconds) * 1000))).toBe(verdict);
  });
});
