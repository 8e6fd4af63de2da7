import { expect, it } from "vitest";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { resolveHeld } from "../../server/src/orders/rule/resolve-held.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

/** Orders of last year that both partners' copies claim now, after the vendor shipped the SDK to its old customers. */
async function openWithLateClaims(bench: Parameters<typeof openAttack>[0]) {
  const vendor = await openAttack(bench);
  for (const id of ["a1", "a2", "a3"]) await vendor.buy({ id, licence: id });
  vendor.pass(100);
  await vendor.register("a1", vendor.honest);
  await vendor.register("a2", vendor.honest);
  await vendor.register("a3", vendor.mallory);
  return vendor;
}

onEveryEngine("one ruling on a class of held orders", (bench) => {
  it("credits each to whom it would have been credited, and is rehearsed without a trace", async () => {
    const vendor = await openWithLateClaims(bench);
    const ruling = { reason: "claim_late", to: "as-decided", note: "we shipped the SDK in May" } as const;
    const rehearsed = await resolveHeld(vendor.deps, { ...ruling, dryRun: true });
    expect(rehearsed).toMatchObject({ dryRun: true, count: 3 });
    expect(await vendor.explain("a1")).toMatchObject({ outcome: "held" });
    const ruled = await resolveHeld(vendor.deps, { ...ruling, partner: "honest" });
    expect(ruled.orders.map(({ order, ruledTo }) => [order, ruledTo]).sort()).toEqual([
      ["a1", "honest"],
      ["a2", "honest"],
    ]);
    expect(await vendor.explain("a2")).toMatchObject({
      outcome: "credited",
      partner: "honest",
      reason: "ruling",
    });
    expect(await vendor.explain("a3")).toMatchObject({ outcome: "held", reason: "claim_late" });
    expect(await resolveHeld(vendor.deps, ruling)).toMatchObject({
      count: 1,
      orders: [{ ruledTo: "mallory" }],
    });
    expect(await vendor.gain("honest")).toBe(4000);
  });

  it("gives them all to nobody, or to one partner", async () => {
    const vendor = await openWithLateClaims(bench);
    const ruling = { reason: "claim_late", note: "guessed" } as const;
    await resolveHeld(vendor.deps, { ...ruling, partner: "mallory", to: "nobody" });
    expect(await vendor.explain("a3")).toMatchObject({ outcome: "unattributed", reason: "ruled_nobody" });
    await resolveHeld(vendor.deps, { ...ruling, to: { partner: "honest" } });
    expect(await vendor.explain("a1")).toMatchObject({ partner: "honest", reason: "ruling" });
    expect(await resolveHeld(vendor.deps, { ...ruling, to: "nobody" })).toMatchObject({ count: 0 });
    expect(await vendor.gain()).toBe(0);
  });
});

onEveryEngine("a credit on evidence that came late", (bench) => {
  it("is held from the day it was decided, and from the purchase when it was known then", async () => {
    const vendor = await openAttack(bench);
    await vendor.buy({ id: "late", licence: "L1" });
    vendor.pass(50);
    await vendor.register("L1", vendor.honest);
    expect(await vendor.balance("honest")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    vendor.pass(29);
    expect(await releaseDue(vendor.deps)).toMatchObject({ orders: 0 });
    vendor.pass(1);
    expect(await releaseDue(vendor.deps)).toMatchObject({ orders: 1 });
    expect(await vendor.balance("honest")).toEqual({ heldMinor: 0, payableMinor: 2000 });
  });
});
