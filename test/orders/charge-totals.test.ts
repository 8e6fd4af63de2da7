import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { eventRowOf } from "../../server/src/events/event-row.ts";
import type { RefundEvent } from "../../server/src/events/purchase-event.ts";
import { insertEvent } from "../../server/src/events/rows/events.ts";
import { decideWaiting } from "../../server/src/orders/decide/decide-some.ts";
import { listWaiting } from "../../server/src/orders/rows/waiting-decisions.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { chargeTotals } from "../../server/src/store/migrations/0130-charge-totals.ts";
import type { Dialect } from "../../server/src/store/migrations/ddl.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { addClick, addPartnerRow, ledgerWorld, noon, shop, take } from "../ledger/ledger-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";

const [charge, intent] = [as.provider("ch_1"), as.provider("pi_1")];
const currency = as.currency("eur");
const minutes = (count: number) => instant(noon + count * 60_000);

/** All that was refunded of the charge, as programs kept it that did not keep every name of a payment. */
const total = (minute: number, amountMinor: number): RefundEvent => ({
  effect: "refund",
  eventId: `evt_total_${minute}`,
  objectId: `ch_1:${amountMinor}@${minute}`,
  occurredAt: minutes(minute),
  target: [charge, intent],
  amountMinor,
  cumulative: true,
  currency,
});
/** One refund, which names the payment intent alone. */
const refund = (minute: number, begun: number, more: Partial<RefundEvent> = {}): RefundEvent => ({
  effect: "refund",
  eventId: `evt_refund_${minute}`,
  objectId: `re_1:${more.status ?? "done"}:${minute}`,
  occurredAt: minutes(minute),
  createdAt: minutes(begun),
  target: [intent],
  payment: [intent],
  movement: as.provider("re_1"),
  status: "done",
  amountMinor: 6000,
  cumulative: false,
  currency,
  ...more,
});

onEveryEngine("a charge's total from before every name of its payment was kept", (bench) => {
  const sold = async () => {
    const world = ledgerWorld(await bench.open());
    await addPartnerRow(world, "north", 2000);
    await addClick(world, "ref", "north");
    await take(world, {
      effect: "sale",
      eventId: "evt_1",
      objectId: "cs_1",
      order: as.provider("cs_1"),
      providerIds: [as.provider("cs_1"), intent],
      cycle: "new",
      netMinor: 10_000,
      taxMinor: 2000,
      currency,
      occurredAt: minutes(0),
      reference: "ref",
    });
    await take(world, total(2, 6000));
    const held = async () =>
      (await readBalances(world as unknown as Deps, { partner: "north" }))[0]?.heldMinor;
    return { world, held };
  };

  it("contains a refund that is told by the payment intent alone, until it fails", async () => {
    const { world, held } = await sold();
    expect(await held()).toBe(1000);
    await take(world, refund(3, 1));
    expect(await held()).toBe(1000);
    await take(world, refund(4, 1, { status: "failed" }));
    expect(await held()).toBe(2000);
    // One that began after the total is not in it.
    await take(world, refund(6, 5, { movement: as.provider("re_2"), amountMinor: 3000 }));
    expect(await held()).toBe(1500);
    expect(await verifyLedger(world as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
  });

  it("is settled anew by the upgrade, where the books are as an earlier program left them", async () => {
    const { world, held } = await sold();
    // That a refund failed was taken, and nothing followed from it.
    const failed = refund(4, 1, { status: "failed" });
    await world.store.write((tx) => insertEvent(tx, eventRowOf({ shop, event: failed }, noon)));
    expect(await verifyLedger(world as unknown as Deps)).toMatchObject({ ok: false });
    for (const step of chargeTotals({} as Dialect))
      await world.store.write((tx) => tx.run(statement(step), {}));
    expect(await world.store.read((tx) => listWaiting(tx, 10))).toMatchObject([{ cause: "loss" }]);
    expect(await held()).toBe(1000);
    const log = { info: () => undefined, warn: () => undefined };
    expect(await decideWaiting({ ...world, log } as unknown as Deps)).toBe(1);
    expect(await held()).toBe(2000);
    expect(await verifyLedger(world as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
  });
});
