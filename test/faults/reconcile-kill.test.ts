import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { findCursor } from "../../server/src/intake/rows/reconcile-cursors.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { as } from "../../server/src/words/ids.ts";
import { chargebeePaymentSucceeded } from "../shops/chargebee-fixtures.ts";
import { chargebeeSecret, woocommerceSecret } from "../shops/deliveries.ts";
import { wooOrderUpdated } from "../shops/woocommerce-fixtures.ts";
import { until } from "../until.ts";
import { commandLine, nodeFlags, openVendor, runCommand } from "./vendor.ts";

/** By hand: RECONCILE_KILLS=8. Each kill falls into a page of its own. */
const kills = Number(process.env.RECONCILE_KILLS ?? 2);
/** Each order is of 100.00 without tax, of which north has a fifth. */
const earnedMinor = 2000;

/** A list as an API tells it by its address: the orders of a page, and whether there are more. */
interface ListedShop {
  kind: string;
  settings: object;
  secret: string;
  /** A page of the API has so many, and each begins so many further on. */
  perPage: number;
  step: number;
  /** Undefined for what is asked for beside, and is empty. */
  offset: (url: URL) => number | undefined;
  sold: (n: number) => unknown;
  answer: (told: unknown[], next: number | undefined) => unknown;
}

const shops: ListedShop[] = [
  {
    kind: "woocommerce",
    settings: { api: { key: { env: "API_KEY" }, secret: { env: "API_KEY" } } },
    secret: woocommerceSecret,
    perPage: 100,
    step: 90,
    offset: ({ pathname, searchParams }) =>
      pathname.endsWith("/orders") && searchParams.get("status") === "any"
        ? Number(searchParams.get("offset"))
        : undefined,
    sold: (n) => wooOrderUpdated({ id: n, coupons: ["SPRING"], paidAt: minutesAgo(n).slice(0, 19) }),
    answer: (told) => told,
  },
  {
    kind: "chargebee",
    settings: { user: "tallystick", api: { key: { env: "API_KEY" } } },
    secret: chargebeeSecret,
    perPage: 40,
    step: 40,
    offset: ({ searchParams }) => Number(searchParams.get("offset") ?? 0),
    sold: (n) => ({
      event: chargebeePaymentSucceeded({
        invoice: `INV-${n}`,
        subscription: null,
        eventId: `ev_${n}`,
        occurredAtSeconds: Math.floor(Date.parse(minutesAgo(n)) / 1000),
        discounts: [{ entity_type: "document_level_coupon", entity_id: "SPRING" }],
      }),
    }),
    answer: (list, next) => ({ list, ...(next === undefined ? {} : { next_offset: `${next}` }) }),
  },
];

/** An order is told with the same time each time it is asked for. */
const begun = Date.now();
const minutesAgo = (n: number) => new Date(begun - (n % 50) * 60_000).toISOString();

/** The shop's API: it has so many orders, and gives no page from `withheldFrom` on. */
async function openApi({ perPage, step, offset, sold, answer }: ListedShop) {
  const api = { orders: 0, withheldFrom: Number.POSITIVE_INFINITY, url: "" };
  const server = createServer((request, response) => {
    const at = offset(new URL(request.url ?? "/", "http://localhost"));
    if (at !== undefined && at >= api.withheldFrom) return;
    const all = Array.from({ length: at === undefined ? 0 : api.orders }, (_, n) => sold(n + 1));
    const next = at === undefined || at + step >= all.length ? undefined : at + step;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(all.slice(at, (at ?? 0) + perPage), next)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

const earned = async (deps: Deps): Promise<number> =>
  (await readBalances(deps, { partner: "north" }))[0]?.heldMinor ?? 0;

describe.each(
  (["sqlite", "postgres"] as const).flatMap((engine) => shops.map((listed) => ({ engine, listed }))),
)(`shop reconcile that is killed ${kills} times, of $listed.kind on $engine`, ({ engine, listed }) => {
  it("keeps where it had read to, and takes each order once", async () => {
    const { kind, settings, secret, step, perPage } = listed;
    const api = await openApi(listed);
    const vendor = await openVendor(engine);
    const env = { ...vendor.env, SHOP_SECRET: secret, API_KEY: "a-key-of-the-api" };
    const known = JSON.parse(await readFile(vendor.configFile, "utf8"));
    const configured = { kind, secrets: [{ env: "SHOP_SECRET" }], ...withAddress(settings, api.url) };
    await writeFile(
      vendor.configFile,
      JSON.stringify({ ...known, shops: { ...known.shops, [kind]: configured } }),
    );
    const tallystick = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCommand(env, [...args, "--json"]);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout);
    };
    await tallystick("coupon", "add", "SPRING", "--partner", "north", "--from", "2025-01-01");

    api.orders = 3;
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await tallystick("shop", "reconcile", kind, "--since", since)).toMatchObject({ recorded: 3 });
    const cursorIn = (deps: Deps) =>
      deps.store.read((tx) => findCursor(tx, { shop: as.shop(kind), resource: "all" }));
    const cursor = await vendor.use(cursorIn);
    expect(cursor).toBeDefined();

    api.orders = kills * step + perPage;
    const children = new Set<ChildProcess>();
    onTestFinished(() => {
      for (const child of children) child.kill("SIGKILL");
    });
    await vendor.use(async (deps) => {
      for (let killed = 0; killed < kills; killed++) {
        // The page behind this one never comes, so the process is somewhere in this one when it is killed.
        api.withheldFrom = (killed + 1) * step;
        const enough = (killed * step + Math.ceil(step / 3)) * earnedMinor;
        const child = spawn(process.execPath, [...nodeFlags, commandLine, "shop", "reconcile", kind], {
          env,
          stdio: "ignore",
        });
        children.add(child);
        const gone = once(child, "exit").finally(() => children.delete(child));
        await until(async () => child.exitCode !== null || (await earned(deps)) >= enough);
        expect(child.exitCode).toBe(null);
        child.kill("SIGKILL");
        await gone;
        expect(await cursorIn(deps)).toBe(cursor);
        expect(await earned(deps)).toBeLessThan(api.orders * earnedMinor);
      }
    });

    api.withheldFrom = Number.POSITIVE_INFINITY;
    const last = await tallystick("shop", "reconcile", kind);
    expect(last.recorded).toBeGreaterThan(0);
    // What was taken before a kill is known; where pages overlap an order comes twice.
    expect(last.recorded + last.known).toBeGreaterThanOrEqual(api.orders);
    expect(last).toMatchObject({ refused: 0, ignored: 0 });
    expect(await tallystick("shop", "reconcile", kind)).toMatchObject({ recorded: 0, refused: 0 });
    await vendor.use(async (deps) => {
      expect(await earned(deps)).toBe(api.orders * earnedMinor);
      expect(await cursorIn(deps)).toBeGreaterThan(Number(cursor));
      expect(await verifyLedger(deps)).toMatchObject({ ok: true, failures: [] });
    });
  });
});

/** The settings with the address of the API, which is known once it listens. */
const withAddress = (settings: { api?: object }, url: string) => ({
  ...settings,
  api: { url, ...settings.api },
});
