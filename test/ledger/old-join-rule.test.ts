import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import type { PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { findLink } from "../../server/src/events/rows/events.ts";
import { findOrder } from "../../server/src/orders/rows/orders.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, shop, take } from "./ledger-world.ts";
import { story } from "./story.ts";

/** The rule as it was: what shows that two orders with sales are one changes nothing. */
async function takeByTheOldRule(world: LedgerWorld, event: PurchaseEvent): Promise<void> {
  const ids = event.effect === "sale" ? event.providerIds : event.target;
  const sold = await world.store.read(async (tx) => {
    const keys = new Set<string>();
    for (const id of ids) {
      const key = await findLink(tx, shop, id);
      if (key !== undefined && (await findOrder(tx, key)) !== undefined) keys.add(key);
    }
    return keys;
  });
  if (sold.size < 2) await take(world, event);
}

onEveryEngine("the rule that never joined two orders with sales", (bench) => {
  it("is caught: a link that comes last leaves two credits, one that comes first leaves one", async () => {
    const world = ledgerWorld(await bench.open());
    // Two sales on one click by two buyers would be a suspicion, and the second not credited.
    world.config.policy.suspicions = { reference_shared: "off" };
    const heldAfter = async (run: string, ends: readonly string[], takeOne: typeof takeByTheOldRule) => {
      await addPartnerRow(world, `north${run}`, 2000);
      await addClick(world, `north${run}`, `north${run}`);
      const told = story(run);
      for (const end of ends) {
        const event = told.find(({ eventId }) => eventId === `${end}_${run}`);
        if (event !== undefined) await takeOne(world, event);
      }
      const [balance] = await readBalances(world as unknown as Deps, { partner: `north${run}` });
      return balance?.heldMinor;
    };
    const linkFirst = ["evt_13", "evt_11", "evt_12"];
    const linkLast = ["evt_11", "evt_12", "evt_13"];
    expect(await heldAfter("first", linkFirst, takeByTheOldRule)).toBe(1000);
    expect(await heldAfter("last", linkLast, takeByTheOldRule)).toBe(3000);
    const takeNow = async (...args: Parameters<typeof take>) => void (await take(...args));
    expect(await heldAfter("now-first", linkFirst, takeNow)).toBe(1000);
    expect(await heldAfter("now-last", linkLast, takeNow)).toBe(1000);
  });
});
