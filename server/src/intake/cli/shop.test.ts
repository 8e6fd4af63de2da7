import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openShopApis } from "../../../../test/shops/shop-apis.ts";
import { runHere } from "../../receiver/testing/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "tallystick-shop-"));
const env = { WOO: "woo-webhook-secret-0123456789abcdef" };
const run = (...args: string[]) => runHere(["shop", ...args], { cwd: folder, env });
const woo = { kind: "woocommerce", secrets: [{ env: "WOO" }] };

beforeAll(async () => {
  await runHere(["init"], { cwd: folder });
  const file = join(folder, "tallystick.config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  for (const product of config.products) product.checkout.shop = "woo";
  writeFileSync(file, JSON.stringify({ ...config, issuer: "http://127.0.0.1:1", shops: { woo } }));
});

describe("shops on the command line", () => {
  it("are listed with the addresses of their webhooks", async () => {
    const { code, stdout } = await run("list", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      shops: [
        { shop: "woo", kind: "woocommerce", webhook: "http://127.0.0.1:1/webhooks/woo", testMode: false },
      ],
    });
  });

  it("are checked with what to change, and exit 1 where something is", async () => {
    const { code, stdout } = await run("check", "woo");
    expect([code, stdout]).toEqual([1, expect.stringContaining("To change: Start the receiver")]);
    expect(await run("check", "nobody")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("It has: woo."),
    });
  });

  it("replay a file of deliveries, rehearsed or not", async () => {
    const paid = {
      id: 7,
      currency: "EUR",
      total: "119.00",
      total_tax: "19.00",
      date_paid_gmt: "2026-11-20T09:00:00",
    };
    const line = {
      shop: "woo",
      headers: { "x-wc-webhook-topic": "order.updated" },
      body: JSON.stringify(paid),
    };
    writeFileSync(join(folder, "stored.jsonl"), `${JSON.stringify(line)}\n`);
    const trusted = ["replay", "stored.jsonl", "--trust", "--json"];
    expect(await run("replay", "stored.jsonl")).toMatchObject({ code: 1 });
    for (const [more, sums] of [
      [["--dry-run"], { recorded: 1, dryRun: true }],
      [[], { recorded: 1, duplicate: 0 }],
      [[], { recorded: 0, duplicate: 1 }],
    ] as const) {
      const { code, stdout } = await run(...trusted, ...more);
      expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining(sums)]);
    }
  });

  it.each([
    [
      503,
      "api.polar.sh answered 503. Run `shop reconcile polar --since 2026-11-01T00:00:00.000Z` again later",
    ],
    [
      403,
      "api.polar.sh answered 403: the configured key may not read /v1/orders/. Check the key in the conf",
    ],
  ])("say which shop's API answered %i, and what to do next", async (status, said) => {
    const file = join(folder, "polar.config.json");
    const config = JSON.parse(readFileSync(join(folder, "tallystick.config.json"), "utf8"));
    const polar = { kind: "polar", secrets: [{ env: "WOO" }], api: { token: { env: "WOO" } } };
    writeFileSync(file, JSON.stringify({ ...config, shops: { ...config.shops, polar } }));
    const api = openShopApis(["https://api.polar.sh"], () => ({ status, body: {}, retryAfter: "0" }));
    const args = ["reconcile", "polar", "--since", "2026-11-01", "--config", file, "--json"];
    const { code, stdout, stderr } = await run(...args).finally(() => api.close());
    expect([code, stderr]).toEqual([1, expect.stringContaining(`polar: ${said}`)]);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "shop_api_failed",
      message: expect.stringContaining(said),
    });
    expect(stderr).toContain("(shop_api_failed)");
  });

  it("are not reconciled without an API to read", async () => {
    const refused = await run("reconcile", "woo", "--since", "2026-11-01");
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("woocommerce.md") });
  });
});
