import fc from "fast-check";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import type { PurchaseEvent, SaleEvent } from "../../server/src/events/purchase-event.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { cartLost, furtherClicks } from "./further-story.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, shop, take } from "./ledger-world.ts";
import { expectedHeldMinor, story } from "./story.ts";

/** So many in place of a few, from a seed: `ANY_ORDER_RUNS=20000 ANY_ORDER_SEED=1 npx vitest run test/ledger/any-order.test.ts`. */
const permutations =
  process.env.ANY_ORDER_RUNS === undefined ? undefined : Number(process.env.ANY_ORDER_RUNS);
const seed =
  process.env.ANY_ORDER_SEED === undefined
    ? Math.trunc(Math.random() * 2 ** 31)
    : Number(process.env.ANY_ORDER_SEED);

/**
 * So many stories at the same time, each in its own order: what one shop tells meets what others tell. On PostgreSQL
 * purchases share transactions only where several come at once, which makes a story three times as quick as four do.
 */
const atOnce = 48;

onEveryEngine("any order and repetition of the same events", (bench) => {
  let opened: Promise<LedgerWorld> | undefined;
  let runs = 0;

  const fresh = async () => {
    opened ??= bench.open().then(ledgerWorld);
    const world = await opened;
    const run = `r${++runs}`;
    for (const name of ["north", "south"]) {
      await addPartnerRow(world, name + run, 2000);
      await addClick(world, name + run, name + run);
    }
    for (const name of furtherClicks) await addClick(world, name + run, `north${run}`);
    return { world, run };
  };

  const expectTheSameLedger = async (known: LedgerWorld, run: string) => {
    const deps = known as unknown as Deps;
    expect(await readBalances(deps, { partner: `north${run}` })).toMatchObject([
      { heldMinor: expectedHeldMinor, payableMinor: 0, paidMinor: 0 },
    ]);
    const south = await readBalances(deps, { partner: `south${run}` });
    expect(south.every((one) => one.heldMinor === 0 && one.payableMinor === 0)).toBe(true);
    const record = await explainOrder(deps, shop, `pi_1_${run}`);
    expect(record).toMatchObject({ order: `cs_1_${run}`, outcome: "credited", partner: `north${run}` });
    for (const name of [`cs_9_${run}`, `in_9_${run}`])
      expect(await explainOrder(deps, shop, name)).toMatchObject({ order: `cs_9_${run}`, netMinor: 5000 });
    const { lines } = await explainOrder(deps, shop, `or_10_${run}`);
    expect(Object.fromEntries(lines.map((one) => [one.line, one.lostNetMinor]))).toEqual(cartLost);
    const terms = ["or_14", "or_16", "in_17"].map((name) => explainOrder(deps, shop, `${name}_${run}`));
    expect(await Promise.all(terms)).toMatchObject([
      { outcome: "unattributed", reason: "purchase_refunded" },
      { outcome: "credited", reason: "subscription" },
      { order: `cs_17_${run}`, outcome: "credited", netMinor: 4000, lostNetMinor: 1000 },
    ]);
  };

  const timeout = 1_200_000 + (permutations ?? 0) * 1_000;
  it(
    "leave the same ledger",
    async () => {
      const events = fc.constant(story("").length).chain((length) => {
        const indexes = Array.from({ length }, (_, index) => index);
        return fc.tuple(
          fc.shuffledSubarray(indexes, { minLength: length }),
          fc.array(fc.constantFrom(...indexes), { maxLength: 5 }),
        );
      });
      const numRuns = Math.ceil((permutations ?? (bench.engine === "sqlite" ? 96 : 48)) / atOnce);
      const inAnyOrder = fc.asyncProperty(events, async ([order, repeated]) => {
        const { world: known, run } = await fresh();
        const told = story(run);
        for (const index of [...order, ...repeated]) await take(known, told[index] as PurchaseEvent);
        await expectTheSameLedger(known, run);
      });
      await Promise.all(
        Array.from({ length: atOnce }, (_, part) => fc.assert(inAnyOrder, { numRuns, seed: seed + part })),
      );
      const { world: known } = await fresh();
      expect(await verifyLedger(known as unknown as Deps)).toMatchObject({ ok: true, failures: [] });
    },
    timeout,
  );

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
