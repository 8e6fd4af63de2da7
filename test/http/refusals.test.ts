import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { addDays, isoTime, systemClock } from "../../server/src/words/clock.ts";
import { adminToken, openApp, ownSecret, purchase, signedDelivery } from "./open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
let good = "";
let revoked = "";
let expired = "";

beforeAll(async () => {
  // The clock stands still, so that what is too old by a second stays so.
  vi.useFakeTimers({ toFake: ["Date"] });
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North" });
  const issue = async (more: object = {}) => {
    const body = { partner: "north", product: "acme-paint", ...more };
    return (await (await receiver.admin("POST", "/v1/tokens", body)).json()) as {
      token: string;
      jti: string;
    };
  };
  good = (await issue()).token;
  const toRevoke = await issue();
  revoked = toRevoke.token;
  await receiver.admin("POST", `/v1/tokens/${toRevoke.jti}/revoke`);
  expired = (await issue({ expiresAt: isoTime(addDays(systemClock(), 1)) })).token;
  vi.setSystemTime(addDays(systemClock(), 2));
});
afterAll(async () => {
  await receiver.close();
  vi.useRealTimers();
});

const json = { "content-type": "application/json" };
const bearer = { authorization: `Bearer ${adminToken}` };
type Case = [what: string, status: number, code: string, ask: () => [string, RequestInit?]];

const registration = (members: object): [string, RequestInit] => [
  "/v1/registrations",
  {
    method: "POST",
    headers: json,
    body: JSON.stringify({ product: "acme-paint", licence: "AAAA", token: good, ...members }),
  },
];
const admin = (path: string, body?: unknown): [string, RequestInit] => [
  path,
  body === undefined
    ? { headers: bearer }
    : { method: "POST", headers: { ...bearer, ...json }, body: JSON.stringify(body) },
];
const delivery = (change: (signed: ReturnType<typeof signedDelivery>) => object = () => ({})) => {
  const signed = signedDelivery(purchase({ order: "r-1" }));
  return ["/webhooks/own", { method: "POST", ...signed, ...change(signed) }] as [string, RequestInit];
};
const withHeader = (name: string, value: string) =>
  delivery(({ headers }) => ({ headers: { ...headers, [name]: value } }));

