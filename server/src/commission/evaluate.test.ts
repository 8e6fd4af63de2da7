import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { ruleWhys, whyOf } from "./conditions.ts";
import { evaluatePlan, type Part } from "./evaluate.ts";
import type { Conditions, Override, Pay } from "./plan.ts";
import type { SaleLine } from "./sale.ts";
import {
  chain,
  distributor,
  eur,
  line,
  override,
  pay,
  plan,
  rule,
  sale,
  seller,
} from "./testing/small-sale.ts";

const amounts = (parts: readonly Part[]) => parts.map((part) => [part.partner, part.line, part.amountMinor]);

describe("a rule", () => {
  it("is not asked for reasons in another order than this", () => {
    expect(ruleWhys).toEqual([
      "partner_ended",
      "earlier_rule",
      "other_level",
      "other_kind",
      "other_product",
      "other_quantity",
      "country_unknown",
      "other_country",
      "other_evidence",
      "other_partner_kind",
      "other_partner_age",
      "other_renewal",
      "other_renewal_age",
      "before_its_days",
      "after_its_days",
      "other_currency",
      "fits",
    ]);
  });

  it.each<[why: string, when: Conditions, over?: Partial<Pay>]>([
    ["other_level", { levels: { min: 1 }, kinds: ["renewal"] }],
    ["other_kind", { kinds: ["renewal"], products: ["other"] }],
    ["other_product", { products: ["other"], quantity: { min: 2 } }],
    ["other_quantity", { quantity: { min: 2 }, countries: ["DE"] }],
    ["country_unknown", { countries: ["DE"], evidence: ["coupon"] }],
    ["other_evidence", { evidence: ["coupon"], partnerKinds: ["affiliate"] }],
    ["other_partner_kind", { partnerKinds: ["affiliate"], partnerAgeDays: { max: 99 } }],
    ["other_partner_age", { partnerAgeDays: { max: 99 }, renewals: { min: 1 } }],
    ["other_renewal", { renewals: { min: 1 }, renewalAgeDays: { min: 1 } }],
    ["other_renewal_age", { renewalAgeDays: { min: 1 }, soldFrom: "2027-04-01" }],
    [
      "before_its_days",
      { soldFrom: "2027-04-01" },
      { perLine: [{ currency: as.currency("usd"), amountMinor: 1 }] },
    ],
    ["after_its_days", { soldUntil: "2027-03-30" }],
    ["other_currency", {}, { perLine: [{ currency: as.currency("usd"), amountMinor: 1 }] }],
    [
      "fits",
      { soldUntil: "2027-03-31", soldFrom: "2027-03-31", partnerAgeDays: { min: 100 }, renewals: { max: 0 } },
    ],
  ])("says %s first", (why, when, over = {}) => {
    expect(whyOf(rule("r", when, over), { sale: sale(), line: line(), partner: seller, level: 0 })).toBe(why);
  });

  it("says other_country where the shop tells one that is not named", () => {
    const about = { sale: sale([line()], { country: "FR" }), line: line(), partner: seller, level: 0 };
    expect(whyOf(rule("r", { countries: ["DE"] }, {}), about)).toBe("other_country");
    expect(whyOf(rule("r", { countries: ["FR"] }, {}), about)).toBe("fits");
  });
});

