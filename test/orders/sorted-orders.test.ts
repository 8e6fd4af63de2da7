import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deps } from "../../server/src/deps/deps.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { sortOrders } from "../../server/src/orders/record/sort-orders.ts";
import { findOrdersOfEmail, listOrderRows } from "../../server/src/orders/rows/order-lists.ts";
import { findMislaidOrders } from "../../server/src/orders/rows/partner-keys.ts";
import { listPartnerSales, listSaleDecisions } from "../../server/src/orders/rows/partner-sales.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { sumEarned } from "../../server/src/periods/rows/period-terms.ts";
import { isBuyer, listOrdersOfBuyer } from "../../server/src/persons/rows/persons.ts";
import { findNextRelease } from "../../server/src/portal/rows/earned.ts";
import { countSales } from "../../server/src/registered-emails/rows/email-tallies.ts";
import { forgetBuyer } from "../../server/src/registered-emails/rows/registered-emails.ts";
import { renameHash } from "../../server/src/secrets/rows/former-hashes.ts";
import type { Instant } from "../../server/src/words/clock.ts";
import { as, type EmailHash, type OrderKey } from "../../server/src/words/ids.ts";
import { groupWorld, minutes, sale, take } from "../ledger/group-world.ts";
import type { LedgerWorld } from "../ledger/ledger-world.ts";
import { pages } from "../ledger/read-pages.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

const partners = ["north", "south"].map(as.partner);
const emails = ["ann@a.example", "bob@b.example", "eve@a.example"];

/** One thing that happens: a sale, one told anew with another day, a ruling, an address forgotten or renamed, some sorted. */
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant("sale" as const),
      buyer: fc.nat(2),
      minute: fc.nat(9),
      byClick: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant("told again" as const), of: fc.nat(50), minute: fc.nat(9) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("ruling" as const), of: fc.nat(50), to: fc.nat(2) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("forgotten" as const), of: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("renamed" as const), of: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("sort" as const), atOnce: fc.integer({ min: 1, max: 4 }) }),
  },
);