/** A delivery with a right signature for a time that is not now. */
function deliveryAt(seconds: number): [string, RequestInit] {
  const body = JSON.stringify(purchase({ order: "r-2" }));
  const key = Buffer.from(ownSecret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${seconds}.${body}`).digest("base64");
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": `${seconds}`,
    "webhook-signature": `v1,${signature}`,
  };
  return ["/webhooks/own", { method: "POST", body, headers }];
}
const nowSeconds = () => Math.floor(Date.now() / 1000);
const tampered = () => `${good.slice(0, -10)}${good.at(-10) === "A" ? "B" : "A"}${good.slice(-9)}`;

describe("every refusal of the contract", () => {
  test.each<Case>([
    ["an unknown product's link", 404, "product_unknown", () => ["/r/other"]],
    ["an unknown address", 404, "not_found", () => ["/nothing"]],
    [
      "a method an address does not take",
      405,
      "method_not_allowed",
      () => ["/healthz", { method: "DELETE" }],
    ],

    [
      "a delivery to an unknown shop",
      404,
      "shop_unknown",
      () => ["/webhooks/other", { method: "POST", body: "{}" }],
    ],
    [
      "a delivery without a signature",
      401,
      "signature_invalid",
      () => ["/webhooks/own", { method: "POST", body: "{}" }],
    ],
    [
      "a delivery whose body was changed",
      401,
      "signature_invalid",
      () => delivery(({ body }) => ({ body: `${body} ` })),
    ],
    ["a delivery with another id", 401, "signature_invalid", () => withHeader("webhook-id", "msg_other")],
    [
      "a delivery with another time",
      401,
      "signature_invalid",
      () => withHeader("webhook-timestamp", `${nowSeconds() - 9}`),
    ],
    [
      "a delivery with a foreign signature",
      401,
      "signature_invalid",
      () => withHeader("webhook-signature", "v1,AAAA"),
    ],
    ["a delivery that is too old", 401, "signature_invalid", () => deliveryAt(nowSeconds() - 301)],
    ["a delivery from the future", 401, "signature_invalid", () => deliveryAt(nowSeconds() + 301)],
    [
      "a Stripe delivery without a signature",
      401,
      "signature_invalid",
      () => ["/webhooks/stripe", { method: "POST", body: "{}" }],
    ],
    [
      "a signed delivery that is no event",
      400,
      "event_invalid",
      () => ["/webhooks/own", { method: "POST", ...signedDelivery({}) }],
    ],
    [
      "a signed event with an unknown member",
      400,
      "event_invalid",
      () => [
        "/webhooks/own",
        { method: "POST", ...signedDelivery(purchase({ order: "r-3", colour: "red" })) },
      ],
    ],
    [
      "a body over 1 MB",
      413,
      "body_too_large",
      () => ["/webhooks/own", { method: "POST", body: new Uint8Array(1_048_577) }],
    ],

    ["a registration with a token that is none", 422, "token_malformed", () => registration({ token: "x" })],
    [
      "a registration with a forged token",
      422,
      "token_signature_invalid",
      () => registration({ token: tampered() }),
    ],
    ["a registration with a revoked token", 422, "token_revoked", () => registration({ token: revoked })],
    ["a registration with an expired token", 422, "token_expired", () => registration({ token: expired })],
    [
      "a registration for an unknown product",
      404,
      "product_unknown",
      () => registration({ product: "other" }),
    ],
    ["a registration with an unknown member", 400, "request_invalid", () => registration({ colour: "red" })],
    ["a registration without a licence", 400, "request_invalid", () => registration({ licence: "" })],
    [
      "a registration with a licence too long",
      400,
      "request_invalid",
      () => registration({ licence: "a".repeat(257) }),
    ],
    [
      "a registration with a control character",
      400,
      "request_invalid",
      () => registration({ licence: "a\u0000" }),
    ],
    [
      "a registration that is not JSON",
      415,
      "media_type_unsupported",
      () => ["/v1/registrations", { method: "POST", body: "{}" }],
    ],
    [
      "a registration over 1 MB",
      413,
      "body_too_large",
      () => ["/v1/registrations", { method: "POST", headers: json, body: `"${"a".repeat(1_048_577)}"` }],
    ],

    ["the admin API without its token", 401, "unauthorized", () => ["/v1/partners"]],
    ["a partner that exists", 409, "partner_exists", () => admin("/v1/partners", { id: "north", name: "N" })],
    [
      "a partner below one that does not",
      422,
      "parent_unknown",
      () => admin("/v1/partners", { id: "s", name: "S", parent: "no" }),
    ],
    [
      "a partner with an id that is none",
      400,
      "request_invalid",
      () => admin("/v1/partners", { id: "N N", name: "N" }),
    ],
    ["an unknown partner", 404, "partner_unknown", () => admin("/v1/partners/nobody")],
    [
      "a token for an unknown partner",
      404,
      "partner_unknown",
      () => admin("/v1/tokens", { partner: "no", product: "acme-paint" }),
    ],
    [
      "a token for an unknown product",
      404,
      "product_unknown",
      () => admin("/v1/tokens", { partner: "north", product: "no" }),
    ],
    [
      "a token that has expired before it is issued",
      400,
      "request_invalid",
      () => admin("/v1/tokens", { partner: "north", product: "acme-paint", expiresAt: "2020-01-01" }),
    ],
    [
      "a token to verify that was revoked",
      422,
      "token_revoked",
      () => admin("/v1/tokens/verify", { token: revoked }),
    ],
    [
      "a token to verify that is too long",
      422,
      "token_too_long",
      () => admin("/v1/tokens/verify", { token: "a".repeat(1500) }),
    ],
    ["an unknown token to revoke", 404, "token_unknown", () => admin("/v1/tokens/unknown/revoke", {})],
    ["an unknown order", 404, "order_unknown", () => admin("/v1/orders/own/unknown")],
    ["an unknown partner's balances", 404, "partner_unknown", () => admin("/v1/ledger/balances?partner=no")],
    ["orders by an unknown outcome", 400, "request_invalid", () => admin("/v1/orders?outcome=maybe")],
    ["an export in an unknown format", 400, "request_invalid", () => admin("/v1/ledger/export?format=xml")],
  ])("%s is %i %s", async (_, status, code, ask) => {
    const response = await receiver.app.request(...ask());
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code });
    expect(response.status).toBe(status);
    expect(Object.keys(problem).sort()).toEqual(["code", "detail", "status", "title", "type"]);
  });
});