describe("a plan", () => {
  it("pays each line by the first rule that fits, and says of every rule why", () => {
    const rules = [
      rule("renewals", { kinds: ["renewal"] }, { rateBp: 3000 }),
      rule("paint", { products: ["paint"] }, { rateBp: 2000 }),
      rule("rest", {}, { rateBp: 100 }),
    ];
    const lines = [line(), line({ line: "2", product: undefined, kind: "shipping", netMinor: 500 })];
    const result = evaluatePlan(plan({ rules }), sale(lines), [seller]);
    expect(amounts(result.parts)).toEqual([
      ["north", "1", 2000],
      ["north", "2", 5],
    ]);
    expect(result.rules.map((one) => [one.line, one.rule, one.matched, one.why])).toEqual([
      ["1", "renewals", false, "other_kind"],
      ["1", "paint", true, "fits"],
      ["1", "rest", false, "earlier_rule"],
      ["2", "renewals", false, "other_kind"],
      ["2", "paint", false, "other_product"],
      ["2", "rest", true, "fits"],
    ]);
  });

  it("adds a share and flat amounts and rounds once", () => {
    const rules = [rule("all", {}, { rateBp: 1250, perUnit: eur(7), perLine: eur(3) })];
    const result = evaluatePlan(plan({ rules }), sale([line({ quantity: 4, netMinor: 1004 })]), [seller]);
    expect(amounts(result.parts)).toEqual([["north", "1", 126 + 28 + 3]]);
  });

  it("pays an amount for the order from its lines as far as they reach, and never more than they brought", () => {
    const rules = [rule("all", {}, { perOrder: eur(500) })];
    const lines = [
      line({ netMinor: 200 }),
      line({ line: "2", netMinor: 200 }),
      line({ line: "3", netMinor: 900 }),
    ];
    const paid = (of: SaleLine[]) => amounts(evaluatePlan(plan({ rules }), sale(of), [seller]).parts);
    expect(paid(lines)).toEqual([
      ["north", "1", 200],
      ["north", "2", 200],
      ["north", "3", 100],
    ]);
    expect(paid(lines.slice(0, 1))).toEqual([["north", "1", 200]]);
  });

  it("lowers what the seller is paid to the cap, in proportion", () => {
    const lines = [line({ netMinor: 10_000 }), line({ line: "2", netMinor: 20_000 })];
    const result = evaluatePlan(plan({ capPerOrder: eur(1000) }), sale(lines), [seller]);
    expect(amounts(result.parts)).toEqual([
      ["north", "1", 333],
      ["north", "2", 667],
    ]);
  });

  it("pays those above on top", () => {
    expect(amounts(evaluatePlan(plan({ overrides: [override({})] }), sale(), chain).parts)).toEqual([
      ["north", "1", 2000],
      ["big", "1", 500],
    ]);
  });

  it("pays those above out of the lower share, in part of the net or of that share", () => {
    const paid = (over: Partial<Override>) =>
      amounts(
        evaluatePlan(plan({ overrides: [override({ from: "lower_share", ...over })] }), sale(), chain).parts,
      );
    expect(paid({})).toEqual([
      ["north", "1", 1500],
      ["big", "1", 500],
    ]);
    expect(paid({ of: "lower_share", pay: pay({ rateBp: 1000 }) })).toEqual([
      ["north", "1", 1800],
      ["big", "1", 200],
    ]);
    expect(paid({ pay: pay({ rateBp: 9000 }) })).toEqual([["big", "1", 2000]]);
    expect(paid({ capPerOrder: eur(50) })).toEqual([
      ["north", "1", 1950],
      ["big", "1", 50],
    ]);
  });

  it("takes a third tier's share from the nearest below who has one", () => {
    const master = { ...distributor, partner: as.partner("master"), kind: "master" };
    const overrides = [
      override({
        rule: "master",
        when: { partnerKinds: ["master"] },
        pay: pay({ rateBp: 100 }),
        from: "lower_share",
      }),
      override({ rule: "distributor", when: { levels: { max: 1 } } }),
    ];
    expect(amounts(evaluatePlan(plan({ overrides }), sale(), [...chain, master]).parts)).toEqual([
      ["north", "1", 2000],
      ["big", "1", 400],
      ["master", "1", 100],
    ]);
    const without = overrides.slice(0, 1);
    expect(amounts(evaluatePlan(plan({ overrides: without }), sale(), [...chain, master]).parts)).toEqual([
      ["north", "1", 1900],
      ["master", "1", 100],
    ]);
  });

  it("pays nothing to a partner whose agreement had ended, and says so", () => {
    const result = evaluatePlan(plan({ overrides: [override({})] }), sale(), [
      seller,
      { ...distributor, ended: true },
    ]);
    expect(amounts(result.parts)).toEqual([["north", "1", 2000]]);
    expect(result.rules.at(-1)).toMatchObject({ partner: "big", matched: false, why: "partner_ended" });
  });

  it("has the other lines bear what lowers the order", () => {
    const lines = [
      line({ netMinor: 6000 }),
      line({ line: "2", netMinor: 4000 }),
      line({ line: "3", netMinor: -1000 }),
    ];
    const { parts } = evaluatePlan(plan({}), sale(lines), [seller]);
    expect(parts.map(({ lineNetMinor, amountMinor }) => [lineNetMinor, amountMinor])).toEqual([
      [5400, 1080],
      [3600, 720],
    ]);
    expect(evaluatePlan(plan({}), sale([line({ netMinor: -5 })]), [seller]).parts).toEqual([]);
  });
});
