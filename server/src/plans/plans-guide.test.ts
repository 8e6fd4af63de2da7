import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluatePlan } from "../commission/evaluate.ts";
import { evaluateTerm, type PeriodSales } from "../commission/period-terms.ts";
import type { ChainPartner, Sale, SaleLine } from "../commission/sale.ts";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { readPlan } from "./plan-schema.ts";

const guide = readFileSync(new URL("../../../docs/plans.md", import.meta.url), "utf8");
const plans = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) =>
  readPlan(JSON.parse(text)),
);
const planOf = (id: string) => {
  const plan = plans.find((one) => one.plan === id);
  if (plan === undefined) throw new Error(`the guide has no plan ${id}`);
  return plan;
};

const soldAt = instant(Date.UTC(2027, 2, 15));
const shop: ChainPartner = {
  partner: as.partner("shop"),
  kind: "reseller",
  since: addDays(soldAt, -400),
  ended: false,
};
const big: ChainPartner = { ...shop, partner: as.partner("big"), kind: "distributor" };
const blog: ChainPartner = { ...shop, partner: as.partner("blog"), kind: "affiliate" };
const line = (netMinor: number, over: Partial<SaleLine> = {}): SaleLine => ({
  line: `${netMinor}`,
  kind: "new",
  product: "paint",
  quantity: 1,
  netMinor,
  ...over,
});
const sale = (lines: SaleLine[], over: Partial<Sale> = {}): Sale => ({
  currency: as.currency("eur"),
  soldAt,
  evidence: "token",
  renewal: 0,
  firstSoldAt: soldAt,
  lines,
  ...over,
});
const renewal = (netMinor: number, days: number) =>
  sale([line(netMinor, { kind: "renewal" })], { renewal: 1, firstSoldAt: addDays(soldAt, -days) });

describe("the guide's plans", () => {
  it("are ten, each by a name of its own", () => {
    expect(new Set(plans.map((one) => one.plan)).size).toBe(10);
    expect(plans).toHaveLength(10);
  });

  // The amounts were worked out by hand from the guide's words.
  it.each<[plan: string, what: string, order: Sale, chain: ChainPartner[], paid: Record<string, number>]>([
    // 25 % of 79.99 is 19.9975, of 10.00 nothing since it is shipping.
    [
      "flat-margin",
      "a copy with shipping",
      sale([line(7999), line(1000, { kind: "shipping" })]),
      [shop],
      { shop: 2000 },
    ],
    // 20 % of 49.95 is 9.99; 30 % of 49.95 is 14.985.
    ["renewals-for-three-years", "a new copy", sale([line(4995)]), [shop], { shop: 999 }],
    ["renewals-for-three-years", "its third renewal", renewal(4995, 1096), [shop], { shop: 1499 }],
    ["renewals-for-three-years", "its fourth renewal", renewal(4995, 1461), [shop], {}],
    // 20 % of 33.33 is 6.666, 5 % is 1.6665.
    ["distributor-on-top", "a copy", sale([line(3333)]), [shop, big], { shop: 667, big: 167 }],
    [
      "distributor-on-top",
      "a reseller above",
      sale([line(3333)]),
      [shop, { ...big, kind: "reseller" }],
      { shop: 667 },
    ],
    // 25 % of 33.33 is 8.3325, of which 5 %, 1.6665, go up.
    ["distributor-out-of-share", "a copy", sale([line(3333)]), [shop, big], { shop: 666, big: 167 }],
    ["distributor-out-of-share", "nobody above", sale([line(3333)]), [shop], { shop: 833 }],
    ["quarterly-tiers", "a copy", sale([line(10_000)]), [shop], { shop: 1500 }],
    // 20 % of 300.00 and 3 times 20.00.
    [
      "march-spiff",
      "three Pro in March",
      sale([line(30_000, { product: "paint-pro", quantity: 3 })]),
      [shop],
      { shop: 12_000 },
    ],
    [
      "march-spiff",
      "a Pro in April",
      sale([line(10_000, { product: "paint-pro" })], { soldAt: instant(Date.UTC(2027, 3, 1)) }),
      [shop],
      { shop: 2000 },
    ],
    [
      "march-spiff",
      "a Pro in dollars",
      sale([line(10_000, { product: "paint-pro" })], { currency: as.currency("usd") }),
      [shop],
      { shop: 2000 },
    ],
    ["referral-until-10000", "a copy", sale([line(9990)]), [shop], { shop: 999 }],
    ["referral-until-10000", "its renewal", renewal(9990, 365), [shop], {}],
    ["units", "a copy", sale([line(995)]), [shop], { shop: 100 }],
    // 30 % of 800.00 is 240.00, capped.
    ["capped", "a large order", sale([line(60_000), line(20_000)]), [shop], { shop: 15_000 }],
    [
      "capped",
      "the same in dollars",
      sale([line(60_000)], { currency: as.currency("usd") }),
      [shop],
      { shop: 16_000 },
    ],
    // 40 % of 25.00 is 10.00, of which a tenth goes on top.
    ["affiliate-first-sale", "a copy", sale([line(2500)]), [blog, big], { blog: 1000, big: 100 }],
    ["affiliate-first-sale", "its renewal", renewal(2500, 365), [blog, big], {}],
    [
      "affiliate-first-sale",
      "a copy by a serial",
      sale([line(2500)], { evidence: "serial" }),
      [blog, big],
      {},
    ],
  ])("%s pays for %s", (id, _what, order, chain, paid) => {
    const found: Record<string, number> = {};
    for (const part of evaluatePlan(planOf(id), order, chain).parts)
      found[part.partner] = (found[part.partner] ?? 0) + part.amountMinor;
    expect(found).toEqual(paid);
  });

  const sold = (netMinor: number, units = 0): PeriodSales["own"] => [
    { kind: "new", product: "paint", netMinor, units },
  ];
  it.each<[plan: string, what: string, sales: PeriodSales, amountMinor: number]>([
    ["quarterly-tiers", "9,999.99", { own: sold(999_999), below: [], earnedMinor: 0 }, 0],
    // 2.5 % of 40,000.00 and 5 % of 12,345.67, which is 617.2835.
    ["quarterly-tiers", "62,345.67", { own: sold(6_234_567), below: [], earnedMinor: 0 }, 100_000 + 61_728],
    ["referral-until-10000", "9,999.99", { own: sold(999_999), below: [], earnedMinor: 0 }, 0],
    ["referral-until-10000", "10,000.00", { own: sold(1_000_000), below: [], earnedMinor: 0 }, 100_000],
    // 400 above 100 at 1.00, 510 above 500 at 2.00, and the bonus at 1,000.
    [
      "units",
      "1,010 units",
      { own: sold(0, 20), below: sold(0, 990), earnedMinor: 0 },
      40_000 + 102_000 + 25_000,
    ],
    ["units", "19 own units", { own: sold(0, 19), below: sold(0, 990), earnedMinor: 0 }, 0],
    ["capped", "2,345.00 earned", { own: sold(0), below: [], earnedMinor: 234_500 }, -34_500],
  ])("%s pays for a period of %s", (id, _what, sales, amountMinor) => {
    const [term] = planOf(id).terms;
    expect(term === undefined ? undefined : evaluateTerm(term, sales).amountMinor).toBe(amountMinor);
  });
});
