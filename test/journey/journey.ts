import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createMemoryTokenStore,
  createRenewalClient,
  type JsonWebKeySet,
  type Surroundings,
  type TokenStore,
} from "@tallystick/sdk";
import { expect } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner, type NewPartner } from "../../server/src/channel/partners.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { type Delivery, ownDelivery, stripeDelivery } from "../shops/deliveries.ts";
import { adminToken, openReceiverWorld, type ReceiverWorld, receiverUrl } from "./receiver-world.ts";

/** What everybody in the story does to one receiver: the vendor, a copy of the product, its customer, the shops. */
export type Journey = ReceiverWorld & ReturnType<typeof deedsIn>;

/** Opens a receiver and what is done to it, on a new database. It closes with the test. */
export async function openJourney(bench: Bench, config?: Record<string, unknown>): Promise<Journey> {
  const world = await openReceiverWorld(bench, config);
  return Object.assign(world, deedsIn(world));
}

const deedsIn = (world: ReceiverWorld) => ({
  ...vendorIn(world),
  ...customerIn(world),
  ...shopsIn(world),
  ...booksIn(world),
});

function vendorIn({ app, deps }: ReceiverWorld) {
  return {
    /** The admin API, as the channel manager's tools call it. */
    async admin(method: string, path: string, body?: unknown) {
      const headers = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await app.request(path, { method, headers, ...sent });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    /** A partner, at 20 percent by default, with a token for Acme Paint. */
    async partnerWithToken(id: string, more: Partial<NewPartner> = {}) {
      await addPartner(deps, { id, name: id, percent: 20, ...more });
      return issueToken(deps, { partner: id, product: "acme-paint" });
    },
  };
}

function customerIn(world: ReceiverWorld) {
  const { app, folder } = world;
  return {
    /** A copy of the product on a machine of its own, with the sidecar file of whoever sold it. */
    async install(token?: string, { store = createMemoryTokenStore(), runsFrom }: Installation = {}) {
      const medium = await mkdtemp(join(folder, "medium-"));
      if (token !== undefined) await writeFile(join(medium, "tallystick.token"), `${token}\n`);
      const keys = (await (await app.request("/.well-known/jwks.json")).json()) as JsonWebKeySet;
      const opened: string[] = [];
      const network = { up: true };
      const client = createRenewalClient({
        product: "acme-paint",
        receiver: receiverUrl,
        keys,
        shopUrl: "https://acme.example/renew",
        timeZone: "Europe/Berlin",
        store,
        now: () => world.now,
        fetch: async (input, init) => {
          if (!network.up) throw new TypeError("fetch failed");
          return app.request(input instanceof Request ? input : String(input), init);
        },
        openBrowser: async (url) => {
          opened.push(url);
          return { code: "opened" };
        },
        surroundings: {
          ...machine,
          argv: [machine.execPath, join(medium, "paint.js")],
          home: medium,
          ...(await runsFrom?.(medium)),
        },
      });
      return { client, medium, opened, network };
    },
    /** Follows a link, and answers where it leads with the reference that travels along. */
    async click(url: string) {
      const response = await app.request(url);
      const location = new URL(response.headers.get("location") ?? "about:blank");
      const reference = location.searchParams.get("client_reference_id") ?? "";
      return { status: response.status, location, reference };
    },
    /** A product registers a licence with a token, without the SDK. */
    async register(licence: string, token: string) {
      const body = JSON.stringify({ product: "acme-paint", licence, token });
      const headers = { "content-type": "application/json" };
      const response = await app.request("/v1/registrations", { method: "POST", headers, body });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

/** What a copy is installed with beside its sidecar file. */
interface Installation {
  store?: TokenStore;
  /** Puts more into the copy's folder, and returns what the program sees of it. */
  runsFrom?: (folder: string) => Promise<Partial<Surroundings>>;
}

const machine = { env: {}, execPath: "/usr/bin/node", platform: "linux" };

function shopsIn(world: ReceiverWorld) {
  let sent = 0;
  const seconds = () => Math.floor(world.now / 1000);
  const deliver = async (shop: string, { headers, body, key }: Delivery) => {
    const init = { method: "POST", headers, body: Buffer.from(body) };
    const response = await world.app.request(`/webhooks/${shop}${key === undefined ? "" : `/${key}`}`, init);
    return { code: response.status, ...((await response.json()) as Record<string, unknown>) };
  };
  return {
    /** A shop's delivery arrives, under the shop's name in the configuration. */
    deliver,
    /** The envelope of a new event that happens now. */
    happening: () => ({ eventId: `evt_${++sent}`, createdSeconds: seconds() }),
    /** Stripe delivers an event now, signed by its own package. */
    stripe: (event: unknown) => deliver("stripe", stripeDelivery(event, { timestamp: seconds() })),
    /** The vendor's own shop delivers an event now, signed by the package of Standard Webhooks. */
    own: (event: unknown, id = `msg_${++sent}`) =>
      deliver("own", ownDelivery(event, { timestamp: seconds(), id })),
  };
}

function booksIn({ deps }: ReceiverWorld) {
  return {
    explain: (order: string, shop = "stripe") => explainOrder(deps, shop, order),
    /** A partner's sums in euro: held, payable. Nothing booked is nothing owed. */
    async balance(partner: string): Promise<{ heldMinor: number; payableMinor: number }> {
      const [sums] = await readBalances(deps, { partner });
      return { heldMinor: sums?.heldMinor ?? 0, payableMinor: sums?.payableMinor ?? 0 };
    },
    /** Fails with what the check of the whole ledger found. */
    async expectSoundLedger() {
      const report = await verifyLedger(deps);
      expect(report.failures).toEqual([]);
      expect(report.ok).toBe(true);
    },
  };
}
