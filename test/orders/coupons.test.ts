import { expect, it } from "vitest";
import { addCoupon, endCoupon, listCoupons } from "../../server/src/coupons/coupons.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { isoTime } from "../../server/src/words/clock.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { ownPurchaseCompleted } from "../shops/own-shop-fixtures.ts";
import { openWithPartners, useCoupons } from "./decision-world.ts";

onEveryEngine("a partner's coupon", (bench) => {
  it("credits the partner whose code was used at the checkout, however the buyer typed it", async () => {
    const journey = await openWithPartners(bench);
    await addCoupon(journey.deps, { code: " Gr\u00fc\u00dfe10 ", partner: "north" });
    await useCoupons(journey, "cs_1", ["GRU\u0308SSE10"]);
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "order_field",
      evidence: [{ kind: "coupon", verdict: "won", coupon: "GR\u00dcSSE10", token: null }],
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(journey.logged("order.credited")).toMatchObject([{ order: "cs_1", evidence: "coupon" }]);
    await journey.expectSoundLedger();
  });

  it("is no evidence and no error when nobody was given the code", async () => {
    const journey = await openWithPartners(bench);
    await useCoupons(journey, "cs_1", ["SUMMER", "", "a\u0000b", "\ud800", "x".repeat(600)]);
    expect(await journey.explain("cs_1")).toMatchObject({ reason: "no_evidence", evidence: [] });
  });

  it.each<[reason: string, terms: object, days: number]>([
    ["coupon_not_yet_valid", { from: 2 }, 1],
    ["coupon_expired", { until: 2 }, 3],
    ["coupon_other_product", { products: ["acme-sculpt"] }, 1],
  ])(
    "is refused as %s",
    async (reason, terms: { from?: number; until?: number; products?: string[] }, days) => {
      const journey = await openWithPartners(bench);
      const inDays = (count: number) => (journey.now + count * 86_400_000) as typeof journey.now;
      await addCoupon(journey.deps, {
        code: "NORTH",
        partner: "north",
        ...(terms.from === undefined ? {} : { validFrom: inDays(terms.from) }),
        ...(terms.until === undefined ? {} : { validUntil: inDays(terms.until) }),
        ...(terms.products === undefined ? {} : { products: terms.products }),
      });
      journey.pass(days);
      await useCoupons(journey, "cs_1", ["north"]);
      const evidence = [{ kind: "coupon", partner: "north", verdict: "refused", reason }];
      expect(await journey.explain("cs_1")).toMatchObject({ outcome: "unattributed", reason, evidence });
    },
  );

  it("counts from when it was added until it is ended, and for whoever it is given to then", async () => {
    const journey = await openWithPartners(bench);
    await useCoupons(journey, "cs_0", ["FAIR"]);
    journey.pass(1);
    const past = { validFrom: (journey.now - 30 * 86_400_000) as typeof journey.now };
    await addCoupon(journey.deps, { code: "FAIR", partner: "north", ...past });
    await useCoupons(journey, "cs_0", ["FAIR"], { eventId: "again", id: "cs_0b", paymentIntent: "pi_cs_0" });
    expect(await journey.explain("cs_0")).toMatchObject({ reason: "after_purchase" });

    await useCoupons(journey, "cs_1", ["FAIR"]);
    journey.pass(1);
    expect(await endCoupon(journey.deps, "fair")).toMatchObject({ code: "FAIR", status: "ended" });
    await useCoupons(journey, "cs_2", ["FAIR"]);
    journey.pass(1);
    await addCoupon(journey.deps, { code: "FAIR", partner: "south" });
    await useCoupons(journey, "cs_3", ["FAIR"]);

    expect(await journey.explain("cs_1")).toMatchObject({ partner: "north" });
    expect(await journey.explain("cs_2")).toMatchObject({ outcome: "unattributed", reason: "coupon_ended" });
    expect(await journey.explain("cs_3")).toMatchObject({
      partner: "south",
      evidence: [
        { partner: "north", verdict: "refused", reason: "coupon_ended" },
        { partner: "south", verdict: "won" },
      ],
    });
    await journey.expectSoundLedger();
  });

  it("hands on for two years from its use unless the policy says otherwise, and nothing once the code was ended", async () => {
    const metadata = { licence: "AAAA-BBBB", product: "acme-paint" };
    const journey = await openWithPartners(bench);
    await addCoupon(journey.deps, { code: "NORTH", partner: "north" });
    await useCoupons(journey, "cs_1", ["NORTH"], { metadata });
    journey.pass(730);
    await useCoupons(journey, "cs_2", [], { metadata });
    expect(await journey.explain("cs_2")).toMatchObject({ partner: "north", reason: "earlier_purchase" });
    journey.pass(1);
    await useCoupons(journey, "cs_3", [], { metadata });
    expect(await journey.explain("cs_3")).toMatchObject({
      outcome: "unattributed",
      reason: "outside_window",
    });

    const other = { ...metadata, licence: "CCCC-DDDD" };
    await useCoupons(journey, "cs_4", ["NORTH"], { metadata: other });
    journey.pass(30);
    await endCoupon(journey.deps, "NORTH");
    await useCoupons(journey, "cs_5", [], { metadata: other });
    expect(await journey.explain("cs_4")).toMatchObject({ partner: "north" });
    expect(await journey.explain("cs_5")).toMatchObject({ outcome: "unattributed", reason: "coupon_ended" });
    await journey.expectSoundLedger();
  });

  it("credits the renewals of the copy it sold, even when another's code is used for one", async () => {
    const journey = await openWithPartners(bench);
    await addCoupon(journey.deps, { code: "NORTH", partner: "north", products: ["acme-paint"] });
    await addCoupon(journey.deps, { code: "SOUTH", partner: "south" });
    const metadata = { licence: "AAAA-BBBB", product: "acme-paint" };
    await useCoupons(journey, "cs_1", ["NORTH"], { metadata });
    journey.pass(365);
    await useCoupons(journey, "cs_2", ["SOUTH"], { metadata });
    expect(await journey.explain("cs_2")).toMatchObject({
      partner: "north",
      reason: "earlier_purchase",
      evidence: [
        { partner: "north", verdict: "won" },
        { partner: "south", verdict: "lost", reason: "seen_later" },
      ],
    });
  });

  it("goes to the code that was given out first when one order uses codes of two partners", async () => {
    const journey = await openWithPartners(bench, { attribution: { onConflict: "hold" } });
    await addCoupon(journey.deps, { code: "B", partner: "south" });
    journey.pass(1);
    await addCoupon(journey.deps, { code: "A", partner: "north" });
    await useCoupons(journey, "cs_1", ["A", "b", "a"]);
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "held",
      reason: "conflict",
      evidence: [
        { partner: "south", coupon: "B", verdict: "lost", reason: "held" },
        { partner: "north", coupon: "A", verdict: "lost", reason: "held" },
      ],
    });
  });

  it("never stands before a token, and nobody is credited for a code of his own", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    await journey.partnerWithToken("south", { email: "owner@south-light.example" });
    await addCoupon(journey.deps, { code: "SOUTH", partner: "south" });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await useCoupons(journey, "cs_1", ["SOUTH"], { reference });
    expect(await journey.explain("cs_1")).toMatchObject({ partner: "north" });
    await useCoupons(journey, "cs_2", ["SOUTH"], { email: "owner@south-light.example" });
    expect(await journey.explain("cs_2")).toMatchObject({ reason: "self_purchase" });
    await useCoupons(journey, "cs_3", ["SOUTH"], { email: "ann@south-light.example" });
    expect(await journey.explain("cs_3")).toMatchObject({ reason: "self_purchase_domain" });
  });
});

