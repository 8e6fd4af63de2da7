import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { type OfferedReward, type RewardedRenewal, type RewardTerms, workOutReward } from "./reward-terms.ts";
import { isNothing, leftOfReward, movementsOf, nothing } from "./settle-reward.ts";

const eur = as.currency("EUR");
const terms: RewardTerms = {
  kinds: ["points", "coupon"],
  capPerRenewal: [{ currency: eur, amountMinor: 1_000 }],
  capPerPeriod: [{ currency: eur, amountMinor: 2_000 }],
  every: "month",
  pointValue: [{ currency: eur, points: 100, amountMinor: 100 }],
  pointsPerRenewal: 5_000,
  pointsPerPeriod: 9_000,
  minimumNet: [{ currency: eur, amountMinor: 500 }],
  vendorShareBp: 0,
  expireDays: 730,
};
const renewal: RewardedRenewal = {
  currency: eur,
  netMinor: 10_000,
  creditMinor: 2_000,
  given: { points: 0, costMinor: 0 },
};
const points = (count: number): OfferedReward => ({ kind: "points", points: count });
const coupon = (amountMinor: number, currency = eur): OfferedReward => ({
  kind: "coupon",
  currency,
  amountMinor,
});

describe("what a renewal earns", () => {
  it.each<[string, Partial<RewardTerms>, OfferedReward, Partial<RewardedRenewal>, unknown]>([
    ["points, borne by the partner", {}, points(300), {}, { points: 300, partnerMinor: 300, vendorMinor: 0 }],
    [
      "points for each unit",
      {},
      { kind: "points", pointsPerUnit: 2 },
      {},
      { points: 200, partnerMinor: 200, vendorMinor: 0 },
    ],
    [
      "the vendor's share",
      { vendorShareBp: 2_500 },
      points(301),
      {},
      { points: 301, partnerMinor: 225, vendorMinor: 76 },
    ],
    [
      "lowered to the cap of a renewal",
      {},
      points(4_000),
      {},
      { points: 1_000, partnerMinor: 1_000, vendorMinor: 0 },
    ],
    [
      "lowered to what is left of the period",
      {},
      points(900),
      { given: { points: 0, costMinor: 1_500 } },
      { points: 500, partnerMinor: 500, vendorMinor: 0 },
    ],
    [
      "lowered to the points of the period",
      {},
      points(900),
      { given: { points: 8_800, costMinor: 0 } },
      { points: 200, partnerMinor: 200, vendorMinor: 0 },
    ],
    [
      "lowered to the commission",
      {},
      points(900),
      { creditMinor: 120 },
      { points: 120, partnerMinor: 120, vendorMinor: 0 },
    ],
    [
      "nothing once the period is full",
      {},
      points(900),
      { given: { points: 0, costMinor: 2_000 } },
      "cap_reached",
    ],
    ["nothing without a commission", {}, points(900), { creditMinor: 0 }, "over_commission"],
    ["nothing of a tiny renewal", {}, points(900), { netMinor: 499 }, "below_minimum"],
    [
      "nothing where units are too few",
      {},
      { kind: "points", pointsPerUnit: 1 },
      { netMinor: 0 },
      "below_minimum",
    ],
    ["nothing in another currency", {}, points(1), { currency: as.currency("USD") }, "other_currency"],
    ["nothing of a kind that is not allowed", { kinds: ["coupon"] }, points(1), {}, "kind_not_allowed"],
    [
      "points that are worth nothing, in any currency",
      { pointValue: [] },
      points(300),
      { currency: as.currency("USD"), creditMinor: 0 },
      { points: 300, partnerMinor: 0, vendorMinor: 0 },
    ],
    [
      "a point's cost rounded up",
      { pointValue: [{ currency: eur, points: 1_000, amountMinor: 100 }] },
      points(1),
      {},
      { points: 1, partnerMinor: 1, vendorMinor: 0 },
    ],
    ["a coupon", {}, coupon(500), {}, { points: 0, partnerMinor: 500, vendorMinor: 0 }],
    ["no coupon above the cap", {}, coupon(1_001), {}, "cap_reached"],
    ["no coupon above the commission", {}, coupon(500), { creditMinor: 499 }, "over_commission"],
    ["no coupon of another currency", {}, coupon(500, as.currency("USD")), {}, "other_currency"],
  ])("%s", (_, changed, offered, sold, expected) => {
    expect(workOutReward({ ...terms, ...changed }, offered, { ...renewal, ...sold })).toEqual(expected);
  });

  it("never costs the partner more than her commission, nor all together more than the caps", () => {
    const amount = fc.integer({ min: 0, max: 3_000_000 });
    fc.assert(
      fc.property(
        fc.record({
          share: fc.integer({ min: 0, max: 10_000 }),
          per: fc.integer({ min: 1, max: 5_000 }),
          worth: fc.integer({ min: 1, max: 5_000 }),
        }),
        fc.record({
          credit: amount,
          net: amount,
          cost: amount,
          offered: fc.integer({ min: 1, max: 2_000_000 }),
          left: amount,
        }),
        fc.boolean(),
        ({ share, per, worth }, { credit, net, cost, offered, left }, isCoupon) => {
          const all = {
            ...terms,
            vendorShareBp: share,
            pointValue: [{ currency: eur, points: per, amountMinor: worth }],
          };
          const asked = isCoupon ? coupon(offered) : points(offered);
          const sold = {
            ...renewal,
            netMinor: net,
            creditMinor: credit,
            given: { points: 0, costMinor: cost },
          };
          const earned = workOutReward(all, asked, sold);
          if (typeof earned === "string") return;
          const total = earned.partnerMinor + earned.vendorMinor;
          expect(earned.partnerMinor).toBeLessThanOrEqual(credit);
          expect(total).toBeLessThanOrEqual(Math.min(1_000, 2_000 - cost));
          expect(total * per).toBeGreaterThanOrEqual(earned.points * worth);
          const rest = leftOfReward(isCoupon ? "coupon" : "points", earned, {
            leftMinor: left,
            fullMinor: credit,
          });
          expect(rest.partnerMinor).toBeLessThanOrEqual(left);
          expect(rest.partnerMinor + rest.vendorMinor).toBeLessThanOrEqual(total);
        },
      ),
    );
  });
});

