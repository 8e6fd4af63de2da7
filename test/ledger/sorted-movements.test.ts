import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import { findOrdersOfPartner } from "../../server/src/books/rows/transfers.ts";
import { sortJournal } from "../../server/src/books/sort-movements.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { walkEarned } from "../../server/src/portal/rows/earned.ts";
import { listOpenMovements } from "../../server/src/statements/rows/lines.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as, type OrderKey } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { groupWorld, minutes, refund, sale, take } from "./group-world.ts";
import type { LedgerWorld } from "./ledger-world.ts";
import { pages } from "./read-pages.ts";

const partners = ["north", "south"].map(as.partner);
const euros = as.currency("EUR");
const later = instant(minutes(0) + 1_000_000_000);

/** One thing that happens: a sale, a refund of an earlier one, a booking that no order explains, or some are sorted. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ does: "sale" as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("refund" as const), of: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("bonus" as const), of: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("sort" as const), atOnce: fc.integer({ min: 1, max: 4 }) }),
  },
);

describe("the journal, sorted by partner later", () => {
  const { database, open } = benchOf("sqlite");

  it("gives the same lists whichever movements are sorted already", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 8, maxLength: 24 }),
        fc.integer({ min: 1, max: 3 }),
        async (story, limit) => {
          const world = await groupWorld(await open());
          let sales = 0;
          for (const [at, one] of story.entries()) {
            world.now = minutes(at);
            if (one.does === "sale") await take(world, sale(`${sales}`, { reference: `click-${sales++}` }));
            else if (one.does === "refund" && sales > 0)
              await take(world, {
                ...refund(`${one.of % sales}`),
                eventId: `evt_${at}`,
                objectId: `re_${at}`,
              });
            else if (one.does === "bonus") await bonus(world, one.of, at);
            else if (one.does === "sort") await sortJournal(world, { atOnce: one.atOnce });
            await sameAsJournal(world, limit);
          }
          expect(
            (await verifyLedger(world as unknown as Deps)).failures.filter((one) => one.includes("among")),
          ).toEqual([]);
          await world.store.close();
        },
      ),
      { numRuns: Number(process.env.SORTED_STORIES ?? 12) },
    );
  });

  it("is refused another order, and what it lacks is found by the check of the books", async () => {
    const config = await database();
    if (config.engine !== "sqlite") throw new Error("this is about SQLite");
    const world = await groupWorld(await open({ database: config }));
    for (const index of [0, 1, 2]) await take(world, sale(`${index}`, { reference: `click-${index}` }));
    expect(await sortJournal(world, { atOnce: 2 })).toBe(2);
    const db = new DatabaseSync(config.path);
    for (const change of [
      "delete from partner_movements",
      "update partner_shares set partner_id = 'south'",
      "update sorted_movements set until = 0",
      "delete from sorted_movements",
    ])
      expect(() => db.exec(change), change).toThrow(/append-only|stays so/);
    const failures = async () => (await verifyLedger(world as unknown as Deps)).failures;
    expect(await failures()).toEqual([]);
    db.exec(
      "drop trigger partner_shares_refuse_delete; delete from partner_shares where partner_id = 'south'",
    );
    expect(await failures()).toEqual(["transfer 2: it is not among its partner's movements"]);
    db.exec("update sorted_movements set until = 9");
    expect(await failures()).toContain("transfer 9: it is not among its partner's movements");
    db.close();
  });
});

const bonus = (world: LedgerWorld, of: number, at: number) =>
  world.store.write((tx) =>
    bookForPartner(
      tx,
      [
        {
          partner: partners[of] ?? as.partner(""),
          currency: euros,
          kind: "bonus",
          debit: "expense",
          credit: "payable",
          amountMinor: 5,
          source: "bonuses",
          sourceId: `b_${at}`,
          cause: "bonus",
        },
      ],
      world.now,
    ),
  );

/** Every list by partner, a page at a time, is what the whole journal says. */
async function sameAsJournal(world: LedgerWorld, limit: number) {
  const journal = await world.store.cold.selectFrom("transfers").selectAll().orderBy("id").execute();
  for (const partner_id of partners) {
    const mine = journal.filter((one) => one.partner_id === partner_id);
    const keys = [...new Set(mine.flatMap(({ order_key }) => order_key ?? []))].sort().reverse();
    const found = await pages<OrderKey>(async (before) => {
      const page = { partner_id, first: as.order(""), before: before ?? as.order("~"), limit };
      return world.store.read((tx) => findOrdersOfPartner(tx, page));
    }, limit);
    expect(found).toEqual(keys);

    const ids = await pages<number>(async (after) => {
      const page = { partner_id, currency: euros, from: (after ?? 0) + 1, until: later, limit };
      return (await world.store.read((tx) => listOpenMovements(tx, page))).map(({ id }) => id);
    }, limit);
    expect(ids).toEqual(mine.map(({ id }) => id));

    const earned = await world.store.read((tx) =>
      walkEarned(tx, { partner_id, after: as.order(""), until: as.order("~") }),
    );
    const sumOf = (key: string) =>
      mine
        .filter((one) => one.order_key === key)
        .reduce(
          (sum, one) =>
            sum + (one.debit === "expense" ? 1 : one.credit === "expense" ? -1 : 0) * one.amount_minor,
          0,
        );
    expect(earned.map((one) => [one.order_key, one.earned_minor])).toEqual(
      [...keys].reverse().map((key) => [key, sumOf(key)]),
    );
  }
}
