import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Random, seededRandom } from "../../../test/faults/random.ts";
import { testContent } from "../../../test/http/open-app.ts";
import { configSchema } from "./config-schema.ts";

/** With a member of every section, so that every schema is met. */
const whole = {
  ...testContent(),
  $schema: "./config.schema.json",
  formerPepper: { file: "old" },
  shops: {
    stripe: { kind: "stripe", secrets: [{ env: "S" }], testMode: true, api: { token: { env: "T" } } },
    own: { kind: "standard-webhooks", secrets: [{ env: "A" }, { file: "b" }] },
    woo: {
      kind: "woocommerce",
      secrets: [{ env: "W" }],
      api: { url: "https://acme.example", key: { env: "K" }, secret: { env: "S" } },
    },
    shopify: {
      kind: "shopify",
      secrets: [{ env: "F" }],
      api: { url: "https://acme.myshopify.com", clientId: "abc" },
    },
  },
  networks: {
    awin: { kind: "awin", advertiserId: "1", apiKey: { env: "A" }, accessToken: { env: "B" } },
    ours: {
      kind: "custom",
      base: "https://network.example",
      settings: { campaign: "7" },
      secrets: { token: { env: "N" } },
      convert: {
        method: "POST",
        path: "/sales",
        query: { o: "{order}" },
        headers: { "x-key": "{network.token}" },
        body: {
          json: {
            amount: { $number: "{amount}" },
            list: ["{order}", 1, true, null],
            c: "{network.campaign}",
          },
        },
        auth: { kind: "bearer", token: "{network.token}" },
        answer: {
          status: [200, 201],
          done: [{ pointer: "/ok", is: [true, "yes", 1, null] }, { matches: "ok" }],
        },
      },
      adjust: { method: "PUT", path: "/sales", body: { form: { a: "{amount}", j: { json: { a: 1 } } } } },
      reverse: { byHand: "Open the network's page and cancel it." },
    },
  },
  attribution: {
    order: ["manual", "token"],
    windowDays: { token: 10, coupon: null, manual: 3 },
    onConflict: "hold",
    rules: [
      { rule: "first", class: "partner_kind", kinds: ["reseller"], countries: ["AT"] },
      { rule: "second", class: "territory", on: true, products: ["acme-paint"] },
    ],
  },
  commission: { defaultPercent: 12.5 },
  deals: { decideWithinDays: 3 },
  customers: { fromOrders: true, renewalNoticeDays: [30, 7] },
  drainSeconds: 3,
  metrics: { listen: { port: 9000 } },
  telemetry: { otlp: "http://127.0.0.1:4318", share: 0.5 },
  limits: { serial: { address: { burst: 3 } } },
  fallbackUrl: "https://acme.example/renew",
  formerIssuers: ["https://old.acme.example"],
  adjustments: { approvalAboveMinor: { EUR: 10_000 } },
  approvals: { holders: { "cli:root": "ann@acme.example" } },
  statements: {},
  vendor: {
    legalName: "Acme GmbH",
    address: { street: "Ring 1", postCode: "1010", town: "Wien", country: "AT" },
    taxRates: [{ since: "2026-01-01", percent: 19 }],
  },
  trust: {
    suspicions: {},
    registrations: { perAddressPerHour: 3 },
    licenceCheck: { url: "https://acme.example/check", secret: { env: "L" } },
  },
  registeredEmails: {},
  outbox: { workers: 3 },
  mail: { folder: "./mail" },
  signIn: { oidc: { issuer: "https://id.acme.example", clientId: "abc", secret: { env: "O" } } },
  payouts: {
    minimumMinor: { EUR: 500 },
    taxFormFor: ["US"],
    csvFormats: { ours: { columns: [{ heading: "A", field: "iban" }] } },
  },
  disputes: { holidays: ["2026-12-25"] },
  brand: { name: "Acme", colour: "#9c3616", languages: ["en"] },
};

const oddities: unknown[] = [
  null, true, "", "x", "https://acme.example", " https://acme.example", "http:acme", "ftp://acme.example", "http://a b",
  0, -1, 1.5, 0.07, 19.6, 1e9, Number.NaN, "2026-02-30", "2026-02-28", "constructor", "\u0000", "ä",
  [], [1], ["x", "x"], {}, { env: "A" }, { file: "b" }, { env: "A", file: "b" }, { kind: "stripe" },
  JSON.parse('{ "__proto__": { "a": 1 } }'),
]; // biome-ignore format: a list to be read as one

type Holder = Record<string, unknown> | unknown[];

/** Every object and list within a value. */
const holdersIn = (value: unknown): Holder[] =>
  typeof value === "object" && value !== null
    ? [value as Holder, ...Object.values(value).flatMap(holdersIn)]
    : [];

/** A copy in which one to three members were taken away, changed, moved or added. */
function changed(content: unknown, random: Random): unknown {
  const copy = structuredClone(content);
  for (let left = random.between(1, 3); left > 0; left--) {
    const holders = holdersIn(copy);
    const holder = random.pick(holders) as Record<string, unknown>;
    const name = random.pick([...Object.keys(holder), "added"]);
    const what = random.next();
    if (what < 0.3 && !Array.isArray(holder)) delete holder[name];
    else if (what < 0.8) holder[name] = structuredClone(random.pick(oddities));
    else holder[name] = structuredClone(random.pick(holders));
  }
  return copy;
}

describe("what accepts a configuration without zod", () => {
  let quick: typeof configSchema;
  beforeAll(async () => {
    const accepting = await import("./accepting.ts");
    vi.resetModules();
    vi.doMock("zod", () => ({ z: accepting }));
    quick = (await import("./config-schema.ts")).configSchema;
    vi.doUnmock("zod");
    // The files of a process share their modules: none is to meet these.
    vi.resetModules();
  });

  it("accepts a file that has everything, and fills in what zod fills in", () => {
    for (const content of [whole, testContent()]) {
      const judged = configSchema.safeParse(content);
      expect(judged.error?.issues ?? []).toEqual([]);
      expect(quick.safeParse(content)).toEqual({ success: true, data: judged.data });
    }
  });

  it("accepts nothing that zod refuses, and makes of it what zod makes", () => {
    const random = seededRandom("configurations");
    const rounds = Number(process.env.TEST_ACCEPTING_ROUNDS ?? 1_500);
    const counted = { accepted: 0, refused: 0, left: 0 };
    for (let round = 0; round < rounds; round++) {
      const content = changed(round % 2 === 0 ? whole : testContent(), random);
      const taken = quick.safeParse(content);
      const judged = configSchema.safeParse(content);
      counted[taken.success ? "accepted" : judged.success ? "left" : "refused"] += 1;
      if (taken.success)
        expect({ success: judged.success, data: judged.data }, `seed ${random.seed}, round ${round}`).toEqual(
          taken,
        );
    }
    // What is left to zod is slow and right; were it much, the start would be slow.
    expect(counted.accepted).toBeGreaterThan(rounds / 20);
    expect(counted.refused).toBeGreaterThan(rounds / 20);
    expect(counted.left).toBeLessThan(rounds / 20);
  });
});