describe("orders, sorted by partner and by address later", () => {
  const { database, open } = benchOf("sqlite");

  it("gives the same lists whichever orders are sorted already", async () => {
    const log = await createLog({ destination: { write: () => {} } });
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 8, maxLength: 24 }),
        fc.integer({ min: 1, max: 3 }),
        async (story, limit) => {
          const world = await groupWorld(await open());
          const deps = { ...world, log } as unknown as Deps;
          const hashes = emails.map((email) => world.hashes.email(email));
          let sales = 0;
          for (const [at, one] of story.entries()) {
            world.now = minutes(at);
            deps.clock = () => minutes(at);
            const { length } = await rowsOf(world);
            const order = length === 0 || !("of" in one) ? undefined : (await rowsOf(world))[one.of % length];
            if (one.does === "sale") {
              await take(world, soldTo(sales, one, { reference: `click-${one.byClick ? sales : "none"}` }));
              sales += 1;
            } else if (one.does === "sort") await sortOrders(world, { atOnce: one.atOnce });
            else if (one.does === "renamed") {
              const from = hashes[one.of] as EmailHash;
              const to = world.hashes.email(`${at}@new.example`);
              const buyer = { domain: null, alias: null, site: null };
              await world.store.write((tx) => renameHash(tx, { kind: "email", from, to, buyer }));
              hashes.push(to);
            } else if (order !== undefined && one.does === "told again")
              await take(world, {
                ...soldTo(Number(order.order_id.slice(3)), { buyer: one.of % 3, minute: one.minute }),
                eventId: `evt_again_${at}`,
                changedAt: minutes(at),
                amounts: "paid",
              });
            else if (order !== undefined && one.does === "ruling")
              await resolveOrder(deps, {
                shop: order.shop,
                order: order.order_id,
                partner: partners[one.to] ?? null,
                note: `at ${at}`,
              });
            else if (order?.email_hash && one.does === "forgotten") {
              const { order_key, email_hash } = order;
              await world.store.write((tx) => forgetBuyer(tx, { order_key, email_hash }));
            }
            await sameAsOrders(world, { limit, hashes });
          }
          await world.store.close();
        },
      ),
      { numRuns: Number(process.env.SORTED_STORIES ?? 12) },
    );
  });

  it("begins another run of addresses when one is full, and finds them in each", async () => {
    const config = await database();
    if (config.engine !== "sqlite") throw new Error("this is about SQLite");
    const world = await groupWorld(await open({ database: config }));
    const db = new DatabaseSync(config.path);
    for (const index of [0, 1, 2, 3]) {
      await take(world, soldTo(index, { buyer: 0, minute: index }));
      await sortOrders(world, { atOnce: 1 });
      if (index === 1) db.exec("update email_runs set orders = 4000 where run = 1");
    }
    const runs = db.prepare("select run, count(*) as orders from email_orders group by run").all();
    expect(runs.map((row) => ({ ...row }))).toEqual([
      { run: 1, orders: 2 },
      { run: 2, orders: 2 },
    ]);
    db.close();
    const hash = world.hashes.email(emails[0] ?? "");
    expect(await world.store.read((tx) => findOrdersOfEmail(tx, hash))).toHaveLength(4);
  });

  it("is refused another order, and what it lacks is found by the check of the books", async () => {
    const config = await database();
    if (config.engine !== "sqlite") throw new Error("this is about SQLite");
    const world = await groupWorld(await open({ database: config }));
    for (const index of [0, 1, 2]) {
      world.now = minutes(index);
      await take(world, soldTo(index, { buyer: index, minute: index }, { reference: `click-${index}` }));
    }
    expect(await sortOrders(world, { atOnce: 2 })).toBe(2);
    const db = new DatabaseSync(config.path);
    for (const change of [
      "delete from partner_orders",
      "update partner_orders set partner_id = 'south'",
      "delete from email_orders",
      "update email_orders set run = 2",
      "delete from email_runs",
      "update sorted_orders set until = 0",
      "delete from sorted_orders",
    ])
      expect(() => db.exec(change), change).toThrow(/stays so/);
    const failures = async () =>
      (await verifyLedger(world as unknown as Deps)).failures.filter((one) => one.includes("looked for"));
    expect(await failures()).toEqual([]);
    const [first, second, third] = await rowsOf(world);
    const said = (key: unknown) => `order ${key}: it is not where its partner and buyer are looked for`;

    db.exec(
      "begin; drop trigger partner_orders_refuse_delete; delete from partner_orders where partner_id = 'south'",
    );
    db.exec("commit");
    expect(await failures()).toEqual([said(second?.order_key)]);
    const put = db.prepare(
      "insert into partner_orders select partner_id, occurred_at, ? from orders where order_key = ?",
    );
    put.run(String(second?.order_key), String(second?.order_key));
    expect(await failures()).toEqual([]);

    // One address is taken away, and another stands there twice.
    db.exec("drop trigger email_orders_refuse_delete");
    db.prepare("delete from email_orders where order_key = ?").run(String(first?.order_key));
    db.prepare("insert into email_runs values (2, 0)").run();
    db.prepare(
      "insert into email_orders select 2, email_hash, order_key from orders where order_key = ?",
    ).run(String(second?.order_key));
    expect(new Set(await failures())).toEqual(new Set([said(first?.order_key), said(second?.order_key)]));
    db.prepare("delete from email_orders where run = 2").run();
    db.prepare(
      "insert into email_orders select 1, email_hash, order_key from orders where order_key = ?",
    ).run(String(first?.order_key));
    expect(await failures()).toEqual([]);

    // One that is still at the end stands among the sorted too, and would be listed twice.
    put.run(String(third?.order_key), String(third?.order_key));
    expect(await failures()).toEqual([said(third?.order_key)]);
    db.close();
  });
});

const soldTo = (
  index: number,
  { buyer, minute }: { buyer: number; minute: number },
  over: Parameters<typeof sale>[1] = {},
) => sale(`${index}`, { email: emails[buyer] ?? "", occurredAt: minutes(minute), ...over });

