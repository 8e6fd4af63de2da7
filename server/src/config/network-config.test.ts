import { describe, expect, it } from "vitest";
import { schemaProblems } from "./config-problems.ts";
import { configSchema } from "./config-schema.ts";

const file = (network: object, id = "own") => ({
  issuer: "https://renew.acme.example",
  adminToken: { env: "ADMIN" },
  products: [
    { id: "acme-paint", name: "Acme", checkout: { shop: "s", url: "https://s.example/?r={reference}" } },
  ],
  shops: { s: { kind: "stripe", secrets: [{ env: "S" }] } },
  networks: { [id]: network },
});

function problemsOf(network: object, id?: string) {
  const content = file(network, id);
  const parsed = configSchema.safeParse(content);
  const problems = parsed.success ? [] : schemaProblems(parsed.error, content);
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

const byHand = { byHand: "Write it into their form." };
const custom = (changes: object = {}) => ({
  kind: "custom",
  base: "https://own.example",
  convert: { method: "GET", path: "/c", query: { o: "{order}", t: "{network.token}" } },
  adjust: byHand,
  reverse: byHand,
  secrets: { token: { env: "OWN" } },
  ...changes,
});

describe("networks in the configuration", () => {
  it("may be custom ones, and ready ones", () => {
    const impact = { accountSid: "S", authToken: { env: "I" }, campaignId: "1", actionTrackerId: "2" };
    expect([problemsOf(custom()), problemsOf({ kind: "impact", ...impact })]).toEqual([[], []]);
  });

  it.each([
    [{ kind: "impct" }, "networks.own.kind", "impact"],
    [custom({ base: "http://own.example" }), "networks.own.base", "expected an https address"],
    [custom({ base: "https://{network.token}.example" }), "networks.own.base", "expected an"],
    [custom({ base: "https://u:p@own.example" }), "networks.own.base", "without user"],
    [custom({ secrets: {} }), "networks.own.convert", "{network.token} is in neither settings nor secrets"],
    [custom({ secrets: { token: "s3cret" } }), "networks.own.secrets.token", "never the secret itself"],
    [
      custom({ secrets: { token: { env: "OWN" }, env: { env: "X" } } }),
      "networks.own.secrets.env",
      "not env",
    ],
    [custom({ adjust: { byHand: "no" } }), "networks.own.adjust.byHand", "what to do and where"],
    [custom({ adjust: 7 }), "networks.own.adjust", "expected a call with method and path"],
    [custom({ adjust: { method: "GET", path: "c" } }), "networks.own.adjust.path", "begins with a slash"],
    [custom({ adjust: { method: "GET", path: "/{ordre}" } }), "networks.own.adjust.path", "no macro {ordre}"],
    [
      custom({ adjust: { method: "GET", path: "/c", qery: {} } }),
      "networks.own.adjust.qery",
      "no member of this name",
    ],
    [
      custom({ adjust: { method: "GET", path: "/c", answer: { done: [{ matches: "(" }] } } }),
      "networks.own.adjust.answer.done[0].matches",
      "expected a regular expression",
    ],
    [custom({ onlyCurrency: "{ordre}" }), "networks.own.onlyCurrency", "there is no macro {ordre}"],
    [custom({ onlyCurrency: "EURO" }), "networks.own.onlyCurrency", "by its ISO 4217 code"],
    [
      custom({ onlyCurrency: "{network.money}", settings: { money: "QQQ" } }),
      "networks.own.settings.money",
      "by its ISO 4217 code",
    ],
    [
      { kind: "tune", networkId: "acme", networkToken: { env: "T" }, offerId: "1", currency: "QQQ" },
      "networks.own.currency",
      "by its ISO 4217 code",
    ],
    [
      { kind: "tune", networkId: "a.evil/", networkToken: { env: "T" }, offerId: "1", currency: "EUR" },
      "networks.own.networkId",
      "expected the part of the host",
    ],
  ])("are refused with what to change: %j", (network, path, message) => {
    const problems = problemsOf(network).join("\n");
    expect(problems).toContain(`${path}: `);
    expect(problems).toContain(message);
    expect(problems).not.toContain("s3cret");
  });

  it("have a name that no partner's own webhook has", () => {
    expect(problemsOf(custom(), "webhook").join()).toContain("expected another name");
  });
});
