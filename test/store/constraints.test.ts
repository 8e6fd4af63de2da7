import { beforeAll, expect, it } from "vitest";
import { insertPosition } from "../../server/src/channel/rows/positions.ts";
import type { RegistrationRow } from "../../server/src/renewal/rows/schema.ts";
import { query } from "../../server/src/store/query.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as, type LicenceHash, type PartnerId } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { balance, click, decision, event, insert, order, partner, statement, transfer } from "./rows.ts";

const registration: RegistrationRow = {
  product: as.product("acme-paint"),
  licence_hash: "hash" as LicenceHash,
  partner_id: as.partner("north-light"),
  jti: as.token("token-1"),
  token_issued_at: click().token_issued_at,
  bound_at: click().clicked_at,
  sold: 1,
  contradicted: 0,
};
const insertRegistration = query<RegistrationRow>()((db, p) =>
  db.insertInto("registrations").values({
    product: p.product,
    licence_hash: p.licence_hash,
    partner_id: p.partner_id,
    jti: p.jti,
    token_issued_at: p.token_issued_at,
    bound_at: p.bound_at,
  }),
);

onEveryEngine("the database's own rules", (bench) => {
  let store: OpenedStore;
  beforeAll(async () => {
    store = await bench.open();
    await store.write(async (tx) => {
      await tx.run(insert.partners, partner());
      await tx.run(insert.clicks, click());
      await tx.run(insert.events, event());
      await tx.run(insert.events, event({ effect: "refund", event_id: "evt_2" }));
      await tx.run(insert.orders, order());
      await tx.run(insert.decisions, decision());
      await tx.run(insert.transfers, transfer());
      await tx.run(insert.balances, balance());
      await tx.run(insertRegistration, registration);
    });
  });

  it.each([
    ["update events set amount_minor = 1"],
    ["delete from events"],
    ["update decisions set reason = 'other'"],
    ["delete from decisions where seq = 1"],
    ["update transfers set amount_minor = amount_minor + 1"],
    ["delete from transfers"],
  ])("refuse: %s", async (text) => {
    await expect(store.write((tx) => tx.run(statement(text), {}))).rejects.toThrow("is append-only");
  });

  it("refuse to empty or to replace what is append-only", async () => {
    const text = {
      sqlite: "insert or replace into decisions select * from decisions",
      postgres: "truncate decisions",
    }[bench.engine];
    await expect(store.write((tx) => tx.run(statement(text), {}))).rejects.toThrow("is append-only");
  });

  it("refuse a second row with the same key", async () => {
    const again = [
      store.write((tx) => tx.run(insert.partners, partner())),
      store.write((tx) => tx.run(insert.clicks, click())),
      store.write((tx) => tx.run(insert.orders, order())),
      store.write((tx) => tx.run(insert.decisions, decision())),
      store.write((tx) => tx.run(insert.balances, balance())),
      store.write((tx) => tx.run(insertRegistration, { ...registration, partner_id: as.partner("other") })),
    ];
    for (const outcome of await Promise.allSettled(again)) {
      expect(outcome).toMatchObject({
        status: "rejected",
        reason: { message: expect.stringMatching(/unique/i) },
      });
    }
  });

  it.each([
    ["event id under another object", event({ object_id: "cs_2" })],
    ["object and effect under another event id", event({ effect: "refund", event_id: "evt_3" })],
  ])("refuse an event with the same %s", async (_, row) => {
    await expect(store.write((tx) => tx.run(insert.events, row))).rejects.toThrow(/unique/i);
  });

  it("allow the same ids in another shop, and another effect on the same object", async () => {
    await store.write(async (tx) => {
      await tx.run(insert.events, event({ shop: as.shop("own") }));
      await tx.run(insert.events, event({ event_id: "evt_4", effect: "dispute_opened" }));
    });
  });

  it.each([
    ["a transfer of nothing", transfer({ amount_minor: 0 })],
    ["a transfer of less than nothing", transfer({ amount_minor: -1 })],
    ["a transfer from an account to itself", transfer({ debit: "held", credit: "held" })],
    ["a transfer to an unknown account", transfer({ credit: "bank" as never })],
    ["a transfer of an unknown kind", transfer({ kind: "gift" as never })],
  ])("refuse %s", async (_, row) => {
    await expect(store.write((tx) => tx.run(insert.transfers, row))).rejects.toThrow(/check/i);
  });

  it.each([
    ["a negative net amount", order({ order_key: as.order("o2"), net_minor: -1 })],
    ["a negative tax", order({ order_key: as.order("o2"), tax_minor: -1 })],
    ["an unknown outcome", order({ order_key: as.order("o2"), outcome: "lost" as never })],
  ])("refuse an order with %s", async (_, row) => {
    await expect(store.write((tx) => tx.run(insert.orders, row))).rejects.toThrow(
      /check|is what a sale tells/i,
    );
  });

  it.each([
    ["more than all", partner({ id: as.partner("p2"), percent_bp: 10_001 })],
    ["less than nothing", partner({ id: as.partner("p2"), percent_bp: -1 })],
  ])("refuse a partner with %s", async (_, row) => {
    await expect(store.write((tx) => tx.run(insert.partners, row))).rejects.toThrow(/check/i);
  });

  it("refuse a partner under itself, or under one that does not exist", async () => {
    const place = (parent: PartnerId) =>
      store.write((tx) =>
        insertPosition(tx, {
          partner_id: partner().id,
          parent_id: parent,
          since: instant(0),
          recorded_at: instant(0),
        }),
      );
    await expect(place(partner().id)).rejects.toThrow(/check/i);
    await expect(place(as.partner("nobody"))).rejects.toThrow(/foreign key/i);
  });

  it("refuse a value of the wrong type", async () => {
    const row = balance({ shard: 1, held_minor: "much" as never });
    await expect(store.write((tx) => tx.run(insert.balances, row))).rejects.toThrow(/integer|bigint/i);
  });

  it("number transfers in the order in which they are booked", async () => {
    await store.write(async (tx) => {
      for (const cause of ["a", "b", "c"]) await tx.run(insert.transfers, transfer({ cause }));
    });
    const causes = statement("select cause from transfers where cause in ('a', 'b', 'c') order by id");
    expect(await store.read((tx) => tx.all(causes, {}))).toEqual([
      { cause: "a" },
      { cause: "b" },
      { cause: "c" },
    ]);
  });
});
