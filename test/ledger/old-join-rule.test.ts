import { expect, it, vi } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { addClick, addPartnerRow, ledgerWorld, take } from "./ledger-world.ts";
import { story } from "./story.ts";

// The rule as it was: orders that turn out to be one keep a sale each.
vi.mock("../../server/src/orders/join-orders.ts", () => ({
  joinOrders: async (_tx: unknown, order: unknown) => ({ order, retired: [] }),
}));

onEveryEngine("the rule that never joined two orders with sales", (bench) => {
  it("is caught: a link that comes last leaves two credits, one that comes first leaves one", async () => {
    const world = ledgerWorld(await bench.open());
    const heldAfter = async (run: string, ends: readonly string[]) => {
      await addPartnerRow(world, `north${run}`, 2000);
      await addClick(world, `north${run}`, `north${run}`);
      const told = story(run);
      for (const end of ends) {
        const event = told.find(({ eventId }) => eventId === `${end}_${run}`);
        if (event !== undefined) await take(world, event);
      }
      const [balance] = await readBalances(world as unknown as Deps, { partner: `north${run}` });
      return balance?.heldMinor;
    };
    expect(await heldAfter("first", ["evt_13", "evt_11", "evt_12"])).toBe(1000);
    expect(await heldAfter("last", ["evt_11", "evt_12", "evt_13"])).toBe(3000);
  });
});