const rowsOf = (world: LedgerWorld) =>
  world.store.cold.selectFrom("orders").selectAll().orderBy("order_key").execute();

/** Every list by partner or address, a page at a time, is what the orders themselves say. */
async function sameAsOrders(world: LedgerWorld, { limit, hashes }: { limit: number; hashes: EmailHash[] }) {
  const all = await rowsOf(world);
  const keysOf = (rows: readonly { order_key: OrderKey }[]) => rows.map(({ order_key }) => order_key);
  const { store } = world;
  for (const partner of partners) {
    const mine = all.filter((one) => one.partner_id === partner);
    const listed = await pages<OrderKey>(async (before) => {
      const range = { first: as.order(""), before: before ?? as.order("~"), limit };
      return keysOf(await store.read((tx) => listOrderRows(tx, range, { partner })));
    }, limit);
    expect(listed).toEqual(keysOf(mine).reverse());

    const inTime = mine.toSorted(
      (a, b) => a.occurred_at - b.occurred_at || (a.order_key < b.order_key ? -1 : 1),
    );
    const [first, ...others] = inTime;
    const after = {
      after_at: first?.occurred_at ?? (0 as Instant),
      after_key: first?.order_key ?? as.order(""),
    };
    const page = { partner_id: partner, ...after, until: minutes(100) };
    expect(keysOf(await store.read((tx) => listPartnerSales(tx, page)))).toEqual(keysOf(others));
    const last = inTime.at(-1);
    if (last !== undefined) {
      const span = { partner_id: partner, ...after, last_at: last.occurred_at, last_key: last.order_key };
      const decided = await store.read((tx) => listSaleDecisions(tx, span));
      expect(keysOf(decided).sort()).toEqual(keysOf(others).sort());
    }
    const before = minutes(5);
    const early = mine.filter((one) => one.occurred_at < before);
    const counted = { partner_id: partner, before, most: limit };
    expect(await store.read((tx) => countSales(tx, counted))).toBe(Math.min(limit, early.length));
    const span = { seller: partner, partner, from: minutes(0), until: before };
    const earned = await store.read((tx) => sumEarned(tx, span));
    expect(earned.reduce((sum, row) => sum + Number(row.earned_minor), 0)).toBe(
      await earnedBy(world, partner, keysOf(early)),
    );
    const due = early.flatMap(({ release_at }) => release_at ?? []).sort((a, b) => a - b)[0] ?? null;
    const about = { partner_id: partner, since: minutes(0), until: before };
    expect(await store.read((tx) => findNextRelease(tx, about))).toBe(due);
  }
  for (const email_hash of hashes) {
    const theirs = all.filter((one) => one.email_hash === email_hash);
    const found = await store.read((tx) => findOrdersOfEmail(tx, email_hash));
    expect(keysOf(found)).toEqual(keysOf(theirs.filter((one) => one.joined_to === null)).reverse());
    expect(await store.read((tx) => isBuyer(tx, email_hash))).toBe(theirs.length > 0);
    const listed = await pages<OrderKey>(
      async (after) =>
        keysOf(
          await store.read((tx) =>
            listOrdersOfBuyer(tx, { after: after ?? as.order(""), email_hash, limit }),
          ),
        ),
      limit,
    );
    expect(listed).toEqual(keysOf(theirs));
  }
  expect(await store.read(findMislaidOrders)).toEqual([]);
}

async function earnedBy(world: LedgerWorld, partner: string, keys: readonly OrderKey[]): Promise<number> {
  const journal = await world.store.cold.selectFrom("transfers").selectAll().execute();
  return journal
    .filter((one) => one.partner_id === partner && one.order_key !== null && keys.includes(one.order_key))
    .reduce(
      (sum, one) =>
        sum + (one.debit === "expense" ? 1 : one.credit === "expense" ? -1 : 0) * one.amount_minor,
      0,
    );
}
