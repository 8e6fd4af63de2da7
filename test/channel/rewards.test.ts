import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { exportLedger } from "../../server/src/books/export.ts";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { listCustomerRewards } from "../../server/src/rewards/customer-rewards.ts";
import { followRewards } from "../../server/src/rewards/follow-rewards.ts";
import { draftOffer, takeOfferStep } from "../../server/src/rewards/offers.ts";
import { takeRewardDeed } from "../../server/src/rewards/rewards.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";
import { generous, openRewards } from "./rewards-world.ts";

onEveryEngine("a reward", (bench) => {
  it("is earned by a renewal, once, and comes out of the partner's commission", async () => {
    const { sell, offer, list, north, sound, pass, deps } = await openRewards(bench);
    const offered = await offer({ points: 300 });
    pass(1);
    await sell("first");
    expect(await list()).toEqual([]);
    pass(300);
    await sell("second");
    const [reward] = await list();
    expect(reward).toMatchObject({
      offer: offered.offer,
      partner: "north",
      state: "waiting",
      points: 300,
      costMinor: 300,
      partnerMinor: 300,
      currency: "EUR",
      order: { shop: "stripe", order: "second" },
    });
    expect(await list()).toHaveLength(1);
    expect(await north()).toMatchObject({ payableMinor: -300 });
    await sound();
    pass(31);
    await releaseDue(deps);
    const before = (await north())?.payableMinor ?? 0;
    expect(await list()).toMatchObject([{ state: "available", history: [{}, { step: "available" }] }]);
    expect((await north())?.payableMinor).toBe(before);
    await takeRewardDeed(deps, reward?.reward ?? "", { step: "redeemed" });
    await expect(takeRewardDeed(deps, reward?.reward ?? "", { step: "redeemed" })).rejects.toMatchObject({
      code: "reward_settled",
    });
    expect(await list()).toMatchObject([{ state: "redeemed", points: 300 }]);
    await sound();
    let text = "";
    for await (const part of exportLedger(deps, "hledger")) text += part;
    expect(text).toContain("liabilities:rewards:north  -3.00 EUR");
    expect(text).toContain("reward_redeemed");
  });

  it("goes back with the money, comes again with it, and waits until the commission is payable", async () => {
    const { sell, refund, offer, list, north, sound, pass, deps, start } = await openRewards(
      bench,
      generous({ vendorShareBp: 5_000 }),
    );
    await offer({ points: 301 });
    pass(1);
    await sell("first");
    pass(300);
    await sell("second");
    const [written] = await list();
    expect(written).toMatchObject({ costMinor: 301, partnerMinor: 150, vendorMinor: 151 });
    await expect(takeRewardDeed(deps, written?.reward ?? "", { step: "redeemed" })).rejects.toMatchObject({
      code: "reward_waiting",
    });
    await refund("second", 302, { amountMinor: 8_300, netMinor: 6_917 });
    expect(await list()).toMatchObject([
      { state: "waiting", points: 150, partnerMinor: 74, vendorMinor: 75 },
    ]);
    await sound();
    await refund("second", 303, { amountMinor: 8_300, netMinor: 6_916 });
    expect(await list()).toMatchObject([{ state: "refunded", points: 0, costMinor: 0 }]);
    expect(await north()).toMatchObject({ payableMinor: 0 });
    await expect(takeRewardDeed(deps, written?.reward ?? "", { step: "redeemed" })).rejects.toMatchObject({
      code: "reward_settled",
    });
    await sound();
    expect(deps.clock()).toBeGreaterThan(start);
  });

  it("is borne by the partner where the money goes back after it was redeemed, and by both again when it comes", async () => {
    const { sell, refund, offer, list, north, sound, pass, deps } = await openRewards(
      bench,
      generous({ vendorShareBp: 5_000 }),
    );
    await offer({ points: 301 });
    pass(1);
    await sell("first");
    pass(300);
    await sell("second");
    pass(31);
    await releaseDue(deps);
    const [reward] = await list();
    await takeRewardDeed(deps, reward?.reward ?? "", { step: "redeemed" });
    const payable = (await north())?.payableMinor ?? 0;
    await refund("second", 340, { amountMinor: 8_300, netMinor: 6_917 });
    // Half of the vendor's 151, rounded down, is what it would bear of a reward that is left.
    const redeemed = { state: "redeemed", points: 301, costMinor: 301 };
    expect(await list()).toMatchObject([{ ...redeemed, partnerMinor: 226, vendorMinor: 75 }]);
    await sound();
    await refund("second", 341, { amountMinor: 8_300, netMinor: 6_916 });
    expect(await list()).toMatchObject([{ ...redeemed, partnerMinor: 301, vendorMinor: 0 }]);
    expect(await list()).toHaveLength(1);
    // The commission of 27.67 is gone, and the vendor's part with it.
    expect((await north())?.payableMinor).toBe(payable - 2_767 - 151);
    await sound();
    const correction = { shop: "stripe", order: "second", note: "it was a mistake" };
    await correctOrder(deps, { ...correction, what: { restored: "166.00" } });
    expect(await list()).toMatchObject([{ ...redeemed, partnerMinor: 150, vendorMinor: 151 }]);
    expect((await north())?.payableMinor).toBe(payable);
    await sound();
  });

  it("is the same when the renewal comes before its first sale", async () => {
    const { sell, offer, list, sound, pass, deps } = await openRewards(bench);
    await offer({ pointsPerUnit: 2 });
    pass(1);
    const early = deps.clock();
    pass(300);
    await sell("second");
    expect(await list()).toEqual([]);
    await sell("first", early);
    // 138.33 net: 138 whole units.
    expect(await list()).toMatchObject([{ order: { order: "second" }, points: 276, costMinor: 276 }]);
    await sound();
  });

  it("is given as a coupon, each code to one customer, and runs out", async () => {
    const { sell, offer, list, north, sound, pass, deps, journey } = await openRewards(
      bench,
      generous({ expireDays: 10 }),
    );
    const { offer: id } = await offer({ coupon: { currency: "EUR", amountMinor: 500 } });
    pass(1);
    await sell("a1", undefined, { licence: "AAAA-1", email: "ann@buyer.example" });
    await sell("b1", undefined, { licence: "BBBB-1" });
    pass(300);
    await sell("a2", undefined, { licence: "AAAA-1", email: "ann@buyer.example" });
    await followRewards(deps);
    pass(1);
    await sell("b2", undefined, { licence: "BBBB-1" });
    expect(await list()).toMatchObject([{ costMinor: 500 }, { costMinor: 500, hasCode: false }]);
    const ann = deps.hashes.email("ann@buyer.example");
    expect(await listCustomerRewards(deps, ann)).toMatchObject([{ state: "waiting", code: null }]);
    pass(31);
    await releaseDue(deps);
    expect(await list()).toMatchObject([{ state: "available", hasCode: false }, {}]);
    expect(await addCodes(deps, id, ["SPRING-1", "SPRING-1", ""])).toEqual({ added: 1, known: 0 });
    expect(await listCustomerRewards(deps, ann)).toMatchObject([
      { state: "available", code: "SPRING-1", worthMinor: 500, title: "Thank you", partnerName: "north" },
    ]);
    expect(await addCodes(deps, id, ["SPRING-1", "SPRING-2"])).toEqual({ added: 1, known: 1 });
    const codes = await journey.deps.store.cold.selectFrom("reward_codes").select("reward_id").execute();
    expect(new Set(codes.map(({ reward_id }) => reward_id))).toEqual(
      new Set((await list()).map(({ reward }) => reward)),
    );
    await sound();
    const before = (await north())?.payableMinor ?? 0;
    pass(11);
    expect(await list()).toMatchObject([{ state: "expired" }, { state: "expired" }]);
    expect((await north())?.payableMinor).toBe(before + 1_000);
    expect(await listCustomerRewards(deps, ann)).toMatchObject([{ state: "expired", code: null }]);
    await sound();
  });

  it("is capped by renewal, by period and by what was earned, and never a partner's own", async () => {
    const { sell, offer, list, sound, pass } = await openRewards(bench);
    await offer({ points: 4_000 });
    pass(1);
    for (const one of ["1", "2", "3", "4"]) await sell(`new${one}`, undefined, { licence: `LICENCE-${one}` });
    pass(300);
    for (const one of ["1", "2", "3", "4"])
      await sell(`again${one}`, undefined, { licence: `LICENCE-${one}` });
    // 10.00 a renewal, 25.00 a month.
    expect((await list()).map(({ costMinor }) => costMinor).toSorted()).toEqual([1_000, 1_000, 500]);
    await sell("foreign1", undefined, { licence: "FOREIGN", by: "south" });
    pass(1);
    await sell("foreign2", undefined, { licence: "FOREIGN", by: "south" });
    expect(await list()).toHaveLength(3);
    await sound();
  });

  it("is offered only as the plan allows, once for a product at a time, and not after it has ended", async () => {
    const { sell, offer, list, pass, deps } = await openRewards(bench, generous({ kinds: ["points"] }));
    await expect(offer({ coupon: { currency: "EUR", amountMinor: 500 } })).rejects.toMatchObject({
      code: "reward_not_allowed",
    });
    const first = await offer({ points: 10 });
    await expect(offer({ points: 20 })).rejects.toMatchObject({ code: "reward_not_allowed" });
    await expect(
      draftOffer(deps, { partner: "north", title: "x", points: 1, pointsPerUnit: 1 }),
    ).rejects.toMatchObject({
      code: "request_invalid",
    });
    const own = { owner: "south" };
    await expect(takeOfferStep(deps, first.offer, { step: "ended" }, own)).rejects.toMatchObject({
      code: "reward_offer_unknown",
    });
    pass(1);
    await sell("first");
    await takeOfferStep(deps, first.offer, { step: "ended", note: "over" });
    await expect(takeOfferStep(deps, first.offer, { step: "offered" })).rejects.toMatchObject({
      code: "reward_offer_settled",
    });
    pass(300);
    await sell("second");
    expect(await list()).toEqual([]);
  });

  it("is written once by several that follow at the same time", async () => {
    const { sell, offer, list, sound, pass, deps } = await openRewards(bench);
    await offer({ points: 100 });
    pass(1);
    for (const one of ["1", "2", "3"]) await sell(`new${one}`, undefined, { licence: `LICENCE-${one}` });
    pass(300);
    for (const one of ["1", "2", "3"]) await sell(`again${one}`, undefined, { licence: `LICENCE-${one}` });
    await Promise.all([followRewards(deps), followRewards(deps), followRewards(deps)]);
    expect((await list()).map(({ history }) => history.length)).toEqual([1, 1, 1]);
    await sound();
  });

  it("is named by ledger verify when somebody changes it by hand", async () => {
    const { sell, offer, list, pass, deps } = await openRewards(bench);
    await offer({ points: 100 });
    pass(1);
    await sell("first");
    pass(300);
    await sell("second");
    const [{ reward } = { reward: "" }] = await list();
    await deps.store.write((tx) =>
      tx.run(statement(`update rewards set partner_left = 1 where reward_id = '${reward}'`), {}),
    );
    expect((await verifyLedger(deps)).failures).toContainEqual(
      expect.stringContaining(`reward ${reward}: it does not stand where its steps say`),
    );
    await expect(
      deps.store.write((tx) => tx.run(statement("update rewards set partner_minor = 1"), {})),
    ).rejects.toThrow(/stays as it was/);
    await expect(deps.store.write((tx) => tx.run(statement("delete from reward_steps"), {}))).rejects.toThrow(
      /append-only/,
    );
  });

  it("is offered, read and redeemed by the partner's own key, and is no other partner's", async () => {
    const { sell, list, pass, deps, journey } = await openRewards(bench);
    const ask = async (partner: string, path: string, body?: object) => {
      const { key } = await issuePartnerKey(deps, { partner, scopes: ["rewards"] });
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
      const response = await journey.app.request(`/v1/partner/${path}`, init);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const made = await ask("north", "reward-offers", { title: "Thank you", points: 100 });
    expect(made).toMatchObject({ status: 201, body: { state: "draft", partner: "north" } });
    const path = `reward-offers/${made.body.offer}/steps`;
    expect(await ask("south", path, { step: "offered" })).toMatchObject({ status: 404 });
    expect(await ask("north", path, { step: "offered" })).toMatchObject({
      status: 200,
      body: { state: "offered" },
    });
    pass(1);
    await sell("first");
    pass(300);
    await sell("second");
    const mine = await ask("north", "rewards");
    expect(mine.body.rewards).toMatchObject([{ points: 100, state: "waiting" }]);
    expect(JSON.stringify(mine.body)).not.toContain("second");
    expect((await ask("south", "rewards")).body).toEqual({ rewards: [], next: null });
    pass(31);
    await releaseDue(deps);
    const [{ reward } = { reward: "" }] = await list();
    expect(await ask("south", `rewards/${reward}/steps`, { step: "redeemed" })).toMatchObject({
      status: 404,
    });
    expect(await ask("north", `rewards/${reward}/steps`, { step: "redeemed" })).toMatchObject({
      status: 200,
      body: { state: "redeemed" },
    });
    expect(await journey.admin("POST", `/v1/rewards/${reward}/steps`, { step: "revoked" })).toMatchObject({
      status: 409,
      body: { code: "reward_settled" },
    });
    const audit = await deps.store.cold.selectFrom("audit_entries").select("action").execute();
    // Neither what reading set off nor what was refused.
    expect(audit.map(({ action }) => action).filter((one) => one.includes("/rewards"))).toEqual([
      "POST /v1/partner/rewards/:id/steps",
    ]);
    expect(await journey.admin("GET", `/v1/rewards/${reward}`)).toMatchObject({
      status: 200,
      body: { order: { order: "second" }, history: [{}, { step: "available" }, { step: "redeemed" }] },
    });
  });
});
