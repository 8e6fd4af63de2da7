import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import type { Config } from "../../server/src/config/config.ts";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import { readServerSecrets } from "../../server/src/config/secrets.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { openShops } from "../../server/src/shops/open-shops.ts";

/** The admin token of every receiver in these tests. */
export const adminToken = "admin-token-of-the-tests-0123456789";
/** The secret of the shop `own`. */
export const ownSecret = `whsec_${Buffer.from("a secret of the vendor's own shop").toString("base64")}`;
/** The secret of the shop `stripe`. */
export const stripeSecret = "whsec_a-stripe-secret-of-the-tests";

/** Where the secrets are that the configuration names. */
export const testEnv = {
  TALLYSTICK_ADMIN_TOKEN: adminToken,
  OWN_SHOP_SECRET: ownSecret,
  STRIPE_WEBHOOK_SECRET: stripeSecret,
};

/** What stands in the configuration's file. */
export function testContent(listen = { host: "127.0.0.1", port: 0 }) {
  return {
    issuer: "http://127.0.0.1:8787",
    listen,
    drainSeconds: 0,
    database: "sqlite:./var/tallystick.db",
    keys: "./var/keys",
    adminToken: { env: "TALLYSTICK_ADMIN_TOKEN" },
    products: [
      {
        id: "acme-paint",
        name: "Acme Paint",
        checkout: {
          shop: "own",
          url: "https://shop.acme.example/buy?ref={reference}&email={email}&licence={licence}",
        },
      },
    ],
    shops: {
      stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
      own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
    },
  };
}

/** The configuration, with its keys in a folder, and its database too unless another is given. */
export function testConfig(folder: string, databaseUrl?: string): Config {
  const env = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  return parseConfig(testContent(), { file: join(folder, "tallystick.config.json"), env });
}

/** A new folder, with what takes it away again. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-http-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A log that keeps its lines, parsed. */
export async function keptLog() {
  const lines: Record<string, unknown>[] = [];
  const log = await createLog({ destination: { write: (line) => lines.push(JSON.parse(line)) } });
  const events = (event: string) => lines.filter((line) => line.event === event);
  return { log, lines, events };
}

/** The routes on a real embedded database, without a socket. `change` may replace what they depend on. */
export async function openApp(change: (deps: Deps) => Partial<Deps> = () => ({})) {
  const { folder, remove } = await temporaryFolder();
  const config = testConfig(folder);
  const { log, lines, events } = await keptLog();
  const deps = await openDeps(config, { log });
  const { shops } = await readServerSecrets(config, testEnv);
  const state = { stopping: false };
  const app = createApp(
    { ...deps, ...change(deps) },
    { shops: openShops(shops), adminToken, isStopping: () => state.stopping },
  );
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const bearer = { authorization: `Bearer ${adminToken}` };
  const admin = (method: string, path: string, body?: unknown) => send(method, path, body, bearer);
  const close = async () => {
    await deps.store.close();
    await remove();
  };
  return { app, deps, state, send, admin, lines, events, close };
}

/** A delivery of the vendor's own shop, signed by the `standardwebhooks` package. */
export function signedDelivery(event: object, id = `msg_${crypto.randomUUID()}`) {
  const body = JSON.stringify(event);
  const now = new Date();
  return {
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(ownSecret).sign(id, now, body),
    },
  };
}

/** An order that was paid, as the vendor's own shop tells it. */
export function purchase(members: { order: string } & Record<string, unknown>) {
  const now = new Date().toISOString();
  return {
    type: "purchase.completed",
    timestamp: now,
    data: {
      product: "acme-paint",
      netMinor: 10_000,
      taxMinor: 1_900,
      currency: "EUR",
      paidAt: now,
      ...members,
    },
  };
}
