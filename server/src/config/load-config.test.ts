import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { loadConfig } from "./load-config.ts";
import { parseConfig } from "./parse-config.ts";

const minimal = {
  issuer: "https://renew.acme.example",
  adminToken: { env: "ADMIN" },
  products: [
    {
      id: "acme-paint",
      name: "Acme Paint",
      checkout: { shop: "own", url: "https://acme.example/buy?r={reference}" },
    },
  ],
  shops: { own: { kind: "standard-webhooks", secrets: [{ file: "own.secret" }] } },
};

function parse(content: unknown, env: Record<string, string> = {}) {
  return parseConfig(content, { file: "/etc/tallystick/tallystick.config.json", env });
}

function problemsOf(content: unknown, env: Record<string, string> = {}): ConfigProblem[] {
  try {
    parse(content, env);
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
  return [];
}

function withUrl(url: string) {
  return { ...minimal, products: [{ ...minimal.products[0], checkout: { shop: "own", url } }] };
}

const urlPath = "products[0].checkout.url";

describe("the configuration", () => {
  it.each(["QQQ", "XTS", "XXX", "eur", "EURO"])("refuses %s wherever it names a currency", (code) => {
    const limits = Object.fromEntries([[code, 100]]);
    const paths = (content: object) => problemsOf({ ...minimal, ...content }).map(({ path }) => path);
    expect(paths({ adjustments: { approvalAboveMinor: limits } })).toHaveLength(1);
    expect(paths({ adjustments: { budgets: { spring: limits } } })).toHaveLength(1);
    expect(paths({ payouts: { minimumMinor: limits } })).toHaveLength(1);
  });

  it("takes currencies that were withdrawn, and units of account", () => {
    const { adjustments } = parse({
      ...minimal,
      adjustments: { approvalAboveMinor: { DEM: 1, CLF: 2, EUR: 3 } },
    });
    expect(adjustments.approvalAboveMinor).toEqual({ DEM: 1, CLF: 2, EUR: 3 });
  });

  it("fills in what may be left out", () => {
    expect(parse(minimal)).toMatchObject({
      issuer: "https://renew.acme.example",
      listen: { host: "127.0.0.1", port: 8787 },
      database: { engine: "sqlite", path: "/etc/tallystick/var/tallystick.db" },
      keysFolder: "/etc/tallystick/var/keys",
      pepper: { file: "/etc/tallystick/var/keys/pepper" },
      policy: {
        order: ["manual", "voucher", "deal", "serial", "token", "coupon", "email"],
        windowDays: { token: 1830, email: 730 },
        onConflict: "credit_first",
      },
      referenceDays: 30,
      defaultRateBp: 1000,
      holdDays: 30,
    });
  });

  it.each([
    ["http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"],
    ["https://collector.acme.example/otlp/traces", "https://collector.acme.example/otlp/traces"],
  ])("sends traces for %s to %s", (otlp, whole) => {
    expect(parse({ ...minimal, telemetry: { otlp } }).telemetry).toEqual({ otlp: whole, share: 1 });
    expect(parse(minimal).telemetry).toBeUndefined();
    expect(problemsOf({ ...minimal, telemetry: { otlp: "collector:4317" } })).toHaveLength(1);
  });

  it("resolves paths from the file's own folder", () => {
    const config = parse({ ...minimal, database: "sqlite:db/t.db", keys: "/k" });
    expect(config.database).toEqual({ engine: "sqlite", path: "/etc/tallystick/db/t.db" });
    expect(config.keysFolder).toBe("/k");
    expect([...config.shops.values()][0]?.secrets).toEqual([{ file: "/etc/tallystick/own.secret" }]);
  });

  it("keeps a window's default beside one that is set, and drops one that is null", () => {
    const policyOf = (windowDays: unknown) =>
      parse({ ...minimal, attribution: { windowDays } }).policy.windowDays;
    expect(policyOf({ token: 10 })).toEqual({ token: 10, coupon: 730, email: 730 });
    expect(policyOf({ token: null, serial: 5 })).toEqual({ serial: 5, coupon: 730, email: 730 });
  });

  it("lets DATABASE_URL, PORT and HOST override it", () => {
    const config = parse(minimal, { DATABASE_URL: "postgres://db/t", PORT: "0", HOST: "::1" });
    expect(config.database).toEqual({ engine: "postgres", url: "postgres://db/t" });
    expect(config.listen).toMatchObject({ host: "::1", port: 0 });
  });

  it("keeps how many connections a database of its own may have", () => {
    const config = parse({ ...minimal, database: "postgres://db/t", databaseConnections: 12 });
    expect(config.database).toEqual({ engine: "postgres", url: "postgres://db/t", connections: 12 });
    expect(() => parse({ ...minimal, databaseConnections: 1 })).toThrow("expected 2 to 500 connections");
  });

  it("names the variable when an override is wrong", () => {
    const problems = problemsOf(minimal, { DATABASE_URL: "mysql://db", PORT: "http" });
    expect(problems.map(({ path }) => path)).toEqual(["PORT", "DATABASE_URL"]);
  });

  it("tells every problem at once, each with its path", () => {
    const problems = problemsOf({
      ...minimal,
      issuer: "http://renew.acme.example",
      lisen: {},
      holdDays: "30",
      adminToken: "swordfish",
      products: [{ id: "Acme Paint", checkout: { shop: "owns", url: "ftp://x/{reference}" } }],
    });
    expect(problems).toEqual([
      { path: "issuer", message: "expected an https address (http is for loopback alone)" },
      {
        path: "adminToken",
        message: 'expected { "env": NAME } or { "file": PATH }, never the secret itself',
      },
      {
        path: "products[0].id",
        message: "expected 1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first",
      },
      { path: "products[0].name", message: "expected a string; it is missing" },
      { path: urlPath, message: "expected an https address" },
      { path: "holdDays", message: "expected a whole number of days" },
      { path: "lisen", message: 'expected no member of this name; did you mean "listen"?' },
      {
        path: "products[0].checkout.shop",
        message: 'expected one of the "shops" (own), not "owns"; did you mean "own"?',
      },
    ]);
  });

  it("suggests the member that a misspelt one below means", () => {
    const shops = { own: { ...minimal.shops.own, kinds: "stripe" } };
    expect(problemsOf({ ...minimal, shops })).toEqual([
      { path: "shops.own.kinds", message: 'expected no member of this name; did you mean "kind"?' },
    ]);
    expect(problemsOf({ ...minimal, attribution: { windowDays: { tokn: 3 } } })).toEqual([
      {
        path: "attribution.windowDays.tokn",
        message: 'expected no member of this name; did you mean "token"?',
      },
    ]);
  });

  it("tells which kinds of shop there are, and which members each has", () => {
    const withShop = (shop: unknown) => problemsOf({ ...minimal, shops: { own: shop } });
    const secrets = [{ env: "OWN" }];
    expect(withShop({ kind: "padle", secrets })).toEqual([
      {
        path: "shops.own.kind",
        message: expect.stringMatching(/^expected one of "stripe", .*mean "paddle"\?$/),
      },
    ]);
    expect(withShop({ secrets })).toMatchObject([{ path: "shops.own.kind" }]);
    expect(withShop({ kind: "standard-webhooks", secrets, testMode: true })).toMatchObject([
      { path: "shops.own.testMode", message: "expected no member of this name" },
    ]);
    expect(withShop({ kind: "stripe", secrets: ["swordfish"] })).toEqual([
      {
        path: "shops.own.secrets[0]",
        message: 'expected { "env": NAME } or { "file": PATH }, never the secret itself',
      },
    ]);
    expect(withShop({ kind: "stripe", secrets, testMode: true })).toEqual([]);
  });

  it("refuses two products of one id and a kind of evidence named twice", () => {
    const problems = problemsOf({
      ...minimal,
      products: [minimal.products[0], minimal.products[0]],
      attribution: { order: ["token", "token"] },
    });
    expect(problems.map(({ path }) => path)).toEqual(["attribution.order", "products[1].id"]);
  });

  it.each([
    [
      "shops",
      { shops: { own: { ...minimal.shops.own, secrets: "whsec_abc" } } },
      "shops.own.secrets: expected an array, not a string",
    ],
    ["mail", { mail: { from: "a@acme.example" } }, "mail.smtp: expected an object; it is missing"],
    ["mail", { mail: "a@acme.example" }, "mail: expected `from` with `smtp`, or `folder` for development"],
    [
      "signIn",
      { signIn: { oidc: "https://login.acme.example" } },
      "signIn.oidc: expected a provider with issuer, clientId and secret, or a list of them",
    ],
  ])(
    "says once what is expected of %s, and of nothing but a secret that it is one",
    (_member, change, said) => {
      expect(problemsOf({ ...minimal, ...change }).map(({ path, message }) => `${path}: ${message}`)).toEqual(
        [said],
      );
    },
  );

  it.each([
    ["https://renew.acme.example/", "slash at the end"],
    ["https://renew.acme.example?x=1", "query and fragment"],
    ["https://renew.acme.example#x", "query and fragment"],
    ["https://a:b@renew.acme.example", "user name and password"],
    ["https://Renew.Acme.example", "https://renew.acme.example"],
    ["https://renew.acme.example:443", "https://renew.acme.example"],
    ["http://128.0.0.1", "loopback"],
    ["renew.acme.example", "https address"],
  ])("refuses the issuer %s", (issuer, reason) => {
    expect(problemsOf({ ...minimal, issuer })).toEqual([
      { path: "issuer", message: expect.stringContaining(reason) },
    ]);
  });

  it.each(["http://localhost:8787", "http://127.9.0.1", "http://[::1]:1", "https://acme.example/renew"])(
    "takes the issuer %s",
    (issuer) => {
      expect(problemsOf({ ...minimal, issuer })).toEqual([]);
    },
  );

  it.each([
    ["http://acme.example/{reference}", "loopback"],
    ["https://acme.example/buy", "{reference}"],
    ["https://{reference}.acme.example/", "host must be fixed"],
    ["https://acme.example:{reference}/", "https address"],
    ["https://{email}@acme.example/{reference}", "host must be fixed"],
    ["https://acme.example/#{reference}", "not in the fragment"],
    ["https://acme.example/{ref}", "{ref} is not a placeholder"],
    ["javascript:alert('{reference}')", "https address"],
    [" https://acme.example/buy?r={reference}", "https address"],
    ["https://acme.example/buy?r={reference} ", "https address"],
    ["https:acme.example/buy?r={reference}", "https address"],
    ["https:///acme.example/buy?r={reference}", "https address"],
    ["https://acme.example/b\tuy?r={reference}", "https address"],
    ["https:\\\\acme.example/buy?r={reference}", "https address"],
  ])("refuses the checkout %j", (url, reason) => {
    expect(problemsOf(withUrl(url))).toEqual([{ path: urlPath, message: expect.stringContaining(reason) }]);
  });

  it.each([
    "https://buy.stripe.com/abc?client_reference_id={reference}&prefilled_email={email}",
    "http://127.0.0.1:9/{product}/{reference}?l={licence}",
  ])("takes the checkout %s", (url) => {
    expect(problemsOf(withUrl(url))).toEqual([]);
  });

  it("names the file when it is missing or is not JSON", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tallystick-config-"));
    const file = join(folder, "t.json");
    const missing = loadConfig({ file, env: {} });
    await expect(missing).rejects.toMatchObject({ problems: [{ path: file, message: /no such file/ }] });
    writeFileSync(file, "{");
    const broken = loadConfig({ env: { TALLYSTICK_CONFIG: file } });
    await expect(broken).rejects.toMatchObject({ problems: [{ path: file, message: /expected JSON/ }] });
  });
});
