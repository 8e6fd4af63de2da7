import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminToken, openApp } from "../../../../test/http/open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
beforeAll(async () => {
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North" });
});
afterAll(() => receiver.close());

const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe("the admin API", () => {
  const routes: [string, string][] = [
    ["GET", "/v1/partners"],
    ["POST", "/v1/partners"],
    ["GET", "/v1/partners/north"],
    ["GET", "/v1/partners/nobody"],
    ["POST", "/v1/tokens"],
    ["POST", "/v1/tokens/verify"],
    ["POST", "/v1/tokens/abc/revoke"],
    ["GET", "/v1/keys"],
    ["GET", "/v1/orders"],
    ["GET", "/v1/orders/own/1"],
    ["GET", "/v1/ledger/balances"],
    ["GET", "/v1/ledger/verify"],
    ["GET", "/v1/ledger/export?format=csv"],
    ["DELETE", "/v1/partners/north"],
    ["GET", "/v1/nothing"],
  ];

  test.each(routes)("%s %s answers the same without the token, whatever exists", async (method, path) => {
    const response = await receiver.send(method, path);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(await codeOf(response)).toEqual([401, "unauthorized"]);
  });

  test.each([
    ["another token", "Bearer another-token-of-some-length"],
    ["half the token", `Bearer ${adminToken.slice(0, -1)}`],
    ["more than the token", `Bearer ${adminToken}x`],
    ["another scheme", `Basic ${adminToken}`],
    ["no token", "Bearer"],
    ["bytes beyond ASCII", "Bearer \u00e9"],
  ])("refuses %s", async (_, authorization) => {
    expect((await receiver.send("GET", "/v1/partners", undefined, { authorization })).status).toBe(401);
  });

  test("takes the token with the scheme in any case", async () => {
    const headers = { authorization: `bearer ${adminToken}` };
    expect((await receiver.send("GET", "/v1/partners", undefined, headers)).status).toBe(200);
  });

  test("is not cached", async () => {
    expect((await receiver.admin("GET", "/v1/partners")).headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    ["POST", "/v1/partners", { id: "x", name: "X", colour: "red" }],
    ["POST", "/v1/tokens", { partner: "north", product: "acme-paint", jti: "mine" }],
    ["POST", "/v1/tokens/verify", '{"token":"x","__proto__":{"a":1}}'],
    ["POST", "/v1/registrations", { product: "acme-paint", licence: "L", token: "x", partner: "south" }],
    ["GET", "/v1/orders?colour=red", undefined],
    ["GET", "/v1/partners?limit=1", undefined],
    ["GET", "/v1/orders?limit=1&limit=2", undefined],
    ["GET", "/v1/ledger/export", undefined],
    ["GET", "/v1/ledger/export?format=xml", undefined],
    ["GET", "/v1/orders?since=yesterday", undefined],
    ["GET", "/v1/orders?after=%21", undefined],
    ["POST", "/v1/partners", { id: "x", name: "a\u0000b" }],
    ["POST", "/v1/partners", '{"id":"x","name":"\\ud800"}'],
    ["POST", "/v1/partners", { id: "x", name: "X", percent: 100.5 }],
    ["POST", "/v1/partners", { id: "x", name: "X", percent: 1.234 }],
    ["POST", "/v1/partners", "[]"],
    ["POST", "/v1/partners", "null"],
    ["POST", "/v1/partners", "{"],
    ["POST", "/v1/partners", ""],
    ["POST", "/v1/partners", "[".repeat(65)],
  ] as [string, string, unknown][])("refuses %s %s with %j", async (method, path, body) => {
    expect(await codeOf(await receiver.admin(method, path, body))).toEqual([400, "request_invalid"]);
  });

  test("takes JSON alone", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=latin1",
    ]) {
      const response = await receiver.send("POST", "/v1/registrations", "{}", { "content-type": type });
      expect(await codeOf(response)).toEqual([415, "media_type_unsupported"]);
    }
  });

  test("refuses bytes that are not UTF-8", async () => {
    const response = await receiver.app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(await codeOf(response)).toEqual([400, "request_invalid"]);
  });

  test("says which member is wrong without repeating what was sent", async () => {
    const response = await receiver.admin("POST", "/v1/partners", { id: "NOT AN ID", name: "X" });
    const { detail } = (await response.json()) as { detail: string };
    expect(detail).toMatch(/^body\.id: /);
    expect(detail).not.toContain("NOT AN ID");
  });
});

describe("addresses that lead nowhere", () => {
  test("are 404 problems", async () => {
    for (const path of ["/nothing", "/r", "/r/", "/webhooks", "/docs/../package.json", "/docs/index.html"]) {
      expect(await codeOf(await receiver.send("GET", path))).toEqual([404, "not_found"]);
    }
  });

  test("are pages for a browser, but for addresses of programs", async () => {
    const typeAt = async (path: string) => {
      const response = await receiver.send("GET", path, undefined, { accept: "text/html,*/*;q=0.8" });
      return [path, response.status, response.headers.get("content-type")?.split(";")[0]];
    };
    for (const path of ["/nothing", "/r", "/r/", "/r/a/b", "/r/acme-paint/renew", "/d", "/d/acme-paint"])
      expect(await typeAt(path)).toEqual([path, 404, "text/html"]);
    for (const path of ["/webhooks", "/webhooks/"])
      expect(await typeAt(path)).toEqual([path, 404, "application/problem+json"]);
  });

  test.each([
    ["POST", "/r/acme-paint", "GET, HEAD, OPTIONS"],
    ["GET", "/webhooks/own", "POST, OPTIONS"],
    ["GET", "/v1/registrations", "POST, OPTIONS"],
    ["PUT", "/healthz", "GET, HEAD, OPTIONS"],
    ["TRACE", "/metrics", "GET, HEAD, OPTIONS"],
  ])("%s %s is 405 with what is allowed", async (method, path, allow) => {
    const response = await receiver.app.fetch(
      Object.defineProperty(new Request(`http://localhost${path}`), "method", { value: method }),
    );
    expect(response.headers.get("allow")).toBe(allow);
    expect(await codeOf(response)).toEqual([405, "method_not_allowed"]);
  });

  test("say what is allowed when asked", async () => {
    const response = await receiver.send("OPTIONS", "/webhooks/own");
    expect([response.status, response.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
  });
});

describe("a failure inside", () => {
  test("is an internal error outside and whole in the log", async () => {
    const broken = await openApp(({ store }) => ({
      store: { ...store, read: () => Promise.reject(new Error("the table is gone")) },
    }));
    const response = await broken.admin("GET", "/v1/partners");
    const text = await response.text();
    expect([response.status, JSON.parse(text).code]).toEqual([500, "internal_error"]);
    expect(text).not.toContain("table");
    expect(JSON.stringify(broken.events("server.failed"))).toContain("the table is gone");
    await broken.close();
  });
});
