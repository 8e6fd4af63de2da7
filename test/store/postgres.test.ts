import pg from "pg";
import { describe, expect, it } from "vitest";
import { openStore } from "../../server/src/store/open-store.ts";
import type { OpenedStore, Tx } from "../../server/src/store/store.ts";
import { freshDatabase } from "../postgres/fresh-database.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { balance, click, insert, statement } from "./rows.ts";

/** Resolves for all once as many have come as were expected; later callers pass. */
function meeting(of: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come >= of) open();
    return all;
  };
}

describe("PostgreSQL", () => {
  const bench = benchOf("postgres");
  const twoBalances = async (store: OpenedStore) =>
    store.write(async (tx) => {
      await tx.run(insert.balances, balance({ shard: 0 }));
      await tx.run(insert.balances, balance({ shard: 1 }));
    });
  const add = [0, 1].map((shard) =>
    statement(`update balances set held_minor = held_minor + 1 where shard = ${shard}`),
  ) as [ReturnType<typeof statement>, ReturnType<typeof statement>];

  it("runs work again after a deadlock", async () => {
    const store = await bench.open();
    await twoBalances(store);
    const bothHoldOne = meeting(2);
    let runs = 0;
    const inOrder = (first: 0 | 1) => async (tx: Tx) => {
      runs += 1;
      await tx.run(add[first], {});
      await bothHoldOne();
      await tx.run(add[first === 0 ? 1 : 0], {});
    };
    await Promise.all([store.write(inOrder(0)), store.write(inOrder(1))]);
    // One of the two was ended for the other; PostgreSQL may end both at once.
    expect(runs).toBeGreaterThan(2);
    const rows = await store.cold.selectFrom("balances").select("held_minor").execute();
    expect(rows.map((row) => row.held_minor)).toEqual([2, 2]);
  });

  it("runs work again after a serialisation failure", async () => {
    const store = await bench.open();
    await twoBalances(store);
    const bothHaveRead = meeting(2);
    let runs = 0;
    const work = async (tx: Tx) => {
      runs += 1;
      // Must be the transaction's first statement: the snapshot is taken by the one after it.
      await tx.run(statement("set transaction isolation level serializable"), {});
      await tx.all(statement("select sum(held_minor) from balances"), {});
      await bothHaveRead();
      await tx.run(add[0], {});
    };
    await Promise.all([store.write(work), store.write(work)]);
    expect(runs).toBe(3);
  });

  it("gives up on work that fails that way every time", async () => {
    const store = await bench.open();
    let runs = 0;
    const fails = statement("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
    const work = store.write((tx) => {
      runs += 1;
      return tx.run(fails, {});
    });
    await expect(work).rejects.toThrow("again");
    expect(runs).toBe(11);
  });

  it("does not run work again for any other reason", async () => {
    const store = await bench.open();
    await store.write((tx) => tx.run(insert.clicks, click()));
    let runs = 0;
    const work = store.write((tx) => {
      runs += 1;
      return tx.run(insert.clicks, click());
    });
    await expect(work).rejects.toThrow(/unique/);
    expect(runs).toBe(1);
  });

  it("rejects when a connection is cut, and serves the next work on another", async () => {
    const store = await bench.open();
    const suicide = statement("select pg_terminate_backend(pg_backend_pid())");
    await expect(store.write((tx) => tx.run(suicide, {}))).rejects.toThrow(/terminat/);
    await store.write((tx) => tx.run(insert.clicks, click()));
    expect(await store.cold.selectFrom("clicks").select("reference").execute()).toHaveLength(1);
  });

  it("outlives the loss of its idle connections", async () => {
    const database = await bench.database();
    const store = await bench.open({ database });
    if (database.engine !== "postgres") throw new Error("the bench gave another engine");
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await other.end();
    await expect.poll(() => store.ping().then(() => "answers", String)).toBe("answers");
  });

  it("rejects to open a server that does not answer", async () => {
    const nobody = { engine: "postgres", url: "postgres://nobody:x@127.0.0.1:1/none" } as const;
    await expect(openStore(nobody)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("refuses a database that forgets what it acknowledged", async () => {
    const fresh = await freshDatabase();
    const name = new URL(fresh.url).pathname.slice(1);
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    await client.query(`alter database ${name} set synchronous_commit = off`);
    await client.end();
    const opening = openStore({ engine: "postgres", url: fresh.url });
    await expect(opening).rejects.toThrow("PostgreSQL runs with synchronous_commit=off");
    await fresh.drop();
  });
});
