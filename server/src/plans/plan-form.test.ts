import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { FormNode, Sheet } from "../pages/form-node.ts";
import { inside, readSheet } from "../pages/sheet.ts";
import { planForm, planProblems, planSheet, readPlanSheet } from "./plan-form.ts";
import { planSchema, readPlan } from "./plan-schema.ts";
import { planTemplates } from "./plan-templates.ts";

const guide = [
  ...readFileSync(new URL("../../../docs/plans.md", import.meta.url), "utf8").matchAll(
    /```json\n([\s\S]*?)```/g,
  ),
].map(([, text = ""]) => JSON.parse(text));

/** What a browser sends of a form that shows a sheet. */
function sentOf({ entries, rest }: Sheet, path = "", sent = new URLSearchParams()): URLSearchParams {
  if (Object.keys(rest).length > 0) sent.append(inside(path, "~"), JSON.stringify(rest));
  for (const [name, entry] of Object.entries(entries)) {
    const at = inside(path, name);
    if (typeof entry === "string") sent.append(at, entry);
    else if (!Array.isArray(entry)) sentOf(entry as Sheet, at, sent);
    else
      for (const [index, one] of (entry as readonly (string | Sheet)[]).entries())
        if (typeof one === "string") sent.append(at, one);
        else sentOf(one, inside(at, index), sent);
  }
  return sent;
}

/** A document after it was shown in the form, sent, and read again. */
const throughForm = (document: unknown, decimal: "." | "," = ".") =>
  readPlanSheet(readSheet(planForm, sentOf(planSheet(document, decimal))), decimal).document;

const full = {
  plan: "full",
  name: "Everything – 12 %",
  promise: "first_sale",
  rules: [
    {
      rule: "one",
      when: {
        kinds: ["renewal", "new"],
        products: ["paint", "paint-pro"],
        quantity: { min: 2 },
        countries: ["DE", "AT"],
        evidence: ["deal", "token"],
        partnerKinds: ["reseller"],
        partnerAgeDays: { max: 90 },
        renewals: { min: 0, max: 0 },
        renewalAgeDays: { min: 1, max: 1126 },
        soldFrom: "2027-03-01",
        soldUntil: "2027-03-31",
      },
      pay: {
        rateBp: 1255,
        perUnit: [{ currency: "JPY", amountMinor: 1000 }],
        perLine: [{ currency: "KWD", amountMinor: 1001 }],
        perOrder: [{ currency: "EUR", amountMinor: 5 }],
      },
    },
  ],
  overrides: [
    {
      rule: "above",
      when: { levels: { min: 1, max: 2 } },
      pay: { rateBp: 10_000, perUnit: [], perLine: [], perOrder: [] },
      from: "lower_share",
      of: "lower_share",
      capPerOrder: [{ currency: "EUR", amountMinor: 123_456_789 }],
    },
  ],
  capPerOrder: [{ currency: "EUR", amountMinor: 0 }],
  terms: [
    {
      term: "units",
      every: "quarter",
      currency: "JPY",
      of: "tree",
      counts: { measure: "units", kinds: ["new"], products: ["paint"] },
      threshold: 100,
      ownThreshold: 20,
      tiers: [{ from: 100, rateBp: 0, perUnitMinor: 20 }],
      bonuses: [{ at: 1000, amountMinor: 25_000 }],
      capMinor: 900_000,
      earningsLimitMinor: 1_000_000,
    },
    {
      term: "net",
      every: "year",
      currency: "KWD",
      of: "own",
      counts: { measure: "net" },
      threshold: 1_000_001,
      ownThreshold: 0,
      tiers: [{ from: 1, rateBp: 250, perUnitMinor: 0 }],
    },
  ],
};

