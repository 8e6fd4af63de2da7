import pg from "pg";
import { describe, expect, it } from "vitest";
import { readBooks } from "./books.ts";
import { startReceiverProcess } from "./receiver-process.ts";
import { clickUntilRecorded, deliver, paid, refunded, register, someAtATime } from "./shop-traffic.ts";
import { openVendor } from "./vendor.ts";

/** Asks a database something as another program would. */
async function asking<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return ask(client).finally(() => client.end());
}

/** What a newer program does to the tables at its start: each has a column more, and the record names its migration. */
const updateTables = (url: string) =>
  asking(url, async (client) => {
    const { rows } = await client.query<{ table_name: string }>(
      "select table_name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%'",
    );
    for (const { table_name } of rows)
      await client.query(`alter table "${table_name}" add column newer bigint not null default 7`);
    await client.query("insert into kysely_migration (name, timestamp) values ('9999-newer', 'now')");
    return rows.length;
  });

describe("receivers that are updated one after another on PostgreSQL", () => {
  it("go on while a newer one has brought the tables up to date, and are not started again", async () => {
    const vendor = await openVendor("postgres");
    const database = String(vendor.env.DATABASE_URL);
    const old = await startReceiverProcess(vendor);
    const [north] = vendor.partners;
    const bearer = { authorization: `Bearer ${vendor.env.TALLYSTICK_ADMIN_TOKEN}` };
    const sell = async (name: string) => {
      const registered = await register(old.url, `licence-${name}`, north.token);
      const reference = await clickUntilRecorded(() => old.url, north.token);
      const order = { name, totalMinor: 1000, reference, licence: `licence-${name}` };
      const told = [await deliver(old.url, paid(order)), await deliver(old.url, refunded(order, 500))];
      const shown = await fetch(`${old.url}/v1/orders/stripe/cs_${name}`, { headers: bearer });
      return [registered.code, ...told.map(({ code }) => code), shown.status];
    };
    // So many at a time that every connection has prepared its statements.
    const sellMany = (prefix: string) =>
      someAtATime(
        16,
        Array.from({ length: 32 }, (_, index) => () => sell(`${prefix}${index}`)),
      );
    const well = Array(32).fill([200, 200, 200, 200]);
    expect(await sellMany("before")).toEqual(well);
    expect(await updateTables(database)).toBeGreaterThan(40);
    expect(await sellMany("after")).toEqual(well);
    expect((await fetch(`${old.url}/readyz`)).status).toBe(200);
    expect(old.logged("server.failed")).toEqual([]);
    await expect(startReceiverProcess(vendor)).rejects.toThrow(
      /newer version of this program \(9999-newer\)/,
    );
    expect(await old.stop()).toBe(0);

    await asking(database, (client) =>
      client.query("delete from kysely_migration where name = '9999-newer'"),
    );
    const { orders, failures, balances } = await readBooks(vendor);
    expect(failures).toEqual([]);
    expect(orders.size).toBe(64);
    expect(balances).toMatchObject([{ partner: "north", heldMinor: 64 * 100 }]);
  });
});
