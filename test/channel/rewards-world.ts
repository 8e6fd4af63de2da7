import { expect } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { draftOffer, type NewOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { listRewards } from "../../server/src/rewards/rewards.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { openChannel } from "./channel-world.ts";

/** 20 % of each order, here 27.66; points worth 1.00 a hundred, or a coupon. */
export const generous = (rewards: object = {}) => ({
  plan: "generous",
  name: "Generous",
  promise: "each_sale",
  rules: [{ rule: "all", pay: { rateBp: 2000 } }],
  rewards: {
    kinds: ["points", "coupon"],
    capPerRenewal: [{ currency: "EUR", amountMinor: 1_000 }],
    capPerPeriod: [{ currency: "EUR", amountMinor: 2_500 }],
    pointValue: [{ currency: "EUR", points: 100, amountMinor: 100 }],
    pointsPerRenewal: 5_000,
    pointsPerPeriod: 10_000,
    ...rewards,
  },
});

/** A channel whose default plan lets partners thank customers who renew. */
export const openRewards = async (bench: Bench, plan: object = generous()) => {
  const world = await openChannel(bench);
  const { deps, journey } = world;
  await addPlan(deps, plan);
  await assignPlan(deps, { plan: "generous" });
  const offer = async (asked: Partial<NewOffer>) => {
    const drafted = await draftOffer(deps, { partner: "north", title: "Thank you", ...asked });
    return takeOfferStep(deps, drafted.offer, { step: "offered" });
  };
  const list = async () => (await listRewards(deps)).rewards;
  const north = async () => (await readBalances(deps)).find(({ partner }) => partner === "north");
  const sound = async () => expect((await verifyLedger(deps)).failures).toEqual([]);
  const pass = (days: number) => journey.pass(days);
  return { ...world, offer, list, north, sound, pass };
};
