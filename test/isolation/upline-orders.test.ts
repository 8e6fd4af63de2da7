import { expect, it } from "vitest";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import type { CreditFacts } from "../../server/src/outbox/adapter.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { addPlan, assignPlan } from "../../server/src/plans/plans.ts";
import { query } from "../../server/src/store/query.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const told = query<object>()((db) =>
  db
    .selectFrom("outbox")
    .select(["destination_id", "seq", "kind", "facts"])
    .orderBy("destination_id")
    .orderBy("seq"),
);

onEveryEngine("what is told of an order that another partner sold", (bench) => {
  it("is marked so that no network above learns its name, and stays so for the order", async () => {
    const { deps, start, journey, sell, refund } = await openChannel(bench);
    await addPlan(deps, {
      plan: "split",
      name: "Split",
      promise: "each_sale",
      rules: [{ rule: "seller", pay: { rateBp: 2_000 } }],
      overrides: [{ rule: "above", pay: { rateBp: 500 }, from: "vendor" }],
    });
    await assignPlan(deps, { plan: "split", since: addDays(start, -1) });
    for (const partner of ["big", "north"])
      await setPartnerWebhook(deps, { partner, url: `https://hooks.${partner}.example/in` });
    await sell("o1");
    journey.pass(1);
    await refund("o1", 1, { amountMinor: 4_000 });
    await resolveOrder(deps, { shop: "stripe", order: "o1", partner: "big", note: "a direct sale" });
    const rows = await deps.store.read((tx) => tx.all(told, {}));
    const marks = rows.map(({ destination_id, kind, facts }) => [
      destination_id,
      kind,
      (JSON.parse(facts) as CreditFacts).above ?? false,
    ]);
    expect(marks).toEqual([
      ["big/webhook", "convert", true],
      ["big/webhook", "adjust", true],
      ["big/webhook", "adjust", true],
      ["north/webhook", "convert", false],
      ["north/webhook", "adjust", false],
      ["north/webhook", "reverse", false],
    ]);
    await journey.expectSoundLedger();
  });
});
