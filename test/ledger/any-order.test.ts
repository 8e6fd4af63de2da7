import fc from "fast-check";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import type { PurchaseEvent, SaleEvent } from "../../server/src/events/purchase-event.ts";
import { explainOrder } from "../../server/src/orders/orders.ts";
import { verifyLedger } from "../../server/src/orders/verify.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, noon, shop, take } from "./ledger-world.ts";

const id = as.provider;
const EUR = as.currency("eur");
const minutes = (count: number) => (noon + count * 60_000) as typeof noon;

const sale = (
  over: Partial<SaleEvent> & Pick<SaleEvent, "eventId" | "objectId" | "providerIds">,
): SaleEvent => ({
  effect: "sale",
  order: id(over.objectId),
  cycle: "new",
  netMinor: 10_000,
  taxMinor: 2000,
  currency: EUR,
  occurredAt: minutes(0),
  ...over,
});

/** A subscription told by a session and by its first invoice, a renewal, refunds and a dispute under other ids. */
const story = (run: string): PurchaseEvent[] => {
  const own = (name: string) => id(`${name}_${run}`);
  const subscription = own("sub");
  const common = { currency: EUR, occurredAt: minutes(9) };
  return [
    sale({
      eventId: own("evt_1"),
      objectId: own("cs_1"),
      providerIds: [own("cs_1"), own("in_1")],
      subscription,
      reference: `north${run}`,
    }),
    sale({ eventId: own("evt_2"), objectId: own("in_1"), providerIds: [own("in_1")], subscription }),
    sale({
      eventId: own("evt_3"),
      objectId: own("in_2"),
      providerIds: [own("in_2")],
      subscription,
      cycle: "renewal",
      occurredAt: minutes(5),
    }),
    sale({
      eventId: own("evt_4"),
      objectId: own("in_3"),
      providerIds: [own("in_3")],
      subscription,
      cycle: "renewal",
      occurredAt: minutes(7),
      reference: `south${run}`,
    }),
    {
      effect: "link",
      eventId: own("evt_5"),
      objectId: own("inpay_1"),
      target: [own("in_1"), own("pi_1")],
      occurredAt: minutes(1),
    },
    {
      effect: "refund",
      eventId: own("evt_6"),
      objectId: own("ch_1:1200"),
      target: [own("ch_1"), own("pi_1")],
      amountMinor: 1200,
      cumulative: true,
      ...common,
    },
    {
      effect: "refund",
      eventId: own("evt_7"),
      objectId: own("ch_1:3600"),
      target: [own("ch_1"), own("pi_1")],
      amountMinor: 3600,
      cumulative: true,
      ...common,
    },
    {
      effect: "dispute_opened",
      eventId: own("evt_8"),
      objectId: own("dp_1"),
      target: [own("in_2")],
      dispute: own("dp_1"),
      amountMinor: 12_000,
      ...common,
    },
    {
      effect: "dispute_won",
      eventId: own("evt_9"),
      objectId: own("dp_1"),
      target: [own("in_2")],
      dispute: own("dp_1"),
      amountMinor: 12_000,
      ...common,
    },
    {
      effect: "dispute_opened",
      eventId: own("evt_10"),
      objectId: own("dp_2"),
      target: [own("in_3")],
      dispute: own("dp_2"),
      amountMinor: 6000,
      ...common,
    },
  ];
};

/** 20 % of 100.00 for three sales to the first partner; 30 % of the first refunded, half of the third disputed. */
const expected = { heldMinor: 2000 - 600 + 2000 + 1000, payableMinor: 0, paidMinor: 0 };

onEveryEngine("any order and repetition of the same events", (bench) => {
  let world: LedgerWorld | undefined;
  let runs = 0;

  const fresh = async () => {
    world ??= ledgerWorld(await bench.open());
    const run = `r${++runs}`;
    for (const name of ["north", "south"]) {
      await addPartnerRow(world, name + run, 2000);
      await addClick(world, name + run, name + run);
    }
    return { world, run };
  };

  const expectTheSameLedger = async (known: LedgerWorld, run: string) => {
    const deps = known as unknown as Deps;
    expect(await readBalances(deps, { partner: `north${run}` })).toMatchObject([expected]);
    const south = await readBalances(deps, { partner: `south${run}` });
    expect(south.every((one) => one.heldMinor === 0 && one.payableMinor === 0)).toBe(true);
    const record = await explainOrder(deps, shop, `pi_1_${run}`);
    expect(record).toMatchObject({ order: `cs_1_${run}`, outcome: "credited", partner: `north${run}` });
  };

  it("leave the same ledger", async () => {
    const events = fc.constant(story("").length).chain((length) => {
      const indexes = Array.from({ length }, (_, index) => index);
      return fc.tuple(
        fc.shuffledSubarray(indexes, { minLength: length }),
        fc.array(fc.constantFrom(...indexes), { maxLength: 5 }),
      );
    });
    const numRuns = bench.engine === "sqlite" ? 150 : 40;
    await fc.assert(
      fc.asyncProperty(events, async ([order, repeated]) => {
        const { world: known, run } = await fresh();
        const told = story(run);
        for (const index of [...order, ...repeated]) await take(known, told[index] as PurchaseEvent);
        await expectTheSameLedger(known, run);
      }),
      { numRuns },
    );
    const { world: known } = await fresh();
    expect(await verifyLedger(known as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
  });

  it("leave the same ledger when they all come at once", async () => {
    for (let round = 0; round < 10; round++) {
      const { world: known, run } = await fresh();
      const told = story(run);
      await Promise.all([...told, ...told.slice(0, 5)].map((event) => take(known, event)));
      await expectTheSameLedger(known, run);
    }
  });

  it("count an object once when the shop sends it again under a new event id", async () => {
    const { world: known, run } = await fresh();
    const [first] = story(run);
    expect(await take(known, first as PurchaseEvent)).toMatchObject({ status: "recorded" });
    const again = { ...(first as SaleEvent), eventId: `resent_${run}` };
    expect(await take(known, again)).toEqual({ status: "duplicate" });
  });
});
