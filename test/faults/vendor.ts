import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { suspicionCodes } from "../../server/src/attribution/suspicion-codes.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { loadConfig } from "../../server/src/config/load-config.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { type Clock, systemClock } from "../../server/src/words/clock.ts";
import type { Log } from "../../server/src/words/log.ts";
import { migratedDatabase } from "../postgres/fresh-database.ts";
import { stripeSecret } from "../shops/deliveries.ts";

interface PartnerWithToken<Id extends string> {
  readonly id: Id;
  readonly token: string;
}

/** A vendor's folder with configuration, keys and database, and two partners with a token each, at 20 percent. */
export interface Vendor {
  readonly configFile: string;
  /** What its processes find in their environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly partners: readonly [PartnerWithToken<"north">, PartnerWithToken<"south">];
  /** Runs something on the database from within the test, beside whatever else is running. */
  use<T>(work: (deps: Deps) => Promise<T>, clock?: Clock): Promise<T>;
  /** Runs the real command line in a process of its own. */
  tallystick(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** The entry of the real command line. */
export const commandLine = fileURLToPath(new URL("../../server/src/receiver/main.ts", import.meta.url));
/** What makes Node run the workspaces' TypeScript sources. */
export const nodeFlags = ["--conditions=tallystick-source"];

/**
 * Sets a vendor up on a new database, or on an empty one that is there. All that it makes is removed when the test has
 * finished.
 */
export async function openVendor(on: "sqlite" | "postgres" | { databaseUrl: string }): Promise<Vendor> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-faults-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const configFile = join(folder, "tallystick.config.json");
  await writeFile(configFile, JSON.stringify(configuration));
  const env = {
    ...process.env,
    ...secrets,
    TALLYSTICK_CONFIG: configFile,
    DATABASE_URL: await addressOf(on, folder),
    HOST: "127.0.0.1",
    PORT: "0",
  };
  const use = useOn(env);
  const partners = await use(
    async (deps) => [await partner(deps, "north"), await partner(deps, "south")] as const,
  );
  return { configFile, env, partners, use, tallystick: (...args) => runCommand(env, args) };
}

const addressOf = async (on: Parameters<typeof openVendor>[0], folder: string): Promise<string> => {
  if (on === "sqlite") return `sqlite:${join(folder, "tallystick.db")}`;
  return on === "postgres" ? newDatabase() : on.databaseUrl;
};

/** Runs work on the database that an environment's configuration names. */
export const useOn =
  (env: NodeJS.ProcessEnv): Vendor["use"] =>
  async (work, clock = systemClock) => {
    const deps = await openDeps(await loadConfig({ env }), { log: silent, clock });
    try {
      return await work(deps);
    } finally {
      await deps.store.close();
    }
  };

async function partner<Id extends string>(deps: Deps, id: Id): Promise<PartnerWithToken<Id>> {
  await addPartner(deps, { id, name: id, percent: 20 });
  return { id, token: (await issueToken(deps, { partner: id, product: "acme-paint" })).token };
}

/** Runs the real command line with an environment of one's own. */
export function runCommand(env: NodeJS.ProcessEnv, args: string[], cwd = process.cwd()) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { env, cwd, maxBuffer: 2 ** 28 };
    execFile(process.execPath, [...nodeFlags, commandLine, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

async function newDatabase(): Promise<string> {
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  return url;
}

const silent: Log = { info() {}, warn() {}, error() {}, flush() {} };

const secrets = {
  TALLYSTICK_ADMIN_TOKEN: "admin-token-of-the-faults-0123456789",
  STRIPE_WEBHOOK_SECRET: stripeSecret,
};

const configuration = {
  // All customers come from one address here, and register more in an hour than a partner sells in a year.
  trust: {
    suspicions: Object.fromEntries(suspicionCodes.map((code) => [code, "off"])),
    registrations: {
      perAddressPerHour: 1_000_000,
      perLicencePerDay: 1_000_000,
      claimsPerTokenPerDay: 1_000_000,
    },
  },
  issuer: "https://renew.acme.example",
  keys: "./keys",
  drainSeconds: 0,
  adminToken: { env: "TALLYSTICK_ADMIN_TOKEN" },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" },
    },
  ],
  shops: { stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] } },
};
