import { expect, it } from "vitest";
import { addCoupon, endCoupon } from "../../server/src/coupons/coupons.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

/** The vendor's customers, who bought from nobody but the vendor. */
const customers = (count: number) => Array.from({ length: count }, (_, index) => `ACME-${1000 + index}`);

// Each story says what the attack earned on 2026-11-28, in minor units of one currency.
onEveryEngine("an affiliate who steals", (bench) => {
  it("claims the licences of old orders with the public token: 20,000 payable at once then, nothing now", async () => {
    const attack = await openAttack(bench);
    const licences = customers(10);
    for (const licence of licences) await attack.buy({ id: `cs_${licence}`, licence });
    attack.pass(365);
    for (const licence of licences) await attack.register(licence, attack.mallory);
    expect(await attack.balance("mallory")).toEqual({ heldMinor: 0, payableMinor: 0 });
    expect(await attack.explain("cs_ACME-1000")).toMatchObject({
      outcome: "held",
      reason: "claim_late",
      suspicions: [{ code: "claim_late", figures: { lateDays: 365 } }],
    });
    expect(await attack.gain()).toBe(0);
  });

  it("claims licences that are not sold yet, one number after the other: 2,000 a customer then, nothing now", async () => {
    const attack = await openAttack(bench);
    for (const licence of customers(51)) await attack.register(licence, attack.mallory);
    attack.pass(20);
    for (const licence of customers(3)) await attack.buy({ id: `cs_${licence}`, licence });
    expect(await attack.explain("cs_ACME-1001")).toMatchObject({ outcome: "held", reason: "licence_unsold" });
    expect(await attack.gain()).toBe(0);
  });

  it("claims them beside the sales, so that the first look honest: what is released later is looked at again", async () => {
    const attack = await openAttack(bench);
    const [early = "", ...others] = customers(52);
    await attack.register(early, attack.mallory);
    await attack.buy({ id: "cs_1", licence: early });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "credited" });
    for (const licence of others) await attack.register(licence, attack.mallory);
    expect(await attack.gain()).toBe(0);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "licence_unsold" });
  });

  it("is stopped at one network address, and a licence that is tried again and again too", async () => {
    const registrations = { perAddressPerHour: 5, perLicencePerDay: 2 };
    const attack = await openAttack(bench, { trust: { registrations } });
    const answers = [];
    for (const licence of ["L1", "L1", "L1", "L2", "L3", "L4"])
      answers.push((await attack.register(licence, attack.mallory)).status);
    expect(answers).toEqual([200, 200, 429, 200, 200, 200]);
    expect((await attack.register("L5", attack.mallory)).status).toBe(429);
    attack.pass(1);
    expect((await attack.register("L5", attack.mallory)).status).toBe(200);
  });

  it("uses one token for more copies than it can have: the rest is refused and not bound", async () => {
    const attack = await openAttack(bench, { trust: { registrations: { claimsPerTokenPerDay: 2 } } });
    for (const licence of ["L1", "L2"])
      expect((await attack.register(licence, attack.mallory)).status).toBe(200);
    expect(await attack.register("L3", attack.mallory)).toMatchObject({
      status: 429,
      body: { code: "too_many_requests" },
    });
    expect((await attack.register("L1", attack.mallory)).status).toBe(200);
    await attack.buy({ id: "cs_1", licence: "L3" });
    expect(await attack.explain("cs_1")).toMatchObject({ reason: "no_evidence" });
  });

  it("asks whose customer a licence is: the answer is the same whoever has it", async () => {
    const attack = await openAttack(bench);
    await attack.register("KNOWN", attack.honest);
    const about = async (licence: string, token: string) => {
      const { status, body } = await attack.register(licence, token);
      return { status, ...body };
    };
    const free = await about("FREE", attack.mallory);
    expect(await about("KNOWN", attack.mallory)).toEqual(free);
    expect(await about("FREE", attack.mallory)).toEqual(free);
    // A rival has the honest reseller's public token too.
    expect(await about("KNOWN", attack.honest)).toEqual({
      ...free,
      partner: "honest",
      partnerName: "honest",
    });
    expect(attack.logged("registration.conflict")).toMatchObject([
      { partner: "honest", claimedBy: "mallory" },
    ]);
  });

  it("buys for one euro with a victim's licence and has it refunded: 2,000 a renewal then, nothing now", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "VICTIM", reference, totalMinor: 119, taxMinor: 19 });
    await attack.refund("cs_1");
    attack.pass(200);
    await attack.buy({ id: "cs_2", licence: "VICTIM" });
    expect(await attack.explain("cs_2")).toMatchObject({
      outcome: "unattributed",
      reason: "purchase_refunded",
      evidence: [{ partner: "mallory", route: "earlier_purchase", verdict: "refused" }],
    });
    expect(await attack.gain()).toBe(0);
  });

  it("has it refunded only after the victim renewed: the renewal is decided anew", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "VICTIM", reference, totalMinor: 119, taxMinor: 19 });
    attack.pass(20);
    await attack.buy({ id: "cs_2", licence: "VICTIM" });
    await attack.refund("cs_1");
    expect(await attack.explain("cs_2")).toMatchObject({
      outcome: "unattributed",
      reason: "purchase_refunded",
    });
    expect(await attack.gain()).toBe(0);
  });

  it("does not have it refunded: the victim's renewal is another buyer's and waits", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "VICTIM", reference, totalMinor: 119, taxMinor: 19 });
    attack.pass(20);
    await attack.buy({ id: "cs_2", licence: "VICTIM" });
    expect(await attack.explain("cs_2")).toMatchObject({ outcome: "held", reason: "licence_shared" });
    expect(await attack.gain()).toBe(20);
  });

  it("has a browser put a code into one renewal of the vendor's customer: 2,000 a year for ever then, nothing now", async () => {
    const attack = await openAttack(bench);
    await addCoupon(attack.deps, { code: "MALLORY", partner: "mallory" });
    const email = "customer@home.example";
    await attack.buy({ id: "cs_1", licence: "VICTIM", email });
    attack.pass(365);
    await attack.buy({ id: "cs_2", licence: "VICTIM", email, codes: ["MALLORY"] });
    expect(await attack.explain("cs_2")).toMatchObject({ outcome: "held", reason: "coupon_alone" });
    await endCoupon(attack.deps, "MALLORY");
    attack.pass(365);
    await attack.buy({ id: "cs_3", licence: "VICTIM", email });
    expect(await attack.explain("cs_3")).toMatchObject({ outcome: "unattributed", reason: "coupon_ended" });
    expect(await attack.gain()).toBe(0);
  });

  it.each([
    ["Mallory+1@gmail.com", "mallory@gmail.com"],
    ["ma.llory+shop@googlemail.com", "mallory@gmail.com"],
    ["m-allory@pm.me", "mallory@proton.me"],
    ["mallory@me.com", "mallory@icloud.com"],
    ["mal-lory@ya.ru", "mal.lory@yandex.ru"],
    ["shop@mallory.fastmail.com", "mallory@fastmail.com"],
    ["mallory+1@web.de", "mallory@web.de"],
    ["mallory@gmail.com.", "mallory@gmail.com"],
    ["anybody@mail.mallory.example", "mallory.partner@mallory.example"],
  ])("buys as %s, being %s: 2,000 then, nothing now", async (email, own) => {
    const attack = await openAttack(bench);
    const path = "/v1/partners/mallory";
    expect(await attack.admin("PATCH", path, { email: own })).toMatchObject({ status: 200 });
    await attack.buy({ id: "cs_1", reference: await attack.follow(attack.mallory), email });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
    expect(await attack.gain()).toBe(0);
  });

  it("registers the licence that every trial copy has: 10,000 of another's customers then, nothing now", async () => {
    const attack = await openAttack(bench);
    await attack.register("TRIAL", attack.mallory);
    for (const id of ["cs_1", "cs_2", "cs_3", "cs_4", "cs_5", "cs_6"])
      await attack.buy({ id, licence: "TRIAL" });
    for (const id of ["cs_2", "cs_3", "cs_4", "cs_5", "cs_6"])
      expect(await attack.explain(id)).toMatchObject({ outcome: "held", reason: "licence_shared" });
    // The first of them looked like any other until the others came.
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "credited" });
    expect(await attack.gain()).toBe(0);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "licence_shared" });
  });

  it("passes one click's checkout on to others: 40,000 for twenty buyers then, its own customer's 2,000 now", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    for (let index = 11; index <= 30; index++) await attack.buy({ id: `cs_${index}`, reference });
    expect(await attack.explain("cs_30")).toMatchObject({
      outcome: "held",
      reason: "reference_shared",
      suspicions: [{ code: "reference_shared", figures: { buyers: 20 } }],
    });
    expect(await attack.gain()).toBe(2000);
  });

  it("passes it on where the shop tells no addresses: 20,000 for ten buyers then, six purchases' 12,000 now", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    const email = null as never;
    for (let index = 11; index <= 20; index++) await attack.buy({ id: `cs_${index}`, reference, email });
    expect(await attack.explain("cs_16")).toMatchObject({ outcome: "credited" });
    expect(await attack.explain("cs_17")).toMatchObject({ outcome: "held", reason: "reference_shared" });
    expect(await attack.gain()).toBe(12_000);
  });

  it("registers a copy that another partner's code had sold: 2,000 a renewal then, nothing now", async () => {
    const attack = await openAttack(bench);
    await addCoupon(attack.deps, { code: "HONEST", partner: "honest" });
    const email = "customer@home.example";
    await attack.buy({ id: "cs_1", licence: "L1", email, codes: ["HONEST"] });
    attack.pass(5);
    await attack.register("L1", attack.mallory);
    attack.pass(360);
    await attack.buy({ id: "cs_2", licence: "L1", email });
    expect(await attack.explain("cs_2")).toMatchObject({
      partner: "honest",
      evidence: [{ verdict: "won" }, { partner: "mallory", verdict: "lost", reason: "credited_first" }],
    });
    expect(await attack.gain()).toBe(0);
    expect((await attack.balance("honest")).payableMinor).toBe(4000);
  });

  it("plants its token beside another's copy: the copy tells of both, and waits", async () => {
    const attack = await openAttack(bench);
    const body = JSON.stringify({
      product: "acme-paint",
      licence: "L1",
      token: attack.mallory,
      otherTokens: [attack.honest, "no token"],
    });
    const headers = { "content-type": "application/json" };
    const response = await attack.app.request("/v1/registrations", { method: "POST", headers, body });
    expect(response.status).toBe(200);
    expect(attack.logged("registration.conflict")).toMatchObject([
      { partner: "mallory", claimedBy: "honest", cause: "copy" },
    ]);
    await attack.buy({ id: "cs_1", licence: "L1" });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "copy_contradicts" });
    expect(await attack.gain()).toBe(0);
  });
});
