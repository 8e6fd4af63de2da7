import { expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { gatherFigures, readFigures } from "../../server/src/console/figures.ts";
import { readFirstScreen } from "../../server/src/console/first-screen.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { type ConsoleWorld, fillConsole, openConsole } from "./console-world.ts";

onEveryEngine("the first page's figures", (bench) => {
  it("agree with the books and the orders", async () => {
    const world = await openConsole(bench);
    await fillConsole(world, { days: 12 });
    await releaseDue(world.deps);
    const screen = await readFirstScreen(world.deps);
    const balances = await readBalances(world.deps);
    const sum = (of: (one: (typeof balances)[number]) => number) =>
      balances.reduce((all, one) => all + of(one), 0);
    expect(screen.owed).toEqual([
      {
        currency: "EUR",
        heldMinor: sum((one) => one.heldMinor),
        payableMinor: sum((one) => one.payableMinor),
        owingMinor: 0,
        paidMinor: 0,
      },
    ]);
    expect(screen.figures.releases.reduce((all, one) => all + one.heldMinor, 0)).toBe(
      screen.owed[0]?.heldMinor,
    );
    const held = screen.held.reduce((all, one) => all + one.orders, 0);
    expect(held).toBeGreaterThan(0);
    expect(await heldOf(world)).toBe(held);
    const days = new Set(screen.figures.outcomes.map(({ day }) => day));
    expect(days.size).toBe(12);
    const counted = screen.figures.outcomes.reduce((all, one) => all + one.orders, 0);
    expect(counted).toBe(
      Array.from({ length: 12 }, (_, day) => 3 + ((day * 7) % 5)).reduce((all, one) => all + one),
    );
  });

  it("count what a partner owes apart from what others are to be paid", async () => {
    const world = await openConsole(bench);
    for (const id of ["north", "south"]) await addPartner(world.deps, { id, name: id });
    const book = (partner: string, amountMinor: number, reference: string) =>
      adjust(world.deps, {
        partner,
        amountMinor,
        currency: "EUR",
        kind: "adjustment",
        reference,
        note: "as agreed",
      });
    await book("north", 2_000, "1");
    await book("south", -500, "2");
    await book("south", 200, "3");
    expect((await readFirstScreen(world.deps)).owed).toEqual([
      { currency: "EUR", heldMinor: 0, payableMinor: 2_000, owingMinor: 300, paidMinor: 0 },
    ]);
    const owner = await world.as("owner");
    const page = await (await owner.get("/console", { "accept-language": "en" })).text();
    expect(page).toContain("€20.00");
    expect(page).toContain("Partners owe €3.00 besides");
  });

  it("name the partners whose customers' terms end soon, but for those who have renewed", async () => {
    const world = await openConsole(bench);
    await fillConsole(world, { days: 2 });
    const before = (await gatherFigures(world.deps)).endingTerms;
    expect(before.reduce((all, { orders }) => all + orders, 0)).toBe(20);
    const [most] = before;
    await world.sell({ order: "C-1", licence: "OLD-0", cycle: "renewal", coupon: "CODE-1" });
    const after = (await gatherFigures(world.deps)).endingTerms;
    expect(after.reduce((all, { orders }) => all + orders, 0)).toBe(19);
    expect(most?.netMinor).toBe((most?.orders ?? 0) * 10_000);
  });

  it("are gathered again when they have aged, and never as somebody's deed", async () => {
    const world = await openConsole(bench);
    const owner = await world.as("owner");
    await owner.get("/console");
    const first = (await readFigures(world.deps)).gatheredAt;
    world.pass(1);
    await owner.get("/console");
    // Where gathering takes its time, the page does not wait for it.
    const age = async () => (await readFigures(world.deps)).gatheredAt - first;
    await expect.poll(age).toBe(86_400_000);
    const { entries } = await listAudit(world.deps);
    expect(entries.filter(({ action }) => action.startsWith("GET"))).toEqual([]);
  });

  it("tell when a shop was heard, and when something was refused in its name", async () => {
    const world = await openConsole(bench);
    await world.sell({ order: "A-1" });
    const forged = await world.app.request("/webhooks/stripe", { method: "POST", body: "{}" });
    expect(forged.status).toBe(401);
    await world.app.request("/webhooks/nobody", { method: "POST", body: "{}" });
    const shops = async () => (await readFirstScreen(world.deps)).shops;
    const refused = async () => (await shops()).map(({ refusedAt }) => refusedAt !== undefined);
    await expect.poll(refused).toEqual([false, true]);
    expect(await shops()).toMatchObject([
      { shop: "own", heardAt: world.now, waiting: 0 },
      { shop: "stripe", heardAt: undefined, refusedAt: world.now },
    ]);
  });
});

async function heldOf({ app }: ConsoleWorld): Promise<number> {
  const response = await app.request("/v1/orders?outcome=held&limit=1000", {
    headers: { authorization: "Bearer admin-token-of-the-journey-0123456789" },
  });
  return ((await response.json()) as { orders: unknown[] }).orders.length;
}
