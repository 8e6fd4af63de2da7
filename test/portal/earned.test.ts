import { expect, it, vi } from "vitest";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { readEarned } from "../../server/src/portal/earned.ts";
import { as } from "../../server/src/words/ids.ts";
import { openConsole } from "../console/console-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

vi.setConfig({ testTimeout: 300_000 });

onEveryEngine("what a partner earned by month", (bench) => {
  it("is as the books are, also where it is read in many steps", async () => {
    const world = await openConsole(bench);
    await world.partnerWithToken("north");
    await addCoupon(world.deps, { partner: "north", code: "NORTH" });
    for (let at = 0; at < 520; at++)
      await world.sell({ order: `A-${at}`, coupon: "NORTH", netMinor: 1_000 + at });
    const { months, nextAt } = await readEarned(world.deps, as.partner("north"));
    const sums = await world.deps.store.cold
      .selectFrom("transfers")
      .select((row) => row.fn.sum<number | string>("amount_minor").as("sum"))
      .where("debit", "=", "expense")
      .executeTakeFirstOrThrow();
    expect(months.at(-1)?.earned.get(as.currency("EUR"))).toBe(Number(sums.sum));
    expect(months).toHaveLength(12);
    expect(nextAt).not.toBeNull();
  });

  it("is kept for a minute where there is much to add up, and never for one with little", async () => {
    const world = await openConsole(bench);
    await world.partnerWithToken("north");
    await addCoupon(world.deps, { partner: "north", code: "NORTH" });
    const earned = async (freshBelow?: number) =>
      (
        await readEarned(world.deps, as.partner("north"), freshBelow === undefined ? {} : { freshBelow })
      ).months
        .at(-1)
        ?.earned.get(as.currency("EUR")) ?? 0;
    await world.sell({ order: "A-1", coupon: "NORTH" });
    expect(await earned()).toBe(2_000);
    await world.sell({ order: "A-2", coupon: "NORTH" });
    expect(await earned(0)).toBe(2_000);
    expect(await earned()).toBe(4_000);
    await world.sell({ order: "A-3", coupon: "NORTH" });
    world.pass(1);
    // The page that finds it aged shows what stood; the one behind it has what was gathered meanwhile.
    expect(await earned(0)).toBe(4_000);
    await expect.poll(() => earned(0), { timeout: 120_000 }).toBe(6_000);
  });
});
