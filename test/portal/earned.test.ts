import { expect, it } from "vitest";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { readEarned } from "../../server/src/portal/earned.ts";
import { as } from "../../server/src/words/ids.ts";
import { signedIn } from "../access/access-world.ts";
import { openConsole } from "../console/console-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { ownPurchaseRefunded } from "../shops/own-shop-fixtures.ts";
import { read, seen } from "./seen.ts";

onEveryEngine("what a partner earned by month", (bench) => {
  it("is as the books are, also where it is read in many steps", async () => {
    const world = await openConsole(bench);
    await world.partnerWithToken("north");
    await addCoupon(world.deps, { partner: "north", code: "NORTH" });
    for (let at = 0; at < 520; at++)
      await world.sell({ order: `A-${at}`, coupon: "NORTH", netMinor: 1_000 + at });
    const { months, nextAt, coming } = await readEarned(world.deps, as.partner("north"));
    const sums = await world.deps.store.cold
      .selectFrom("transfers")
      .select((row) => row.fn.sum<number | string>("amount_minor").as("sum"))
      .where("debit", "=", "expense")
      .executeTakeFirstOrThrow();
    expect(months.at(-1)?.earned.get(as.currency("EUR"))).toBe(Number(sums.sum));
    expect(months).toHaveLength(12);
    expect(nextAt).not.toBeNull();
    expect(coming.map(({ day }) => day)).toEqual([Math.floor((nextAt ?? 0) / 86_400_000) * 86_400_000]);
    const { heldMinor } = await world.balance("north");
    expect(coming[0]?.sums.get(as.currency("EUR"))).toBe(heldMinor);
  });

  it("tells of each day what becomes payable, of nothing that was given back, and of what waits for a ruling", async () => {
    const world = await openConsole(bench);
    await world.partnerWithToken("north");
    await addCoupon(world.deps, { partner: "north", code: "NORTH" });
    for (let day = 0; day < 8; day++) {
      await world.sell({ order: `A-${day}`, coupon: "NORTH", netMinor: 10_000 });
      world.pass(1);
    }
    await world.own(ownPurchaseRefunded({ order: "A-1", refund: "r1", amountMinor: 11_900 }));
    const { coming, nextAt } = await readEarned(world.deps, as.partner("north"));
    expect(coming.map(({ sums }) => sums.get(as.currency("EUR")))).toEqual(Array(7).fill(2_000));
    const days = coming.map(({ day }) => Number(day));
    expect(days).toEqual(days.toSorted((one, other) => one - other));
    const { id } = await addPerson(world.deps, {
      mail: "zoe@north.example",
      role: "owner",
      partner: "north",
      addedBy: "cli:test",
    });
    const page = seen(await read((await signedIn(world, { person: id })).get("/portal")));
    const card = page.split("What is coming, and when").at(-1) ?? "";
    const first = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(nextAt ?? 0);
    expect(card).toContain(`${first} €20.00`);
    expect(card).toContain("Later €20.00");
    world.pass(60);
    await releaseDue(world.deps);
    expect((await readEarned(world.deps, as.partner("north"))).coming).toEqual([]);
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
    await expect.poll(() => earned(0)).toBe(6_000);
  });
});
