import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonWebKeySet } from "@tallystick/sdk";
import type { Addresses } from "./addresses.ts";
import { createBackstage } from "./backstage/backstage-app.ts";
import { createDoors } from "./doors/doors-app.ts";
import { type Mailbox, openMailbox } from "./doors/mailbox.ts";
import { type Copy, createCopy } from "./product/copy.ts";
import { createProductApp } from "./product/product-app.ts";
import { type Admin, createAdmin } from "./receiver/admin.ts";
import type { CommandSetting } from "./receiver/command-line.ts";
import { writeMasterInstaller } from "./receiver/master-installer.ts";
import { createReceiver, type Receiver } from "./receiver/receiver.ts";
import {
  adminTokenName,
  mailFolder,
  webhookSecretName,
  writeReceiverConfig,
} from "./receiver/receiver-config.ts";
import { type ReservedPort, reservePort } from "./reserve-port.ts";
import { createShop, type Shop } from "./shop/shop.ts";
import { createShopApp } from "./shop/shop-app.ts";
import { type ShopKind, shopKinds, voices } from "./shop/voices/voices.ts";
import { openSite, type Site } from "./site.ts";
import { openCounter, type SalesCounter } from "./ways/sales-counter.ts";

/** Everything the demo consists of. */
export interface Demo {
  readonly addresses: Addresses;
  /** Where everything lives: the database, the keys, the mail. */
  readonly folder: string;
  /** Aborted once the demo ends, for what runs beside it. */
  readonly ending: AbortSignal;
  /** For `tallystick` on the same database. */
  readonly setting: CommandSetting;
  readonly receiver: Receiver;
  readonly admin: Admin;
  readonly shop: Shop;
  /** What the receiver mails. */
  readonly mailbox: Mailbox;
  /** Set by `openProduct`. @throws before */
  readonly copy: Copy;
  /** Where copies are sold, in any way. */
  readonly counter: SalesCounter;
  /** Opens Acme Paint and its store. The receiver must be running: its public keys are built into the product. */
  openProduct(): Promise<void>;
  /** Ends everything and removes the folder. */
  stop(): Promise<void>;
}

/** What the demo is started with. */
export interface DemoOptions {
  /** The machine's environment, for the receiver. */
  env: NodeJS.ProcessEnv;
  /** What the store signs with, when it is not the receiver's own secret: every webhook is refused then. */
  shopSecret?: string | undefined;
  /** Takes any free ports rather than the ones that are easy to remember. */
  anyPorts?: boolean;
}

/** Prepares the demo in a temporary folder. Nothing runs yet. */
export async function prepareDemo({ env, shopSecret, anyPorts = false }: DemoOptions): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-demo-"));
  const { addresses, ports } = await chooseAddresses(anyPorts);
  const adminToken = randomBytes(24).toString("base64url");
  const secrets = secretsOfShops();
  const licenceSecret = randomBytes(24).toString("base64url");
  const setting: CommandSetting = {
    env,
    configFile: await writeReceiverConfig(folder, addresses),
    secrets: {
      [adminTokenName]: adminToken,
      ...Object.fromEntries(shopKinds.map((kind) => [webhookSecretName(kind), secrets[kind]])),
    },
  };
  const receiver = createReceiver(setting);
  const admin = createAdmin(addresses, adminToken);
  const shop = createShop(addresses, {
    webhooks: { ...secrets, stripe: shopSecret ?? secrets.stripe },
    licence: licenceSecret,
  });
  const mailbox = openMailbox(join(folder, mailFolder));
  const sites: Site[] = [];
  const end = new AbortController();
  let opened: Copy | undefined;
  const copyOf = () => {
    if (opened === undefined) throw new Error("the product is not open yet");
    return opened;
  };
  const counter = openCounter({ addresses, admin, setting, folder }, copyOf);
  await writeMasterInstaller(folder);

  return {
    addresses,
    folder,
    ending: end.signal,
    setting,
    receiver,
    admin,
    shop,
    mailbox,
    counter,
    get copy() {
      return copyOf();
    },
    async openProduct() {
      const answer = await fetch(`${addresses.receiver}/.well-known/jwks.json`);
      const keys = (await answer.json()) as JsonWebKeySet;
      opened = createCopy({ addresses, keys, folder });
      const productApp = createProductApp({ copy: opened, counter, addresses, licenceSecret });
      sites.push(await openSite(productApp, addresses.product));
      const shopApp = createShopApp(shop, addresses);
      shopApp.route("/behind-the-scenes", createBackstage({ addresses, admin, receiver }));
      shopApp.route("/", createDoors(addresses, mailbox));
      sites.push(await openSite(shopApp, addresses.shop));
    },
    async stop() {
      end.abort();
      shop.stop();
      await Promise.all([receiver.stop(), ...sites.map((site) => site.stop())]);
      for (const { release } of ports) release();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

const secretsOfShops = () =>
  Object.fromEntries(shopKinds.map((kind) => [kind, voices[kind].newSecret()])) as Record<ShopKind, string>;

async function chooseAddresses(
  anyPorts: boolean,
): Promise<{ addresses: Addresses; ports: readonly ReservedPort[] }> {
  const reserve = (preferred: number) => reservePort(anyPorts ? 0 : preferred);
  const [receiver, product, shop] = [await reserve(8787), await reserve(8788), await reserve(8789)];
  const at = ({ port }: ReservedPort) => `http://127.0.0.1:${port}`;
  return {
    addresses: { receiver: at(receiver), product: at(product), shop: at(shop) },
    ports: [receiver, product, shop],
  };
}
