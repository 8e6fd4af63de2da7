import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Config } from "../../server/src/config/config.ts";
import { parseConfig } from "../../server/src/config/parse-config.ts";
import { readServerSecrets } from "../../server/src/config/secrets.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import type { OpenedDeps } from "../../server/src/deps/open-deps.ts";
import { recorderOn } from "../../server/src/intake/recorder.ts";
import type { WaitingDeps } from "../../server/src/intake/waiting-room.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { openShops } from "../../server/src/shops/open-shops.ts";
import { addDays, type Instant, instant } from "../../server/src/words/clock.ts";
import { migratedDatabase } from "../postgres/fresh-database.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { ownSecret, stripeSecret } from "../shops/deliveries.ts";
import { everyShop, secretsOfSettings } from "../shops/every-shop.ts";

/** The receiver's own address; nothing listens there, the routes are asked directly. */
export const receiverUrl = "https://renew.acme.example";
/** The bearer token of its admin API. */
export const adminToken = "admin-token-of-the-journey-0123456789";

/** One receiver on a database of its own, and the clock that everybody in the journey looks at. */
export interface ReceiverWorld {
  readonly deps: OpenedDeps;
  readonly app: ReturnType<typeof createApp>;
  /** What takes shops' deliveries. */
  readonly intake: WaitingDeps;
  readonly database: Config["database"];
  /** Everything the test writes to disk is in it. */
  readonly folder: string;
  readonly now: Instant;
  /** Lets days pass. */
  pass(days: number): void;
  /** The log's lines about an event, parsed. */
  logged(event: string): Record<string, unknown>[];
}

/** Opens a receiver on a new database. Members of `config` replace those of the file. It closes with the test. */
export async function openReceiverWorld(
  bench: Bench,
  config: Record<string, unknown> = {},
): Promise<ReceiverWorld> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-journey-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = await openDatabase(bench.engine, folder);
  const parsed = parseConfig({ ...configFile, ...config }, { file: join(folder, "config.json"), env: {} });
  let now = instant(Date.UTC(2026, 10, 21, 9));
  const lines: Record<string, unknown>[] = [];
  const log = await createLog({ destination: { write: (line) => lines.push(JSON.parse(line)) } });
  const deps = await openDeps({ ...parsed, database }, { log, clock: () => now });
  onTestFinished(() => deps.store.close());
  const { shops: settings, providers: providerSecrets } = await readServerSecrets(parsed, secrets);
  const shops = openShops(settings);
  return {
    deps,
    app: createApp(deps, { adminToken, shops, providerSecrets, env: secrets }),
    intake: { ...deps, shops, recorder: recorderOn(deps) },
    database,
    folder,
    get now() {
      return now;
    },
    pass(days) {
      now = addDays(now, days);
    },
    logged: (event) => lines.filter((line) => line.event === event),
  };
}

/** Removed with its test rather than with its suite: PostgreSQL takes its time for many at once. */
async function openDatabase(engine: Bench["engine"], folder: string): Promise<Config["database"]> {
  if (engine === "sqlite") return { engine, path: join(folder, "tallystick.db") };
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  return { engine, url };
}

const secrets = {
  TALLYSTICK_ADMIN_TOKEN: adminToken,
  STRIPE_WEBHOOK_SECRET: stripeSecret,
  PROVIDER_SECRET: "provider-secret",
  OWN_SHOP_SECRET: ownSecret,
  ...secretsOfSettings,
  ...Object.fromEntries(Object.entries(everyShop).map(([kind, { secret }]) => [secretName(kind), secret])),
};

/** Every kind of shop under its own name, for the tests that speak as it. */
const shopsOfEveryKind = Object.fromEntries(
  Object.entries(everyShop).map(([kind, { configured }]) => [
    kind,
    { kind, secrets: [{ env: secretName(kind) }], ...configured },
  ]),
);

/** The environment variable that holds the secret of a kind of shop. */
export function secretName(kind: string): string {
  return `SECRET_OF_${kind.replaceAll("-", "_").toUpperCase()}`;
}

const configFile = {
  issuer: receiverUrl,
  keys: "./keys",
  adminToken: { env: "TALLYSTICK_ADMIN_TOKEN" },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: {
        shop: "stripe",
        url: "https://buy.stripe.com/abc?client_reference_id={reference}&prefilled_email={email}",
      },
    },
  ],
  shops: {
    ...shopsOfEveryKind,
    stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
    own: { kind: "standard-webhooks", secrets: [{ env: "OWN_SHOP_SECRET" }] },
  },
};
