import type { BrowserContextOptions } from "playwright-core";
import { expect, test } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { draftOffer, type NewOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { listRewards } from "../../server/src/rewards/rewards.ts";
import { as } from "../../server/src/words/ids.ts";
import { generous } from "../channel/rewards-world.ts";
import { setConsoleStage } from "./console-stage.ts";
import { problemsOf } from "./problems-of-page.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  phone,
  "german-phone-dark": { ...phone, locale: "de-DE", colorScheme: "dark" },
  "arabic-phone": { ...phone, locale: "ar" },
};
const customer = "ann@buyer.example";

/** A partner with offers of each state, and a customer whose renewals earned points, a coupon, and what went back. */
async function earn({ world }: Awaited<ReturnType<typeof setConsoleStage>>) {
  const { deps, sell } = world;
  await addPartner(deps, { id: "north", name: "North Shop of the rather long name", kind: "reseller" });
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await addPlan(deps, generous({ vendorShareBp: 5_000 }));
  await assignPlan(deps, { plan: "generous" });
  const draft = (asked: Omit<NewOffer, "partner">) => draftOffer(deps, { partner: "north", ...asked });
  const coupon = { currency: "EUR", amountMinor: 500 };
  const over = await draft({ title: "For the summer that was", points: 20 });
  await takeOfferStep(deps, over.offer, { step: "offered" });
  await takeOfferStep(deps, over.offer, { step: "ended" });
  const points = await draft({ title: "300 points for each renewal", points: 300 });
  await takeOfferStep(deps, points.offer, { step: "offered" });
  const buy = (order: string, licence: string, cycle: "new" | "renewal") =>
    sell({ order, licence, cycle, email: customer, coupon: "NORTH" });
  for (const at of [1, 2, 3]) await buy(`A-${at}`, `LICENCE-${at}`, "new");
  world.pass(330);
  await buy("B-1", "LICENCE-1", "renewal");
  await followRewards(deps);
  await takeOfferStep(deps, points.offer, { step: "ended" });
  const codes = await draft({ title: "5 EUR for your next order, whatever you buy, all year long", coupon });
  await addCodes(deps, codes.offer, ["SPRING-2026-AAAA-BBBB"]);
  await takeOfferStep(deps, codes.offer, { step: "offered" });
  world.pass(1);
  await buy("B-2", "LICENCE-2", "renewal");
  await followRewards(deps);
  world.pass(40);
  await releaseDue(deps);
  await buy("B-3", "LICENCE-3", "renewal");
  await draft({ title: "Not yet", pointsPerUnit: 2, product: "acme-paint" });
  const { rewards } = await listRewards(deps);
  const mail = "zoe@north.example";
  const { id: person } = await addPerson(deps, { mail, role: "owner", partner: "north", addedBy: "cli:ann" });
  return { person: as.person(person), rewards };
}

test("the pages about rewards fit their window and hold nobody up", async () => {
  const stage = await setConsoleStage("empty");
  const { person, rewards } = await earn(stage);
  expect(rewards.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "coupon waiting",
    "coupon available",
    "points available",
  ]);
  const problems: string[] = [];
  for (const [look, options] of Object.entries(looks)) {
    const desk = await stage.open(options);
    const portal = await stage.openAs({ person }, options);
    const account = await stage.openAs({ customer }, options);
    for (const [{ page, complaints }, pages] of [
      [
        desk,
        {
          "console-rewards": "/console/rewards",
          "console-reward": `/console/rewards/${rewards[1]?.reward}`,
          "console-reward-offers": "/console/reward-offers",
          "console-reward-draft": "/console/reward-offers/draft",
          "console-reward-redeem": `/console/rewards/${rewards[1]?.reward}/redeem`,
          "console-reward-end": `/console/rewards/${rewards[1]?.reward}/end`,
          "console-order-rewarded": "/console/orders/own/B-2",
        },
      ],
      [portal, { "portal-rewards": "/portal/rewards" }],
      [account, { "account-rewards": "/account" }],
    ] as const) {
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(`${stage.address}${path}`);
        if (answer?.status() !== 200) problems.push(`${name}: ${answer?.status()}`);
        problems.push(...(await problemsOf(page, `${name}-${look}`)));
      }
      if (page === portal.page) {
        await page.locator("form:has(input[value=redeem]) button").first().click();
        await page.locator("input[name=step]").waitFor({ state: "attached" });
        problems.push(...(await problemsOf(page, `portal-reward-redeem-${look}`)));
      }
      problems.push(...complaints);
    }
  }
  expect(problems).toEqual([]);
});