/** Every member that a document could have, by its path: optional ones, defaults and lists are opened. */
function membersOf(schema: z.core.$ZodType, path: string): string[] {
  const { def } = schema._zod as unknown as { def: Record<string, unknown> & { type: string } };
  if (def.type === "object")
    return Object.entries(def.shape as Record<string, z.core.$ZodType>).flatMap(([name, inner]) =>
      membersOf(inner, inside(path, name)),
    );
  const inner = (def.innerType ?? def.element ?? def.in) as z.core.$ZodType | undefined;
  if (inner !== undefined && def.type !== "enum") return [path, ...membersOf(inner, path)];
  return [path];
}

const fieldsOf = (node: FormNode, path = ""): string[] =>
  node.shape === "field"
    ? [path]
    : (node.shape === "rows" ? node.of : node).members.flatMap((one) =>
        fieldsOf(one.node, inside(path, one.name)),
      );

describe("the form of a plan", () => {
  it("has a field for every member of the schema", () => {
    const members = new Set(membersOf(planSchema, ""));
    const leaves = [...members].filter((one) => ![...members].some((other) => other.startsWith(`${one}.`)));
    expect(fieldsOf(planForm).toSorted()).toEqual(
      leaves.filter((one) => one !== "$schema" && one !== "").toSorted(),
    );
    expect(leaves.length).toBeGreaterThan(40);
  });

  it.each([".", ","] as const)("shows a plan with every member and gives it back, with %s", (decimal) => {
    expect(planProblems(full)).toEqual([]);
    expect(readPlan(throughForm(full, decimal))).toEqual(readPlan(full));
    expect(JSON.stringify(readPlan(throughForm(readPlan(full))))).toBe(JSON.stringify(readPlan(full)));
  });

  it("shows percentages, and amounts by the digits of their currencies", () => {
    const shown = sentOf(planSheet(full, ","));
    expect(Object.fromEntries(shown)).toMatchObject({
      "rules.0.pay.rateBp": "12,55",
      "rules.0.pay.perUnit.0.amountMinor": "1000",
      "rules.0.pay.perLine.0.amountMinor": "1,001",
      "rules.0.pay.perOrder.0.amountMinor": "0,05",
      "overrides.0.pay.rateBp": "100",
      "terms.0.threshold": "100",
      "terms.0.bonuses.0.amountMinor": "25000",
      "terms.1.threshold": "1000,001",
    });
  });

  it("has the guide's ten plans to begin from, and loads each of them unchanged", () => {
    expect(planTemplates).toEqual(guide);
    for (const template of planTemplates) {
      expect(readPlan(throughForm(template))).toEqual(readPlan(template));
      expect(readPlanSheet(planSheet(template, "."), ".").problems).toEqual([]);
    }
  });

  it.each<[what: string, document: unknown]>([
    ["unknown members", { ...full, colour: "red", rules: [{ ...full.rules[0], note: { a: [1] } }] }],
    ["what is no list", { ...full, rules: "none", terms: 5 }],
    ["what is no group", { ...full, rules: [{ rule: "a", when: [], pay: 7 }] }],
    ["numbers as texts", { ...full, rules: [{ rule: "a", pay: { rateBp: "2000" } }] }],
    ["what somebody typed", { ...full, rules: [{ rule: "a", pay: { rateBp: "lots" } }] }],
    ["half a basis point", { ...full, rules: [{ rule: "a", pay: { rateBp: 0.5 } }] }],
    ["a negative amount", { ...full, capPerOrder: [{ currency: "EUR", amountMinor: -5 }] }],
    ["an unknown choice", { ...full, promise: "never", terms: [{ ...full.terms[0], of: 3 }] }],
    ["an unknown kind", { ...full, rules: [{ rule: "a", when: { kinds: ["new", "odd"] }, pay: {} }] }],
    ["an empty range", { ...full, rules: [{ rule: "a", when: { quantity: {} }, pay: {} }] }],
    ["white space and lines", { ...full, name: " two\nlines ", plan: "  " }],
    [
      "a product with a comma",
      { ...full, rules: [{ rule: "a", when: { products: ["a,b", "c d"] }, pay: {} }] },
    ],
    ["a day that is none", { ...full, rules: [{ rule: "a", when: { soldFrom: "2027-02-30" }, pay: {} }] }],
    ["the schema's address", { $schema: "./plan.schema.json", ...full }],
    ["a member called __proto__", JSON.parse('{"plan":"p","__proto__":{"a":1},"rules":[]}')],
  ])("keeps %s as they are", (_what, document) => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toSorted()
                .map(([name, one]) => [name, sorted(one)]),
            )
          : value;
    expect(sorted(throughForm(document))).toEqual(sorted(document));
  });

  const typed = (path: string, text: string, decimal: "." | "," = ".") => {
    const sent = sentOf(planSheet(full, decimal));
    sent.set(path, text);
    const { document, problems } = readPlanSheet(readSheet(planForm, sent), decimal);
    const value = path
      .split(".")
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    return { value, problems: problems.map((one) => `${one.path}: ${one.text}`) };
  };
  const rate = "rules.0.pay.rateBp";
  const amount = "rules.0.pay.perOrder.0.amountMinor";

  it.each<[path: string, text: string, value: unknown, decimal?: ","]>([
    [rate, "25", 2500],
    [rate, " 25 % ", 2500],
    [rate, "12.5", 1250],
    [rate, "12,5", 1250],
    [rate, "0", 0],
    [rate, "٢٥٫٥", 2550],
    [rate, "２５", 2500],
    [amount, "20", 2000],
    [amount, "1 234,5", 123_450, ","],
    [amount, "0.01", 1],
    ["rules.0.pay.perUnit.0.amountMinor", "1000", 1000],
    ["rules.0.pay.perLine.0.amountMinor", "1.001", 1001],
    ["rules.0.when.quantity.min", "007", 7],
  ])("reads %s typed as %j as %j", (path, text, value, decimal = undefined as never) => {
    expect(typed(path, text, decimal ?? ".")).toEqual({ value, problems: [] });
  });

  it.each<[path: string, text: string, problem: string, at?: string]>([
    [rate, "100.01", "problem_percent"],
    [rate, "12.345", "problem_percent"],
    [rate, "-1", "problem_percent"],
    [rate, "a lot", "problem_percent"],
    [amount, "1.000", "problem_money"],
    [amount, "1,000", "problem_money"],
    [amount, "1e3", "problem_money"],
    ["rules.0.pay.perUnit.0.amountMinor", "1,000", "problem_money"],
    ["rules.0.pay.perLine.0.amountMinor", "1,000", "problem_money"],
    ["rules.0.pay.perOrder.0.currency", "eur", "problem_currency"],
    ["rules.0.when.quantity.min", "1.5", "problem_whole"],
    ["rules.0.when.soldFrom", "soon", "problem_day"],
    ["rules.0.when.soldFrom", "2027-02-30", "problem_day"],
    ["rules.0.when.countries", "Germany", "problem_country"],
    ["rules.0.when.products", "Paint!", "problem_name"],
    ["rules.0.when.renewals.min", "3", "problem_range"],
    ["rules.0.rule", "", "problem_missing"],
    ["overrides.0.rule", "one", "problem_twice"],
    ["overrides.0.from", "", "problem_missing"],
    ["terms.1.term", "units", "problem_twice"],
    ["terms.0.tiers.0.rateBp", "5", "problem_unfit"],
    ["plan", "", "problem_missing"],
    ["name", "x".repeat(201), "problem_line"],
    ["promise", "never", "problem_choice"],
  ])("says of %s typed as %j that it is a %s, there", (path, text, problem) => {
    expect(typed(path, text).problems).toEqual([`${path}: ${problem}`]);
  });

  it("says what the text has that no plan knows, and that rules are many", () => {
    const many = Array.from({ length: 51 }, (_, at) => ({ rule: `r${at}`, pay: {} }));
    const told = readPlanSheet(planSheet({ ...full, colour: "red", rules: many }, "."), ".").problems;
    expect(told.map(({ path, text }) => [path, text])).toEqual([
      ["", "problem_unknown"],
      ["rules", "problem_many"],
    ]);
  });
});
