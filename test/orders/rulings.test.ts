import { expect, it } from "vitest";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { type Resolution, resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import type { Journey } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded } from "../shops/stripe-fixtures.ts";
import { openWithPartners, useCoupons } from "./decision-world.ts";

const copy = { licence: "AAAA-BBBB", product: "acme-paint" };

const resolve = ({ deps }: Journey, order: string, partner: string | null, more: Partial<Resolution> = {}) =>
  resolveOrder(deps, { shop: "stripe", order, partner, note: "as agreed at the fair", ...more });

/** A receiver where the codes A and B are north's and south's, and an order that uses some of them. */
async function openWithOrder(
  bench: Parameters<typeof openWithPartners>[0],
  codes: string[],
  config?: object,
) {
  const journey = await openWithPartners(bench, { ...config });
  await addCoupon(journey.deps, { code: "A", partner: "north" });
  await addCoupon(journey.deps, { code: "B", partner: "south" });
  journey.pass(1);
  await useCoupons(journey, "cs_1", codes, { metadata: copy });
  return journey;
}

/** What north and south have earned, held or payable. */
const sums = async (journey: Journey) => {
  const [north, south] = [await journey.balance("north"), await journey.balance("south")];
  return [north.heldMinor + north.payableMinor, south.heldMinor + south.payableMinor];
};

