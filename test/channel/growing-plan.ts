/** What a month brings beside the orders' own credits: of its net, by tiers and once for an amount. */
export const growth = (
  pays: { tiers?: { from: number; rateBp: number }[]; bonuses?: { at: number; amountMinor: number }[] } = {},
) => ({
  ...{ term: "growth", every: "month", currency: "EUR", counts: { measure: "net" } },
  ...pays,
});

/** 5 % of a month's net above 100.00, and 7.00 once at 250.00. */
export const tieredGrowth = growth({
  tiers: [{ from: 10_000, rateBp: 500 }],
  bonuses: [{ at: 25_000, amountMinor: 700 }],
});

/** A plan that pays 10 % of each order, and these terms. */
export const growingPlan = (...terms: object[]) => ({
  plan: "growing",
  name: "Growing",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp: 1000 } }],
  terms,
});
