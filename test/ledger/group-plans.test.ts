import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { query } from "../../server/src/store/query.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { groupWorld, takeEveryKind } from "./group-world.ts";

/** Tables that grow with every sale, click or copy. */
const growing =
  /\bon (events|order_links|orders|decisions|transfers|balances|clicks|registrations|registration_conflicts|serial_activations|vouchers|registered_emails|outbox)\b/;

interface Prepared {
  statement: string;
}

const preparedQuery = query<object>()<Prepared>((db) => ({
  compile: () =>
    sql<Prepared>`select statement from pg_prepared_statements where statement like '%member_%'`.compile(db),
}));

describe("the statements of groups on PostgreSQL", () => {
  const bench = benchOf("postgres");

  it("find rows by their indexes, however large a table has grown", async () => {
    const database = await bench.database();
    if (database.engine !== "postgres") throw new Error("the bench gave another engine");
    // One connection, so that what is asked about is what was asked on it.
    const store = await bench.open({ database, poolSize: 1 });
    await takeEveryKind(await groupWorld(store));
    const prepared = await store.write((tx) => tx.all(preparedQuery, {}));
    expect(prepared.length).toBeGreaterThan(15);

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const method of ["seqscan", "hashjoin", "mergejoin"])
      await client.query(`set enable_${method} = off`);
    for (const { statement } of prepared) {
      const { rows } = await client.query(`explain (generic_plan) ${statement}`);
      const plan = rows.map((row) => String(row["QUERY PLAN"]));
      const told = [statement, ...plan].join("\n");
      expect(
        plan.filter((line) => /Seq Scan/.test(line) && growing.test(line)),
        told,
      ).toEqual([]);
      expect(
        plan.filter((line) => /hashed SubPlan|Hash Join/.test(line)),
        told,
      ).toEqual([]);
    }
    await client.end();
  });
});
