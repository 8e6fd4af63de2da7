import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../server/src/config/config.ts";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import type { ShopKind, ShopSettings } from "../../server/src/config/shop-config.ts";
import { checkShop } from "../../server/src/intake/check-shop.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openShops } from "../../server/src/shops/open-shops.ts";
import { addDays, systemClock } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { everyKind, everyShop, secretsOfSettings } from "../shops/every-shop.ts";
import { adminToken, openApp, testContent } from "./open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
beforeEach(async () => {
  receiver = await openApp();
});
afterEach(() => receiver.close());

type Answer = (request: { path: string; headers: Headers; body: Buffer }) => Response | Promise<Response>;

/** Something that listens on loopback; returns its address. */
async function listening(answer: Answer): Promise<{ url: string; port: number }> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    const headers = new Headers(request.headers as Record<string, string>);
    const answered = await answer({ path: request.url ?? "/", headers, body });
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(Buffer.from(await answered.arrayBuffer()));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

/** The receiver that is running: it knows every kind of shop, under its own name. */
function running(secretOf = (kind: ShopKind) => everyShop[kind].secret, kinds = everyKind): Answer {
  const settings = kinds.map((kind) => {
    const shop = { ...everyShop[kind].settings, kind, secrets: [secretOf(kind)] };
    return [as.shop(kind), shop as ShopSettings] as const;
  });
  const app = createApp(receiver.deps, { adminToken, shops: openShops(new Map(settings)) });
  return ({ path, headers, body }) =>
    app.request(path, { method: "POST", headers, body: Uint8Array.from(body) });
}

const env = {
  ...secretsOfSettings,
  ...Object.fromEntries(everyKind.map((kind) => [kind.replaceAll("-", "_"), everyShop[kind].secret])),
};

function configOf(issuer: string, port = 1): Config {
  const shops = Object.fromEntries(
    everyKind.map((kind) => [
      kind,
      { kind, secrets: [{ env: kind.replaceAll("-", "_") }], ...everyShop[kind].configured },
    ]),
  );
  const [product] = testContent().products;
  const products = [{ ...product, checkout: { ...product?.checkout, shop: "stripe" } }];
  const content = { ...testContent({ host: "127.0.0.1", port }), issuer, shops, products };
  return parseConfig(content, { file: "/nowhere/tallystick.config.json", env: {} });
}

const check = (config: Config, shop: string, more: { env?: object; clock?: typeof systemClock } = {}) =>
  checkShop(config, { shop }, { env: { ...env, ...more.env }, clock: more.clock ?? systemClock });

