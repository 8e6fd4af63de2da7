import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { periodAt, periodLengths, readPeriod } from "./period.ts";
import { evaluateTerm, type PeriodSales, type PeriodTerm, stayedOf } from "./period-terms.ts";

const term = (over: Partial<PeriodTerm> = {}): PeriodTerm => ({
  term: "growth",
  every: "quarter",
  currency: as.currency("eur"),
  of: "own",
  counts: { measure: "net" },
  threshold: 0,
  ownThreshold: 0,
  tiers: [],
  bonuses: [],
  ...over,
});
const sold = (netMinor: number, below = 0): PeriodSales => ({
  own: [{ kind: "new", product: "paint", netMinor, units: netMinor / 100 }],
  below: [{ kind: "renewal", product: "paint", netMinor: below, units: below / 100 }],
  earnedMinor: 0,
});
const tiers = [
  { from: 0, rateBp: 0, perUnitMinor: 0 },
  { from: 10_000, rateBp: 250, perUnitMinor: 3 },
  { from: 50_000, rateBp: 500, perUnitMinor: 5 },
];

describe("a period term", () => {
  it.each<[name: string, over: Partial<PeriodTerm>, sales: PeriodSales, amountMinor: number, why: string]>([
    ["pays nothing in its lowest tier", { tiers }, sold(9_999), 0, "paid"],
    ["pays the part of each tier", { tiers }, sold(60_000), 1000 + 500, "paid"],
    ["rounds all tiers once", { tiers }, sold(50_031), 1002, "paid"],
    ["counts units", { tiers, counts: { measure: "units" } }, sold(1_000_100), 3, "paid"],
    [
      "counts kinds alone",
      { tiers, of: "tree", counts: { measure: "net", kinds: ["new"] } },
      sold(9_000, 90_000),
      0,
      "paid",
    ],
    [
      "counts products alone",
      { tiers, counts: { measure: "net", products: ["brush"] } },
      sold(90_000),
      0,
      "paid",
    ],
    ["counts those below too", { tiers, of: "tree" }, sold(10_000, 50_000), 1500, "paid"],
    [
      "pays for all from its threshold on",
      { tiers: [{ from: 0, rateBp: 1000, perUnitMinor: 0 }], threshold: 100 },
      sold(100),
      10,
      "paid",
    ],
    [
      "pays nothing under its threshold",
      { tiers: [{ from: 0, rateBp: 1000, perUnitMinor: 0 }], threshold: 100 },
      sold(99),
      0,
      "under_threshold",
    ],
    [
      "wants own sales",
      { of: "tree", tiers, ownThreshold: 5_001 },
      sold(5_000, 90_000),
      0,
      "own_under_threshold",
    ],
    [
      "pays each bonus once",
      {
        bonuses: [
          { at: 100, amountMinor: 7 },
          { at: 200, amountMinor: 11 },
          { at: 999, amountMinor: 90 },
        ],
      },
      sold(200),
      18,
      "paid",
    ],
    ["stops at its cap", { tiers, capMinor: 1499 }, sold(60_000), 1499, "capped"],
    [
      "takes back what is above the limit on earnings",
      { earningsLimitMinor: 900 },
      { ...sold(60_000), earnedMinor: 1000 },
      -100,
      "over_earnings_limit",
    ],
    [
      "leaves earnings below the limit",
      { tiers, earningsLimitMinor: 2500 },
      { ...sold(60_000), earnedMinor: 1000 },
      1500,
      "paid",
    ],
  ])("%s", (_name, over, sales, amountMinor, why) => {
    expect(evaluateTerm(term(over), sales)).toMatchObject({ amountMinor, why });
  });

  it("never pays less for more, whatever the tiers, and goes back to what it was when sales go back", () => {
    const anyTiers = fc
      .array(fc.tuple(fc.nat(100_000), fc.nat(10_000)), { maxLength: 5 })
      .map((list) =>
        list.sort(([a], [b]) => a - b).map(([from, rateBp]) => ({ from, rateBp, perUnitMinor: 0 })),
      );
    fc.assert(
      fc.property(anyTiers, fc.nat(200_000), fc.nat(200_000), (any, netMinor, more) => {
        const paid = (net: number) => evaluateTerm(term({ tiers: any }), sold(net)).amountMinor;
        expect(paid(netMinor + more)).toBeGreaterThanOrEqual(paid(netMinor));
        expect(paid(netMinor)).toBeLessThanOrEqual(netMinor);
      }),
    );
  });
});

describe("what stayed of a line", () => {
  it.each([
    [0, 10_000, 10],
    [1, 9_999, 10],
    [999, 9_001, 10],
    [1_000, 9_000, 9],
    [10_000, 0, 0],
    [20_000, 0, 0],
  ])("when %i were lost", (lost, netMinor, units) => {
    expect(stayedOf({ kind: "new", netMinor: 10_000, quantity: 10 }, lost)).toMatchObject({
      netMinor,
      units,
    });
  });
});

describe("a period", () => {
  it.each([
    ["2027-03", "2027-03-01", "2027-04-01"],
    ["2027-12", "2027-12-01", "2028-01-01"],
    ["2027-Q4", "2027-10-01", "2028-01-01"],
    ["2027", "2027-01-01", "2028-01-01"],
  ])("%s runs from %s up to %s", (name, from, until) => {
    expect(readPeriod(name)).toMatchObject({ from: Date.parse(from), until: Date.parse(until) });
  });

  it.each(["2027-13", "2027-Q5", "27", "2027-1", "", "2027-Q1 "])("is none by the name %j", (name) => {
    expect(readPeriod(name)).toBeUndefined();
  });

  it("has the name it is read by, and holds the instant it was asked for", () => {
    const at = fc.integer({ min: 0, max: Date.UTC(9000, 0, 1) }).map(instant);
    fc.assert(
      fc.property(at, fc.constantFrom(...periodLengths), (now, every) => {
        const period = periodAt(now, every);
        expect(readPeriod(period.period)).toEqual(period);
        expect(period.from <= now && now < period.until).toBe(true);
      }),
    );
  });
});
