import { expect, it } from "vitest";
import { sumBalances } from "../../server/src/books/rows/ledger-lists.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";

onEveryEngine("the sums of balances", (bench) => {
  it("are of every partner, however many there are, and of one what they are among all", async () => {
    const store = await bench.open();
    const partners = 20_000; // Tried with 1,000,001 too, which takes ten seconds.
    const rows = statement(`
      with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${partners})
      insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
      select 'p' || n, 'EUR', 0, n, -n, 1 from numbers`);
    await store.write((tx) => tx.run(rows, {}));
    const extra = statement(
      `insert into balances values ('p7', 'EUR', 1, 10, 0, 0), ('p7', 'USD', 3, 5, 0, 0)`,
    );
    await store.write((tx) => tx.run(extra, {}));
    const all = await store.read((tx) => sumBalances(tx, {}));
    expect(all).toHaveLength(partners + 1);
    const one = await store.read((tx) => sumBalances(tx, { partner: as.partner("p7") }));
    expect(one.map((row) => [row.currency, Number(row.held_minor), Number(row.payable_minor)])).toEqual([
      ["EUR", 17, -7],
      ["USD", 5, 0],
    ]);
    expect(all.filter((row) => row.partner_id === "p7")).toEqual(one);
  });
});
