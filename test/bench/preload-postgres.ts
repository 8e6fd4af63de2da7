import pg from "pg";
import {
  type ExampleRow,
  idColumns,
  idRows,
  likenessesOf,
  type Preload,
  piecesOf,
  preloadedTables,
} from "./preload-ids.ts";

/** Rows that are sent in one statement. */
const perStatement = 20_000;

/**
 * The same on PostgreSQL. Meanwhile its tables have neither guards nor indexes, which are made again at the end: a
 * random key put into a large index one by one costs more than all else. No receiver may run.
 */
export async function preloadPostgres(url: string, wanted: Preload): Promise<void> {
  const client = new pg.Client({ connectionString: url, types: integers });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    await client.query(`create temp table ids (${idColumns.join(" text, ")} text, at bigint)`);
    const inserts: string[] = [];
    for (const table of preloadedTables) {
      const { rows } = await client.query<ExampleRow>(`select * from ${table}`);
      const { columns, selects } = likenessesOf(table, rows, wanted.example);
      const into = `insert into ${table} (${columns.join(", ")})`;
      inserts.push(...selects.map((select) => `${into} ${select} order by at, order_key`));
    }
    const restore = await bare(client);
    for (const piece of piecesOf(wanted.count)) {
      await client.query("delete from ids");
      await insertIds(client, wanted, piece);
      for (const insert of inserts) await client.query(insert);
      await client.query(
        `
        insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
          select partner, $1::text, ascii(right(order_key, 1)) % 16, count(*) * $2::bigint, 0, 0 from ids group by 1, 2, 3
          on conflict (partner_id, currency, shard) do update set held_minor = balances.held_minor + excluded.held_minor`,
        await heldOf(client, wanted),
      );
      wanted.onProgress?.(piece.to);
    }
    await restore();
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

/** The currency and amount of the example's credit, which all orders have. */
async function heldOf(client: pg.Client, { example }: Preload): Promise<[string, number]> {
  const { rows } = await client.query<{ currency: string; amount_minor: number }>(
    "select currency, amount_minor from transfers where order_key = $1",
    [example.order],
  );
  const [only, ...more] = rows;
  if (only === undefined || more.length > 0) throw new Error("the example has one transfer");
  return [only.currency, only.amount_minor];
}

async function insertIds(client: pg.Client, wanted: Preload, piece: { from: number; to: number }) {
  const arrays = idColumns.map((_, index) => `$${index + 1}::text[]`).join(", ");
  const text = `insert into ids select * from unnest(${arrays}, $${idColumns.length + 1}::bigint[])`;
  let columns: (string | number)[][] = [];
  const send = async () => {
    if (columns.length > 0) await client.query({ name: "ids", text, values: columns });
    columns = [...idColumns, "at"].map(() => []);
  };
  await send();
  for (const { ids, at } of idRows(wanted, piece)) {
    for (const [index, value] of [...ids, at].entries()) columns[index]?.push(value);
    if (columns[0]?.length === perStatement) await send();
  }
  await send();
}

/** Takes guards, keys and indexes from the tables that are filled. @returns what puts them back */
async function bare(client: pg.Client): Promise<() => Promise<void>> {
  const names = `'{${preloadedTables.join()}}'::text[]`;
  const { rows: guards } = await client.query<{ on: string; name: string; mode: string }>(
    `select tgrelid::regclass::text as "on", tgname as name, case tgenabled when 'A' then 'always ' else '' end as mode
      from pg_trigger
      where not tgisinternal and tgrelid::regclass::text = any (${names})`,
  );
  const { rows: keys } = await client.query<{ on: string; name: string; as: string }>(
    `select conrelid::regclass::text as "on", conname as name, pg_get_constraintdef(oid) as "as" from pg_constraint
      where contype in ('p', 'u') and conrelid::regclass::text = any (${names})`,
  );
  const { rows: indexes } = await client.query<{ name: string; as: string }>(
    `select indexname as name, indexdef as "as" from pg_indexes
      where tablename = any (${names}) and indexname <> all ($1::text[])`,
    [keys.map(({ name }) => name)],
  );
  for (const { on, name } of guards) await client.query(`alter table ${on} disable trigger "${name}"`);
  for (const { name } of indexes) await client.query(`drop index "${name}"`);
  for (const { on, name } of keys) await client.query(`alter table ${on} drop constraint "${name}"`);
  return async () => {
    for (const { on, name, as } of keys)
      await client.query(`alter table ${on} add constraint "${name}" ${as}`);
    for (const { as } of indexes) await client.query(as);
    for (const { on, name, mode } of guards)
      await client.query(`alter table ${on} enable ${mode}trigger "${name}"`);
  };
}

/** Numbers as numbers: all that are stored are exact in 53 bits. */
const integers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as never,
};
