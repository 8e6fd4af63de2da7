import { expect, it } from "vitest";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { erasePerson, exportPerson } from "../../server/src/persons/persons.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { listCustomerRewards } from "../../server/src/rewards/customer-rewards.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { draftOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { listOffers } from "../../server/src/rewards/shown-offers.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openRewards } from "./rewards-world.ts";

onEveryEngine("a reward", (bench) => {
  it("is said by the order that earned it, with why another earned none", async () => {
    const { sell, record, sale, refund, offer, list, pass, journey, deps } = await openRewards(bench);
    const explain = async (order: string) =>
      (await journey.admin("GET", `/v1/orders/stripe/${order}`)).body.rewards;
    const none = (why: string) => ({ earned: [], none: why });
    await sell("early");
    pass(1);
    await sell("early-again");
    expect(await explain("early")).toEqual(none("not_a_renewal"));
    expect(await explain("early-again")).toEqual(none("no_offer"));
    await offer({ points: 2_500 });
    pass(1);
    for (const one of ["1", "2", "3", "4", "5"]) await sell(`new${one}`, undefined, { licence: `L-${one}` });
    pass(300);
    for (const one of ["1", "2", "3", "4"]) await sell(`again${one}`, undefined, { licence: `L-${one}` });
    const rewards = await list();
    const first = rewards.find(({ order }) => order.order === "again1");
    expect(await explain("again1")).toMatchObject({
      earned: [
        { reward: first?.reward, partner: "north", state: "waiting", points: 1_000, costMinor: 1_000 },
      ],
      none: null,
    });
    expect(await explain("again4")).toEqual(none("cap_reached"));
    await refund("again1", 400, { amountMinor: 16_600, netMinor: 13_833 });
    expect(await explain("again1")).toMatchObject({ earned: [{ state: "refunded", points: 0 }], none: null });
    // It gives the period what the cap had left nothing of.
    pass(31);
    await sell("again5", undefined, { licence: "L-5" });
    await refund("again5", 401, { amountMinor: 16_600, netMinor: 13_833 });
    expect(await explain("again5")).toEqual(none("no_commission"));
    await record(sale("nobody", deps.clock(), { licence: "X", country: undefined, email: undefined }));
    expect(await explain("nobody")).toEqual(none("not_credited"));
  });

  it("is exported with the person whose renewal earned it, and stays, nobody's, when she is erased", async () => {
    const { sell, offer, list, sound, pass, deps } = await openRewards(bench);
    const { offer: id } = await offer({ coupon: { currency: "EUR", amountMinor: 500 } });
    await addCodes(deps, id, ["SPRING-1"]);
    pass(1);
    const ann = { licence: "AAAA-1", email: "ann@buyer.example" };
    await sell("a1", undefined, ann);
    pass(300);
    await sell("a2", undefined, ann);
    pass(31);
    await releaseDue(deps);
    await followRewards(deps);
    const [{ reward } = { reward: "" }] = await list();
    const own = [{ reward, title: "Thank you", partnerName: "north", state: "available", code: "SPRING-1" }];
    expect((await exportPerson(deps, { email: ann.email })).rewards).toMatchObject(own);
    expect((await exportPerson(deps, { licence: ann.licence })).rewards).toMatchObject(own);
    expect((await exportPerson(deps, { email: "bob@buyer.example" })).rewards).toEqual([]);
    expect((await erasePerson(deps, { email: ann.email })).stays).toContain("rewards");
    expect((await exportPerson(deps, { email: ann.email })).rewards).toEqual([]);
    expect(await listCustomerRewards(deps, deps.hashes.email(ann.email))).toEqual([]);
    await erasePerson(deps, { licence: ann.licence });
    expect((await exportPerson(deps, { licence: ann.licence })).rewards).toEqual([]);
    expect(await list()).toMatchObject([{ reward, state: "available", costMinor: 500 }]);
    await sound();
  });

  it("is of no draft that was discarded: no list has it, and its codes are free", async () => {
    const { offer, deps } = await openRewards(bench);
    const coupon = { currency: "EUR", amountMinor: 500 };
    const draft = await draftOffer(deps, { partner: "north", title: "A slip", coupon });
    await addCodes(deps, draft.offer, ["SPRING-1"]);
    await takeOfferStep(deps, draft.offer, { step: "ended" });
    for (const partner of [undefined, "north"])
      expect((await listOffers(deps, { partner })).offers).toEqual([]);
    await expect(takeOfferStep(deps, draft.offer, { step: "offered" })).rejects.toMatchObject({
      code: "reward_offer_settled",
    });
    const { offer: next } = await offer({ coupon });
    expect(await addCodes(deps, next, ["SPRING-1"])).toEqual({ added: 1, known: 0 });
    // What was offered once stays in the list, ended.
    await takeOfferStep(deps, next, { step: "ended" });
    expect((await listOffers(deps)).offers).toMatchObject([{ offer: next, state: "ended", codesLeft: 1 }]);
  });
});