onEveryEngine("a ruling", (bench) => {
  it("resolves an order that was held, with its note on record", async () => {
    const journey = await openWithOrder(bench, ["A", "B"], { attribution: { onConflict: "hold" } });
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "held", reason: "conflict", credits: [] });
    expect(await sums(journey)).toEqual([0, 0]);
    journey.pass(1);
    const resolved = await resolve(journey, "pi_cs_1", "south");
    expect(resolved).toMatchObject({ dryRun: false, alsoDecided: [] });
    const record = await journey.explain("cs_1");
    expect(resolved.order).toEqual(record);
    expect(record).toMatchObject({
      outcome: "credited",
      partner: "south",
      reason: "ruling",
      evidence: [
        { kind: "manual", route: "ruling", partner: "south", verdict: "won" },
        { kind: "coupon", partner: "north", verdict: "lost", reason: "overruled" },
        { kind: "coupon", partner: "south", verdict: "lost", reason: "agrees" },
      ],
      history: [
        { what: "decision", detail: { seq: 1, outcome: "held", cause: "sale" } },
        { what: "ruling", detail: { seq: 1, partner: "south", note: "as agreed at the fair" } },
        { what: "decision", detail: { seq: 2, outcome: "credited", partner: "south", cause: "ruling" } },
        { what: "transfer", detail: { kind: "credit", partner: "south", amountMinor: 2000 } },
      ],
    });
    expect(await sums(journey)).toEqual([0, 2000]);
    expect(journey.logged("order.held")).toMatchObject([{ order: "cs_1", reason: "conflict" }]);
    expect(journey.logged("order.credited")).toMatchObject([
      { order: "cs_1", evidence: "manual", reason: "ruling" },
    ]);
    await journey.expectSoundLedger();
  });

  it("moves a credit from one partner to another and back, and counts for what is refunded after it", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    expect(await sums(journey)).toEqual([2000, 0]);
    await resolve(journey, "cs_1", "south");
    expect(await sums(journey)).toEqual([0, 2000]);
    expect(journey.logged("order.reversed")).toMatchObject([
      { partner: "north", amountMinor: 2000, reason: "ruling" },
    ]);
    await journey.stripe(
      stripeChargeRefunded({
        ...journey.happening(),
        id: "ch_1",
        paymentIntent: "pi_cs_1",
        refundedMinor: 5950,
      }),
    );
    expect(await sums(journey)).toEqual([0, 1000]);
    await resolve(journey, "cs_1", "north");
    expect(await sums(journey)).toEqual([1000, 0]);
    await journey.expectSoundLedger();
  });

  it("takes back what is payable already, and what it gives is payable then too", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    journey.pass(40);
    expect(await releaseDue(journey.deps)).toMatchObject({ orders: 1 });
    await resolve(journey, "cs_1", "south");
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    expect(await journey.balance("south")).toEqual({ heldMinor: 0, payableMinor: 2000 });
    await journey.expectSoundLedger();
  });

  it("may be that nobody earned it, and that counts for later purchases of the copy", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    await resolve(journey, "cs_1", null);
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "unattributed",
      partner: null,
      reason: "ruled_nobody",
      evidence: [
        { kind: "manual", partner: null, verdict: "won" },
        { kind: "coupon", partner: "north", verdict: "lost", reason: "overruled" },
      ],
    });
    expect(await sums(journey)).toEqual([0, 0]);
    expect(journey.logged("order.unattributed")).toMatchObject([{ order: "cs_1", reason: "ruled_nobody" }]);
    journey.pass(365);
    await useCoupons(journey, "cs_2", ["B"], { metadata: copy });
    expect(await journey.explain("cs_2")).toMatchObject({ outcome: "unattributed", reason: "ruled_nobody" });
    await resolve(journey, "cs_2", "south");
    expect(await journey.explain("cs_2")).toMatchObject({ partner: "south", reason: "ruling" });
    journey.pass(365);
    await useCoupons(journey, "cs_3", [], { metadata: copy });
    expect(await journey.explain("cs_3")).toMatchObject({ partner: "south", reason: "earlier_purchase" });
    await journey.expectSoundLedger();
  });

  it("counts for later purchases, credits those nobody was credited for, and leaves those that somebody was", async () => {
    const journey = await openWithOrder(bench, [], { trust: { suspicions: { coupon_alone: "note" } } });
    journey.pass(365);
    await useCoupons(journey, "cs_2", [], { metadata: copy });
    journey.pass(365);
    await useCoupons(journey, "cs_3", ["A"], { metadata: copy });
    const resolved = await resolve(journey, "cs_1", "south");
    expect(resolved.alsoDecided).toMatchObject([{ order: "cs_2", outcome: "credited", partner: "south" }]);
    expect(await journey.explain("cs_3")).toMatchObject({ partner: "north" });
    journey.pass(365);
    await useCoupons(journey, "cs_4", [], { metadata: copy });
    expect(await journey.explain("cs_4")).toMatchObject({
      partner: "south",
      evidence: [
        { kind: "manual", route: "earlier_purchase", partner: "south", verdict: "won" },
        {
          kind: "coupon",
          route: "earlier_purchase",
          partner: "north",
          verdict: "lost",
          reason: "weaker_kind",
        },
      ],
    });
    expect(await sums(journey)).toEqual([2000, 6000]);
    await journey.expectSoundLedger();
  });

  it("is rehearsed without a trace", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    const before = await journey.explain("cs_1");
    const rehearsed = await resolve(journey, "cs_1", "south", { dryRun: true });
    expect(rehearsed).toMatchObject({ dryRun: true, order: { outcome: "credited", partner: "south" } });
    expect(await journey.explain("cs_1")).toEqual(before);
    expect(await sums(journey)).toEqual([2000, 0]);
    expect(journey.logged("order.credited")).toHaveLength(1);
    await journey.expectSoundLedger();
  });

  it("said twice is one, and the last of several stands, whatever events of the sale come after", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    for (const partner of ["south", "south", null, "south"]) await resolve(journey, "cs_1", partner);
    const { history } = await journey.explain("cs_1");
    expect(history.filter(({ what }) => what === "ruling").map(({ detail }) => detail.partner)).toEqual([
      "south",
      null,
      "south",
    ]);
    await useCoupons(journey, "cs_1b", ["A"], { paymentIntent: "pi_cs_1", metadata: copy });
    expect(await journey.explain("cs_1")).toMatchObject({ partner: "south", reason: "ruling" });
    expect(await sums(journey)).toEqual([0, 2000]);
    await journey.expectSoundLedger();
  });

  it("is one when several people rule at once", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    const rulings = ["north", "south", null, "north", "south"];
    await Promise.all(
      rulings.map((partner, index) => resolve(journey, "cs_1", partner, { note: `note ${index}` })),
    );
    const { history, partner } = await journey.explain("cs_1");
    const last = history.filter(({ what }) => what === "ruling").at(-1);
    expect(history.filter(({ what }) => what === "ruling")).toHaveLength(rulings.length);
    expect(partner).toBe(last?.detail.partner);
    await journey.expectSoundLedger();
  });

  it("is given by the admin API in the same words, and refused when it makes no sense", async () => {
    const journey = await openWithOrder(bench, ["A"]);
    const path = "/v1/orders/stripe/cs_1/resolution";
    const ruling = { partner: "south", note: "north agreed" };
    expect(await journey.admin("POST", path, { ...ruling, dryRun: true })).toMatchObject({
      body: { dryRun: true },
    });
    expect(await journey.admin("POST", path, ruling)).toMatchObject({
      status: 200,
      body: { dryRun: false, order: { partner: "south", reason: "ruling" }, alsoDecided: [] },
    });
    for (const [where, change, status, code] of [
      [path, { partner: "nobody" }, 404, "partner_unknown"],
      ["/v1/orders/stripe/none/resolution", {}, 404, "order_unknown"],
      [path, { note: " " }, 400, "request_invalid"],
      [path, { note: "two\nlines" }, 400, "request_invalid"],
      [path, { note: "x".repeat(1001) }, 400, "request_invalid"],
      [path, { partner: undefined }, 400, "request_invalid"],
      [path, { reason: "x" }, 400, "request_invalid"],
    ] as const)
      expect(await journey.admin("POST", where, { ...ruling, ...change })).toMatchObject({
        status,
        body: { code },
      });
    await expect(resolve(journey, "cs_1", "south", { note: "\t" })).rejects.toMatchObject({
      code: "request_invalid",
    });
  });
});
