import { describe, expect, it } from "vitest";
import { planJsonSchema, readPlan } from "./plan-schema.ts";

const plan = { plan: "p", name: "P", promise: "each_sale", rules: [{ rule: "all", pay: { rateBp: 2000 } }] };
const eur = { currency: "EUR", amountMinor: 1 };
const term = { term: "t", every: "year", currency: "EUR", counts: { measure: "net" } };

describe("a plan document", () => {
  it("has the defaults filled in", () => {
    expect(readPlan(plan)).toMatchObject({
      rules: [{ rule: "all", when: {}, pay: { rateBp: 2000, perUnit: [], perLine: [], perOrder: [] } }],
      overrides: [],
      capPerOrder: [],
      terms: [],
    });
  });

  it.each<[what: string, document: unknown, path: RegExp]>([
    ["no object", [], /^the plan: /],
    ["an unknown member", { ...plan, percent: 20 }, /percent/],
    ["no promise", { ...plan, promise: undefined }, /^promise: /],
    [
      "half a basis point",
      { ...plan, rules: [{ rule: "all", pay: { rateBp: 0.5 } }] },
      /^rules\[0\]\.pay\.rateBp: /,
    ],
    [
      "more than all",
      { ...plan, rules: [{ rule: "all", pay: { rateBp: 10_001 } }] },
      /^rules\[0\]\.pay\.rateBp: /,
    ],
    [
      "a negative amount",
      { ...plan, capPerOrder: [{ ...eur, amountMinor: -1 }] },
      /^capPerOrder\[0\]\.amountMinor: /,
    ],
    [
      "a currency in small letters",
      { ...plan, capPerOrder: [{ ...eur, currency: "eur" }] },
      /^capPerOrder\[0\]\.currency: /,
    ],
    ["a currency twice", { ...plan, capPerOrder: [eur, eur] }, /^capPerOrder: /],
    ["two rules of one name", { ...plan, rules: [...plan.rules, ...plan.rules] }, /^rules: a name stands/],
    [
      "a range that is empty",
      { ...plan, rules: [{ rule: "a", when: { quantity: { min: 2, max: 1 } }, pay: {} }] },
      /quantity: min/,
    ],
    [
      "a day that is none",
      { ...plan, rules: [{ rule: "a", when: { soldFrom: "2027-02-30" }, pay: {} }] },
      /soldFrom/,
    ],
    [
      "an override that nobody pays",
      { ...plan, overrides: [{ rule: "o", pay: {} }] },
      /^overrides\[0\]\.from: /,
    ],
    [
      "51 rules",
      { ...plan, rules: Array.from({ length: 51 }, (_, at) => ({ rule: `r${at}`, pay: {} })) },
      /^rules: /,
    ],
    [
      "tiers that do not rise",
      { ...plan, terms: [{ ...term, tiers: [{ from: 5 }, { from: 5 }] }] },
      /^terms\[0\]\.tiers: each/,
    ],
    [
      "pay per unit of money",
      { ...plan, terms: [{ ...term, tiers: [{ from: 0, perUnitMinor: 1 }] }] },
      /perUnitMinor does not fit/,
    ],
    ["two terms of one name", { ...plan, terms: [term, term] }, /^terms: a name/],
  ])("is refused with %s", (_what, document, path) => {
    expect(() => readPlan(document)).toThrow(
      expect.objectContaining({ code: "request_invalid", message: expect.stringMatching(path) }),
    );
  });

  it.each<[document: unknown, said: string]>([
    [[], "the plan: expected an object, not an array"],
    [
      { ...plan, capPerOrder: [{ ...eur, currency: "XYZ" }] },
      "capPerOrder[0].currency: expected an ISO 4217 code, such as EUR",
    ],
    [
      { ...plan, capPerOrder: [{ ...eur, currency: "eur" }] },
      "capPerOrder[0].currency: expected an ISO 4217 code, such as EUR",
    ],
    [undefined, "the plan: expected an object; it is missing"],
    [
      { ...plan, promise: "first_sales" },
      'promise: expected one of "first_sale", "each_sale"; did you mean "first_sale"?',
    ],
    [{ ...plan, ruels: [] }, 'ruels: expected no member of this name; did you mean "rules"?'],
    [
      { ...plan, rules: [{ rule: "all", pay: { rateBp: 0.5 } }] },
      "rules[0].pay.rateBp: expected a whole number",
    ],
    [
      { ...plan, rules: [{ rule: "all", pay: { rateBp: 10_001 } }] },
      "rules[0].pay.rateBp: expected at most 10000",
    ],
    [
      { ...plan, rules: [{ rule: "all", pay: {}, when: { kinds: [] } }] },
      "rules[0].when.kinds: expected at least 1 entry",
    ],
    [
      { ...plan, rules: [{ rule: "all", pay: {}, when: { soldFrom: "March" } }] },
      "rules[0].when.soldFrom: expected a day, such as 2027-03-01",
    ],
    [
      { ...plan, rules: [{ rule: "all", pay: { perUnit: [{ ...eur, amountMinor: "5" }] } }] },
      "rules[0].pay.perUnit[0].amountMinor: expected a number, not a string",
    ],
  ])("says of %j what was expected where", (document, said) => {
    expect(() => readPlan(document)).toThrow(
      expect.objectContaining({ code: "request_invalid", message: said }),
    );
  });

  it("has a JSON Schema that asks for what must be there", () => {
    expect(planJsonSchema()).toMatchObject({ type: "object", required: ["plan", "name", "promise"] });
  });
});
