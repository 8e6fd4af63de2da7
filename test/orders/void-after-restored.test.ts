import { expect, it } from "vitest";
import { eventRowOf } from "../../server/src/events/event-row.ts";
import { insertEvent } from "../../server/src/events/rows/events.ts";
import { decideWaiting } from "../../server/src/orders/decide/decide-some.ts";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { voidAfterRestored } from "../../server/src/store/migrations/0141-void-after-restored.ts";
import type { Dialect } from "../../server/src/store/migrations/ddl.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { statement } from "../store/rows.ts";

onEveryEngine("an order that was void after something of it was given back", (bench) => {
  it("is settled anew by the upgrade, where the books are as an earlier program left them", async () => {
    const journey = await openJourney(bench);
    const { deps } = journey;
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`/r/acme-paint?t=${token}`);
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), reference, id: "cs_1" }));
    const enter = (what: { refunded: string } | { restored: string }) =>
      correctOrder(deps, { shop: "stripe", order: "cs_1", what, note: "by hand" });
    await enter({ refunded: "119.00" });
    await enter({ restored: "119.00" });
    // That nothing stood any more was taken, and nothing followed from it.
    const id = as.provider("correction-0");
    const event = {
      ...({
        effect: "refund",
        cumulative: false,
        whole: true,
        movement: id,
        eventId: id,
        objectId: id,
      } as const),
      ...{ target: [id, as.provider("cs_1")], amountMinor: 11_900, currency: as.currency("EUR") },
      occurredAt: addDays(deps.clock(), 1),
    };
    await deps.store.write(async (tx) => {
      await tx.run(
        statement(
          "insert into order_links (namespace, id, order_key, sold) select namespace, 'correction-0', order_key, 0 from order_links where id = 'cs_1'",
        ),
        {},
      );
      await insertEvent(tx, eventRowOf({ shop: as.shop("stripe"), event, note: "by hand" }, deps.clock()));
    });
    expect(await verifyLedger(deps)).toMatchObject({ ok: false });
    for (const step of voidAfterRestored({} as Dialect))
      await deps.store.write((tx) => tx.run(statement(step), {}));
    expect((await journey.balance("north")).heldMinor).toBe(2_000);
    expect(await decideWaiting(deps)).toBe(1);
    expect((await journey.balance("north")).heldMinor).toBe(0);
    await journey.expectSoundLedger();
  });
});
