import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sortJournal } from "../../server/src/books/sort-movements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import type { OpenedDeps } from "../../server/src/deps/open-deps.ts";
import { sortOrders } from "../../server/src/orders/record/sort-orders.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import type { Instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { recordExample } from "./example-order.ts";
import { preload } from "./preload.ts";
import { preloadPostgres } from "./preload-postgres.ts";
import { addRegisteredCopies } from "./registered-copies.ts";

/** Where a receiver under test finds the secrets that its configuration names. */
export const benchEnv = {
  TALLYSTICK_ADMIN_TOKEN: "admin-token-of-the-benchmark-0123456789",
  STRIPE_WEBHOOK_SECRET: "whsec_a-stripe-secret-of-the-benchmark",
};

/** The product, the shop and the path that all loads are about. */
export const product = "acme-paint";
export const shop = "stripe";
export const webhookPath = `/webhooks/${shop}`;

/** A token that was issued in the benchmark, and who it credits. */
export interface BenchToken {
  token: string;
  jti: string;
  partner: string;
}

/** A database with partners and tokens, and this process's own connection to it. */
export interface World {
  folder: string;
  configFile: string;
  deps: OpenedDeps;
  tokens: readonly BenchToken[];
  /** Records clicks of all tokens in turns, as the receiver would, and answers their references. */
  addClicks(count: number): Promise<string[]>;
  /**
   * Registers copies, sells each of them once, and records a click of each as its owner would make it to renew. Answers
   * the clicks' references.
   */
  addRenewals(count: number): Promise<string[]>;
  /** Closes the connection and removes what was made on disk. */
  remove(): Promise<void>;
}

const partners = 100;

/** What a world has from the start. */
export interface WorldOptions {
  /** 100 by default. */
  tokens?: number;
  /** An empty database; a SQLite file of its own by default. */
  postgresUrl?: string;
  /** Orders that are stored already. */
  storedOrders?: number;
  /** Hears how many of them are stored so far. */
  onStored?: (orders: number) => void;
  /** Files that are handed out stamped. */
  installers?: readonly string[];
  /** The receiver's own by default. */
  limits?: Record<string, unknown>;
  /** The one of all loads by default; the files are of the first. */
  products?: readonly string[];
}

/** Makes a world on a new database. */
export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-bench-"));
  const configFile = join(folder, "tallystick.config.json");
  await mkdir(join(folder, "var"), { recursive: true, mode: 0o700 });
  await writeFile(configFile, JSON.stringify(configuration(options)));
  const config = await loadConfig({ file: configFile, env: {} });
  const log = await createLog({ destination: { write: () => {} } });
  let deps = await openDeps(config, { log, env: benchEnv });
  const tokens = await issueTokens(deps, options.tokens ?? partners);
  if (options.storedOrders !== undefined) {
    const [reference = ""] = await addClicks(deps, tokens, 1);
    const example = await recordExample(deps, reference, tokens[0]);
    await deps.store.close();
    const { database } = config;
    const onProgress = options.onStored ?? (() => {});
    const { hashes } = deps;
    const wanted = { count: options.storedOrders - 1, example, tokens, hashes, onProgress };
    if (database.engine === "sqlite") preload(database.path, wanted);
    else await preloadPostgres(database.url, wanted);
    deps = await openDeps(config, { log, env: benchEnv });
    // As a receiver that took all these orders would have done long ago.
    await sortJournal(deps);
    await sortOrders(deps);
  }
  return {
    folder,
    configFile,
    deps,
    tokens,
    addClicks: (count) => addClicks(deps, tokens, count),
    async addRenewals(count) {
      const references = await addClicks(deps, tokens, count);
      await addRegisteredCopies(
        deps,
        references.map((reference, index) => ({
          licence: `ACME-${reference}`,
          token: tokenAt(tokens, index),
        })),
      );
      return references;
    },
    async remove() {
      await deps.store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration({ postgresUrl, installers = [], limits, products = [product] }: WorldOptions) {
  return {
    issuer: "https://renew.acme.example",
    listen: { host: "127.0.0.1", port: 0 },
    database: postgresUrl ?? "sqlite:./var/tallystick.db",
    keys: "./var/keys",
    adminToken: { env: "TALLYSTICK_ADMIN_TOKEN" },
    drainSeconds: 0,
    // The load comes from one address.
    trust: {
      registrations: {
        perAddressPerHour: 1_000_000,
        perLicencePerDay: 1_000_000,
        claimsPerTokenPerDay: 1_000_000,
      },
    },
    ...(limits === undefined ? {} : { limits }),
    products: products.map((id, index) => ({
      id,
      name: "Acme Paint",
      checkout: {
        shop,
        url: "https://buy.stripe.example/abc?client_reference_id={reference}&prefilled_email={email}",
      },
      installers: index === 0 ? installers : [],
    })),
    shops: { [shop]: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] } },
  };
}

async function issueTokens(deps: OpenedDeps, count: number): Promise<BenchToken[]> {
  const ids = Array.from({ length: partners }, (_, index) => `reseller-${String(index).padStart(3, "0")}`);
  await Promise.all(ids.map((id) => addPartner(deps, { id, name: id, percent: 20 })));
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const partner = ids[index % ids.length] ?? "";
      const { token, jti } = await issueToken(deps, { partner, product });
      return { token, jti, partner };
    }),
  );
}

/** References in the shape of the receiver's own: the time, then 128 random bits. */
export function makeReferences(count: number): string[] {
  const time = Date.now().toString(36).padStart(9, "0");
  return Array.from({ length: count }, () => time + randomBytes(16).toString("hex"));
}

async function addClicks(deps: OpenedDeps, tokens: readonly BenchToken[], count: number): Promise<string[]> {
  const now = deps.clock();
  const references = makeReferences(count);
  const perWrite = 500;
  const writes: Promise<void>[] = [];
  for (let from = 0; from < count; from += perWrite) {
    const some = references.slice(from, from + perWrite);
    const write = deps.store.write(async (tx) => {
      for (const [index, reference] of some.entries()) {
        const token = tokenAt(tokens, from + index);
        await insertClick(tx, {
          reference: as.reference(reference),
          product: as.product(product),
          partner_id: as.partner(token.partner),
          jti: as.token(token.jti),
          token_issued_at: (now - 86_400_000) as Instant,
          licence_hash: deps.hashes.looseLicence(`ACME-${reference}`),
          clicked_at: now,
        });
      }
    });
    writes.push(write);
  }
  await Promise.all(writes);
  return references;
}

function tokenAt(tokens: readonly BenchToken[], index: number): BenchToken {
  const token = tokens[index % tokens.length];
  if (token === undefined) throw new Error("a world has tokens");
  return token;
}
