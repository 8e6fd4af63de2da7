import { groupVoucherCode } from "@tallystick/sdk/protocol";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { logEvents } from "../../server/src/words/log.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { openVoucherWorld, type VoucherWorld } from "./voucher-world.ts";

const serial = "PAINT-0001-Q7W3";
const key = "an-idempotency-key-of-the-tests";

/** Everything that every table holds, as text. */
async function everything({ deps }: VoucherWorld): Promise<string> {
  const names =
    deps.store.engine === "sqlite"
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = 'public'`;
  const texts: string[] = [];
  for (const { name } of (await names.execute(deps.store.cold)).rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(deps.store.cold);
    texts.push(`${name} ${JSON.stringify(rows, (_, value) => textOf(value))}`);
  }
  return texts.join("\n");
}

const textOf = (value: unknown) =>
  typeof value === "bigint"
    ? String(value)
    : value instanceof Uint8Array
      ? Buffer.from(value).toString("latin1")
      : value;

onEveryEngine("what is stored of vouchers", (bench) => {
  it("is neither code nor serial nor idempotency key, nor is any of it in the log", async () => {
    const world = await openVoucherWorld(bench);
    await world.fillPool([serial, "PAINT-0002-Q7W3"]);
    const { codes } = await world.issue(3);
    const [first = "", second = ""] = codes;
    await world.ask({ product: "acme-paint", code: first, idempotencyKey: key });
    await world.ask({ product: "acme-paint", code: second });
    await world.ask({ product: "acme-paint", code: "0123456789ABCDEFGHJT" });
    const stored = await everything(world);
    expect(stored).toMatch(/^voucher_batches .*"exchanged":"?2/m);
    const logged = JSON.stringify(logEvents.flatMap(world.logged));
    const texts = [stored, logged].map((text) => text.toLowerCase());
    const secrets = [...codes, ...codes.map(groupVoucherCode), serial, "PAINT0001Q7W3", key, "0123456789AB"];
    for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret.toLowerCase());
  });
});
