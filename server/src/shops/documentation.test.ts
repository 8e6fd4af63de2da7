import { type ExecFileException, execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ownSecret } from "../../../test/shops/deliveries.ts";
import { everyKind, everyShop } from "../../../test/shops/every-shop.ts";
import { checkoutUrlProblem } from "../config/public-address.ts";
import type { ShopSettings } from "../config/shop-config.ts";
import { systemClock } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { chargebeeEventTypes } from "./chargebee/chargebee.ts";
import { fastspringEventTypes } from "./fastspring/fastspring.ts";
import { gumroadEventTypes } from "./gumroad/gumroad.ts";
import { lemonSqueezyEventTypes } from "./lemon-squeezy/lemon-squeezy.ts";
import { openShops } from "./open-shops.ts";
import { paddleEventTypes } from "./paddle/paddle.ts";
import { polarEventTypes } from "./polar/polar.ts";
import type { WebhookReading } from "./shop.ts";
import { shopifyEventTypes } from "./shopify/shopify.ts";
import { ownShopEvent } from "./standard-webhooks/payload.ts";
import { stripeEventTypes } from "./stripe/stripe.ts";
import { woocommerceEventTypes } from "./woocommerce/woocommerce.ts";

const documentOf = (name: string) =>
  readFileSync(new URL(`../../../docs/shops/${name}`, import.meta.url), "utf8");
const ownShopGuide = documentOf("own-shop.md");

function exampleIn(language: string): string {
  const fence = "```";
  const found = new RegExp(`${fence}${language}\n([^]*?)${fence}`).exec(ownShopGuide)?.[1];
  if (found === undefined) throw new Error(`docs/shops/own-shop.md has no example in ${language}`);
  return found;
}

/** Runs a program beside a shop that listens; returns what the shop read. */
async function readingsOf(command: string, argv: string[]): Promise<WebhookReading[]> {
  const shop = openShops(
    new Map([[as.shop("own"), { kind: "standard-webhooks", secrets: [ownSecret] }]]),
  ).get(as.shop("own"));
  const readings: WebhookReading[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const reading = shop?.read(
      { headers: new Headers(request.headers as Record<string, string>), body },
      systemClock(),
    );
    if (reading) readings.push(reading);
    response.writeHead(reading?.outcome === "events" ? 200 : 400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const RECEIVER_WEBHOOK = `http://127.0.0.1:${port}/webhooks/own`;
  const env = { ...process.env, RECEIVER_WEBHOOK, OWN_SHOP_SECRET: ownSecret, NO_PROXY: "127.0.0.1" };
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error: ExecFileException | null, _: string, stderr: string) =>
        error ? reject(new Error(`${command} failed: ${error.message}\n${stderr}`)) : resolve();
      execFile(command, argv, { env, timeout: 300_000 }, done);
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return readings;
}

describe("the guide for a vendor's own shop", () => {
  it("has a Node example that sends a sale", async () => {
    const [reading] = await readingsOf(process.execPath, ["--input-type=module", "--eval", exampleIn("js")]);
    expect(reading).toMatchObject({
      outcome: "events",
      events: [{ effect: "sale", order: "A-1001", netMinor: 10000, taxMinor: 1900, product: "acme-paint" }],
    });
  });

  it("has a shell example that sends a refund", async () => {
    const [reading] = await readingsOf("sh", ["-euc", exampleIn("sh")]);
    expect(reading).toMatchObject({
      outcome: "events",
      events: [{ effect: "refund", target: ["A-1001"], amountMinor: 11900 }],
    });
  });

  it("names every type and every member of the payload", () => {
    const names = new Set<string>();
    const collect = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [name, value] of Object.entries(schema)) {
        if (name === "properties") for (const member of Object.keys(value)) names.add(member);
        if (name === "const" && typeof value === "string") names.add(value);
        collect(value);
      }
    };
    collect(z.toJSONSchema(ownShopEvent));
    expect(names.size).toBeGreaterThan(20);
    const written = new Set(ownShopGuide.match(/[A-Za-z]+(\.[a-z]+)*/g));
    expect([...names].filter((name) => !written.has(name))).toEqual([]);
  });
});

