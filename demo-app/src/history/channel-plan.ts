import { distributor, reseller } from "../cast.ts";

/** A commission plan, as `plan add` reads it (docs/plans.md). */
export interface PlanDocument {
  plan: string;
  name: string;
  promise: "first_sale" | "each_sale";
  rules: readonly unknown[];
  overrides: readonly unknown[];
  terms: readonly unknown[];
  rewards: Readonly<Record<string, unknown>>;
}

/** The plan's id. */
export const planId = "channel";

/**
 * What the demo's partners earn: a share of each sale for the reseller, one on top for the distributor above it, and a
 * little more when a quarter went well. Resellers may thank customers who renew, at half of the vendor's cost. Shares in
 * percent.
 */
export const channelPlan = (
  shares: { renewal: number; distributor: number } = usualShares,
): PlanDocument => ({
  plan: planId,
  name: `${reseller.percent} for the reseller, ${shares.distributor} above`,
  promise: "each_sale",
  rules: [
    { rule: "renewal", when: { kinds: ["renewal"] }, pay: { rateBp: shares.renewal * 100 } },
    { rule: "sale", pay: { rateBp: reseller.percent * 100 } },
  ],
  overrides: [
    {
      rule: "distributor",
      when: { partnerKinds: ["distributor"], levels: { min: 1, max: 1 } },
      pay: { rateBp: shares.distributor * 100 },
      from: "vendor",
    },
  ],
  terms: [
    {
      term: "good-quarter",
      every: "quarter",
      currency: "EUR",
      counts: { measure: "net" },
      tiers: [{ from: 60_000, rateBp: 250 }],
    },
  ],
  rewards: {
    kinds: ["points", "coupon"],
    capPerRenewal: [{ currency: "EUR", amountMinor: 500 }],
    capPerPeriod: [{ currency: "EUR", amountMinor: 10_000 }],
    pointValue: [{ currency: "EUR", points: 100, amountMinor: 100 }],
    pointsPerRenewal: 500,
    pointsPerPeriod: 10_000,
    vendorShareBp: 5_000,
  },
});

/** The shares until they are changed. */
export const usualShares = { renewal: reseller.percent, distributor: distributor.percent } as const;