onEveryEngine("coupons", (bench) => {
  it("belong to one partner at a time, also when two ask at once", async () => {
    const { deps } = await openWithPartners(bench);
    const asked = await Promise.allSettled(
      ["north", "south", "north", "south"].map((partner) => addCoupon(deps, { code: "ONE", partner })),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of asked)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "coupon_exists" });
  });

  it("are listed by code, a page at a time, of one partner or of all", async () => {
    const journey = await openWithPartners(bench);
    for (const [code, partner] of [
      ["C", "north"],
      ["A", "south"],
      ["B x.1", "north"],
    ] as const)
      await addCoupon(journey.deps, { code, partner });
    const codes = (page: Awaited<ReturnType<typeof listCoupons>>) => page.coupons.map(({ code }) => code);
    const first = await listCoupons(journey.deps, { limit: 2 });
    expect(codes(first)).toEqual(["A", "B X.1"]);
    const second = await listCoupons(journey.deps, { limit: 2, after: first.next ?? "" });
    expect([codes(second), second.next]).toEqual([["C"], null]);
    expect(codes(await listCoupons(journey.deps, { partner: "north" }))).toEqual(["B X.1", "C"]);
    await expect(listCoupons(journey.deps, { after: "x" })).rejects.toMatchObject({
      code: "request_invalid",
    });
  });

  it("are added, listed and ended by the admin API, which refuses what makes no sense", async () => {
    const journey = await openWithPartners(bench);
    const coupon = { code: "north10", partner: "north", products: ["acme-paint"], validUntil: "2027-12-31" };
    expect(await journey.admin("POST", "/v1/coupons", coupon)).toMatchObject({
      status: 201,
      body: { code: "NORTH10", status: "active", validUntil: "2027-12-31T00:00:00.000Z", endedAt: null },
    });
    for (const [change, status, code] of [
      [{}, 409, "coupon_exists"],
      [{ partner: "nobody" }, 404, "partner_unknown"],
      [{ products: ["chess"] }, 404, "product_unknown"],
      [{ code: "  " }, 400, "request_invalid"],
      [{ code: "x".repeat(65) }, 400, "request_invalid"],
      [{ code: "NEW", validUntil: "2020-01-01" }, 400, "request_invalid"],
      [{ code: "NEW", price: 1 }, 400, "request_invalid"],
    ] as const)
      expect(await journey.admin("POST", "/v1/coupons", { ...coupon, ...change })).toMatchObject({
        status,
        body: { code },
      });
    expect(await journey.admin("GET", "/v1/coupons?partner=north")).toMatchObject({
      body: { coupons: [{ code: "NORTH10" }], next: null },
    });
    expect(await journey.admin("POST", "/v1/coupons/north10/end")).toMatchObject({
      body: { status: "ended" },
    });
    expect(await journey.admin("POST", "/v1/coupons/none/end")).toMatchObject({ status: 404 });
  });

  it("come from a vendor's own shop too, several at once", async () => {
    const journey = await openWithPartners(bench);
    await addCoupon(journey.deps, { code: "NORTH", partner: "north" });
    const paidAt = isoTime(journey.now);
    const codes = { coupon: "OTHER", coupons: ["north", null, "OTHER"] };
    await journey.own(ownPurchaseCompleted({ ...codes, paidAt, reference: null, licence: null }));
    expect(await explainOrder(journey.deps, "own", "A-1001")).toMatchObject({ partner: "north" });
  });
});