describe("the guide for a shop", () => {
  const guides: [name: string, eventTypes: readonly string[]][] = [
    ["stripe", stripeEventTypes],
    ["paddle", paddleEventTypes],
    ["fastspring", fastspringEventTypes],
    ["lemon-squeezy", lemonSqueezyEventTypes],
    ["polar", polarEventTypes],
    ["shopify", shopifyEventTypes],
    ["woocommerce", woocommerceEventTypes],
    ["chargebee", chargebeeEventTypes],
    ["gumroad", gumroadEventTypes],
  ];

  it.each(guides)(
    "on %s names every event that is read, and the entry in the configuration",
    (name, types) => {
      const guide = documentOf(`${name}.md`);
      expect(types.filter((type) => !guide.includes(`\`${type}\``))).toEqual([]);
      expect(guide).toContain(`"${name}": { "kind": "${name}", "secrets": [`);
    },
  );

  it.each(guides)("on %s shows a checkout's address that the configuration takes", (name) => {
    const shown = [...documentOf(`${name}.md`).matchAll(/"url": "([^"]*\{[^"]*)"/g)].map(
      ([, url = ""]) => url,
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(checkoutUrlProblem).filter((problem) => problem !== undefined)).toEqual([]);
  });

  /** The event that each shop's example is of, and what begins the names that its guide writes without it. */
  const examples = {
    stripe: { type: "checkout.session.completed", prefix: "" },
    paddle: { type: "transaction.completed", prefix: "transaction." },
    fastspring: { type: "order.completed", prefix: "" },
    "lemon-squeezy": { type: "order_created", prefix: "" },
    polar: { type: "order.paid", prefix: "" },
    shopify: { type: "orders/paid", prefix: "" },
    chargebee: { type: "payment_succeeded", prefix: "" },
  } as const;

  it.each(Object.entries(examples))(
    "on %s names as harmless what is answered with 200 and never read as money",
    (name, { type, prefix }) => {
      const kind = name as keyof typeof examples;
      const { secret, deliver, example, settings } = everyShop[kind];
      const read = guides.find(([guide]) => guide === name)?.[1] ?? [];
      const [, harmless = ""] =
        /\b(?:events|topics) do no harm: ([^\n]*)/.exec(documentOf(`${name}.md`)) ?? [];
      const types = [...harmless.matchAll(/`([\w./]+)`/g)]
        .map(([, told = ""]) => (told.includes(".") ? told : `${prefix}${told}`))
        .filter((told) => !read.includes(told));
      expect(types.length).toBeGreaterThan(0);
      const configured = { kind, secrets: [secret], ...settings } as ShopSettings;
      const shop = openShops(new Map([[as.shop(name), configured]])).get(as.shop(name));
      const now = systemClock();
      for (const other of [...types, kind === "shopify" ? "orders/of_later" : "a_type.of_later"]) {
        const payload: unknown = JSON.parse(
          JSON.stringify(example).replaceAll(JSON.stringify(type), JSON.stringify(other)),
        );
        const { headers, body } = deliver(payload, { timestamp: Math.floor(now / 1000), id: "msg_1" });
        const sent = new Headers(headers);
        // Shopify says in a header what the event is of.
        if (kind === "shopify") sent.set("x-shopify-topic", other);
        const reading = shop?.read({ headers: sent, body: Buffer.from(body) }, now);
        const [only, ...more] = reading?.outcome === "batch" ? reading.readings : [reading];
        expect({ other, outcome: only?.outcome, more }).toEqual({ other, outcome: "ignored", more: [] });
      }
    },
  );

  it("stands in the list of all kinds", () => {
    const list = documentOf("README.md");
    for (const kind of everyKind) {
      expect(list).toContain(`| \`${kind}\` |`);
      const [, guide = ""] = new RegExp(`\`${kind}\` \\| \\[[^\\]]*\\]\\(([^)]+)\\)`).exec(list) ?? [];
      expect(documentOf(guide)).toMatch(/^# Connect /);
    }
  });
});

describe("the payload's schema", () => {
  it("describes each member, for the interface's documentation", () => {
    const undescribed: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [name, value] of Object.entries(schema)) {
        if (name !== "properties") look(value, `${path}.${name}`);
        else
          for (const [member, inner] of Object.entries(value)) {
            const described =
              JSON.stringify(inner).includes('"description"') || JSON.stringify(inner).includes('"const"');
            if (!described) undescribed.push(`${path}.${member}`);
            look(inner, `${path}.${member}`);
          }
      }
    };
    look(z.toJSONSchema(ownShopEvent), "event");
    expect(undescribed).toEqual([]);
  });
});