describe("what is left of a reward", () => {
  const full = { points: 301, partnerMinor: 225, vendorMinor: 76 };

  it("shrinks with the commission and ends at nothing", () => {
    expect(leftOfReward("points", full, { leftMinor: 1_000, fullMinor: 2_000 })).toEqual({
      points: 150,
      partnerMinor: 112,
      vendorMinor: 38,
    });
    expect(leftOfReward("points", full, { leftMinor: 5_000, fullMinor: 2_000 })).toEqual(full);
    expect(isNothing(leftOfReward("points", full, { leftMinor: 0, fullMinor: 2_000 }))).toBe(true);
    expect(leftOfReward("coupon", full, { leftMinor: 225, fullMinor: 2_000 })).toEqual(full);
    expect(leftOfReward("coupon", full, { leftMinor: 224, fullMinor: 2_000 })).toEqual(nothing);
  });

  it("moves between its own account and whoever bears it, and leaves nothing there at the end", () => {
    const steps = [movementsOf("written", nothing, full), movementsOf("changed", full, nothing)].flat();
    expect(steps).toEqual([
      { of: "partner", kind: "reward", debit: "payable", credit: "reward", amountMinor: 225 },
      { of: "vendor", kind: "reward", debit: "expense", credit: "reward", amountMinor: 76 },
      { of: "partner", kind: "reward_return", debit: "reward", credit: "payable", amountMinor: 225 },
      { of: "vendor", kind: "reward_return", debit: "reward", credit: "expense", amountMinor: 76 },
    ]);
    expect(movementsOf("redeemed", full, full)).toEqual([
      { of: "partner", kind: "reward_redeemed", debit: "reward", credit: "expense", amountMinor: 301 },
    ]);
    expect(movementsOf("redeemed", nothing, nothing)).toEqual([]);
  });
});