describe("a check of a shop", () => {
  test.each(everyKind)("finds nothing wrong where nothing is, and records nothing (%s)", async (kind) => {
    const { url } = await listening(running());
    const result = await check(configOf(url), kind);
    expect(result).toMatchObject({ shop: kind, kind, ok: true, findings: [] });
    expect(result.url).toBe(`${url}/webhooks/${kind}`);
    expect(receiver.events("webhook.duplicate")).toEqual([]);
  });

  test("tells that the running receiver has another secret", async () => {
    const other = `whsec_${Buffer.from("another secret, of 36 bytes in all!!").toString("base64url")}`;
    const { url, port } = await listening(running(() => other, ["stripe", "woocommerce", "gumroad"]));
    for (const kind of ["stripe", "woocommerce", "gumroad"] as const) {
      const { ok, findings } = await check(configOf(url, port), kind);
      expect([ok, findings[0]?.code]).toEqual([false, "signature_refused"]);
      expect(findings[0]?.change).toContain("start it again with the same configuration");
    }
  });

  test("tells that no receiver is running", async () => {
    const result = await check(configOf("http://127.0.0.1:1"), "stripe");
    expect(result.findings).toMatchObject([
      { code: "unreachable", change: expect.stringContaining("`tallystick serve`") },
    ]);
    expect(result.findings[0]?.message).toContain("ECONNREFUSED");
  });

  test("tells which variable is missing", async () => {
    const result = await check(configOf("http://127.0.0.1:1"), "stripe", { env: { stripe: undefined } });
    expect(result.findings).toMatchObject([
      { code: "secret_unfit", message: expect.stringContaining("the environment variable stripe to be set") },
    ]);
  });

  test("tells that a secret is unfit, and does not repeat it", async () => {
    const result = await check(configOf("http://127.0.0.1:1"), "stripe", { env: { stripe: "short-one" } });
    expect(result.findings[0]?.message).toContain("at least 24");
    expect(JSON.stringify(result)).not.toContain("short-one");
  });

  test.each<[string, (request: { headers: Headers; body: Buffer }) => { headers: Headers; body: Buffer }]>([
    [
      "takes headers away",
      ({ headers, body }) => {
        headers.delete("stripe-signature");
        return { headers, body };
      },
    ],
    [
      "writes the body anew",
      ({ headers, body }) => {
        headers.delete("content-length");
        return { headers, body: Buffer.from(JSON.stringify(JSON.parse(String(body)), null, 1)) };
      },
    ],
  ])("tells that a proxy %s", async (_, change) => {
    const direct = await listening(running());
    const proxy = await listening((request) => running()({ ...request, ...change(request) }));
    const result = await check(configOf(proxy.url, direct.port), "stripe");
    expect(result.findings).toMatchObject([
      { code: "changed_on_the_way", change: expect.stringContaining("signature_missing") },
    ]);
  });

  test("tells that the clocks differ", async () => {
    const { url } = await listening(async (request) => {
      const answered = await running()(request);
      answered.headers.set("date", new Date().toUTCString());
      return answered;
    });
    for (const kind of ["stripe", "shopify"]) {
      const result = await check(configOf(url), kind, { clock: () => addDays(systemClock(), 1) });
      expect(result.findings).toMatchObject([
        {
          code: "clock_off",
          change: expect.stringContaining("NTP"),
          message: expect.stringContaining("864"),
        },
      ]);
    }
  });

  test("tells that the address is redirected, without what stands in its query", async () => {
    const location = "https://renew.acme.example/webhooks/stripe?token=secret";
    const { url, port } = await listening(() => new Response(null, { status: 301, headers: { location } }));
    const result = await check(configOf(url, port), "stripe");
    expect(result.findings).toMatchObject([
      { code: "redirected", change: expect.stringContaining("Give the shop the address") },
    ]);
    expect(JSON.stringify(result)).not.toContain("token=secret");
  });

  test("tells that the path leads elsewhere, or that the receiver does not know the shop yet", async () => {
    const page = await listening(() => new Response("<h1>Welcome</h1>", { status: 200 }));
    expect(await check(configOf(page.url), "stripe")).toMatchObject({
      findings: [{ code: "wrong_address" }],
    });
    const lost = await listening(() => new Response("Not found", { status: 404 }));
    expect(await check(configOf(lost.url), "stripe")).toMatchObject({
      findings: [{ code: "wrong_address" }],
    });
    const older = await listening(running(undefined, ["paddle"]));
    expect(await check(configOf(older.url), "stripe")).toMatchObject({
      findings: [{ code: "shop_not_running", change: expect.stringContaining("Start the receiver again") }],
    });
  });

  test("tells that the receiver fails, or gives no shop of that name", async () => {
    const { url } = await listening(() => new Response("{}", { status: 502 }));
    expect(await check(configOf(url), "stripe")).toMatchObject({ findings: [{ code: "receiver_failing" }] });
    await expect(check(configOf(url), "nobody")).rejects.toThrow("The configuration has no shop nobody");
  });

  test("never shows the key of an address", async () => {
    const result = await check(configOf("http://127.0.0.1:1"), "gumroad");
    expect(JSON.stringify(result)).not.toContain(everyShop.gumroad.secret);
  });
});
