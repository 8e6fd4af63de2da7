import { expect, it } from "vitest";
import { releaseDue } from "../../../server/src/orders/rule/release.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { addCodes } from "../../../server/src/rewards/codes.ts";
import { followRewards } from "../../../server/src/rewards/follow-rewards.ts";
import { draftOffer, takeOfferStep } from "../../../server/src/rewards/offers.ts";
import { openRewards } from "../../channel/rewards-world.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";

/** One reward waits, a coupon can be redeemed, points are redeemed; an offer of South's is over, one is a draft. */
async function openGiven(world: Awaited<ReturnType<typeof openRewards>>) {
  const { deps, sell, pass, offer, list } = world;
  const points = await offer({ points: 300 });
  pass(1);
  for (const one of ["a", "b", "c"]) await sell(`${one}1`, undefined, { licence: `LICENCE-${one}` });
  pass(300);
  await sell("a2", undefined, { licence: "LICENCE-a" });
  await followRewards(deps);
  await takeOfferStep(deps, points.offer, { step: "ended" });
  const coupons = await offer({ coupon: { currency: "EUR", amountMinor: 500 } });
  await addCodes(deps, coupons.offer, ["SPRING-1", "SPRING-2"]);
  pass(1);
  await sell("b2", undefined, { licence: "LICENCE-b" });
  pass(31);
  await releaseDue(deps);
  await sell("c2", undefined, { licence: "LICENCE-c" });
  await draftOffer(deps, { partner: "south", title: "Not yet", points: 5 });
  const idOf = (state: string, kind: string) => {
    const found = rewards.find((one) => one.state === state && one.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} is ${state}`);
    return found.reward;
  };
  const rewards = await list();
  return {
    points: points.offer,
    coupons: coupons.offer,
    waiting: idOf("waiting", "coupon"),
    coupon: idOf("available", "coupon"),
    earned: idOf("available", "points"),
  };
}

onEveryEngine("what is done to rewards behind the receiver's back", (bench) => {
  it("is found by the check of the books, each change alone", async () => {
    const world = await openRewards(bench);
    const { deps, journey } = world;
    const { points, coupons, waiting, coupon, earned } = await openGiven(world);
    const failures = async () => (await verifyLedger(deps)).failures;
    expect(await failures()).toEqual([]);
    for (const table of ["reward_offers", "rewards", "reward_steps", "reward_codes"])
      await dropGuards(journey.database, table);
    const offerOf = (id: string) => `offer of partner north ${id}: it was not written by the receiver`;
    const set = (table: string, id: string, column: string, value: string, before: string) => {
      const key = table === "reward_offers" ? "offer_id" : "reward_id";
      const change = (to: string) => `update ${table} set ${column} = ${to} where ${key} = '${id}'`;
      return [change(value), change(before)] as const;
    };
    const day = 86_400_000;
    const tamperings: readonly (readonly [does: string, undoes: string, says: string])[] = [
      [...set("reward_offers", coupons, "amount_minor", "900", "500"), offerOf(coupons)],
      [...set("reward_offers", points, "title", "'Free'", "'Thank you'"), offerOf(points)],
      [...set("reward_offers", coupons, "from_at", "1", "null"), offerOf(coupons)],
      [
        "update reward_offers set state = 'offered', offered_at = 1 where partner_id = 'south'",
        "update reward_offers set state = 'draft', offered_at = null where partner_id = 'south'",
        "offer of partner south",
      ],
      [
        ...set("rewards", waiting, "state", "'available'", "'waiting'"),
        `reward ${waiting}: it does not stand`,
      ],
      [...set("rewards", earned, "state", "'waiting'", "'available'"), `reward ${earned}: it does not stand`],
      [
        ...set("rewards", waiting, "expires_at", "9000000000000", "null"),
        `reward ${waiting}: it runs out on`,
      ],
      [
        `update rewards set expires_at = expires_at + ${day} where reward_id = '${earned}'`,
        `update rewards set expires_at = expires_at - ${day} where reward_id = '${earned}'`,
        `reward ${earned}: it runs out on another day`,
      ],
      [...set("rewards", earned, "points_left", "299", "300"), `reward ${earned}: it does not stand`],
      [
        ...set("rewards", earned, "points", "999", "300"),
        `reward ${earned}: it was not written by the receiver`,
      ],
      [
        `update reward_codes set reward_id = '${waiting}' where reward_id is null`,
        `update reward_codes set reward_id = null where reward_id = '${waiting}'`,
        `reward ${waiting}: it has a code that is not its own`,
      ],
      [
        `update reward_codes set offer_id = '${points}' where reward_id = '${coupon}'`,
        `update reward_codes set offer_id = '${coupons}' where reward_id = '${coupon}'`,
        `reward ${coupon}: it has a code that is not its own`,
      ],
      [
        `insert into reward_steps (reward_id, seq, step, points, partner_minor, vendor_minor, note, at)
          select reward_id, 3, 'redeemed', points, partner_minor, vendor_minor, null, at from reward_steps
          where reward_id = '${earned}' and seq = 2`,
        `delete from reward_steps where reward_id = '${earned}' and seq = 3`,
        `step of reward ${earned} redeemed: it was not written by the receiver`,
      ],
    ];
    for (const [does, undoes, says] of tamperings) {
      await runRaw(journey.database, [does]);
      expect(await failures(), does).toContainEqual(expect.stringContaining(says));
      await runRaw(journey.database, [undoes]);
      expect(await failures(), undoes).toEqual([]);
    }
  });
});
