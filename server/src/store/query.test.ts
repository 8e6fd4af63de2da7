import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { BalanceRow } from "../books/rows/schema.ts";
import type { ClickRow } from "../renewal/rows/schema.ts";
import { instant } from "../words/clock.ts";
import { as, type Reference } from "../words/ids.ts";
import { query } from "./query.ts";

const compiled = <P extends object>(
  of: { compileFor(engine: "sqlite" | "postgres"): unknown },
  params: P,
) => {
  const { text, values } = of.compileFor("postgres") as { text: string; values: (params: P) => unknown[] };
  return { text, values: values(params) };
};

describe("a query", () => {
  it("keeps its parameters' places and types", () => {
    const of = query<{ reference: Reference; product: ClickRow["product"] }>()((db, p) =>
      db
        .selectFrom("clicks")
        .select(["partner_id", "clicked_at"])
        .where("reference", "=", p.reference)
        .where("product", "=", p.product),
    );
    expect(compiled(of, { product: as.product("acme-paint"), reference: as.reference("r1") })).toEqual({
      text: 'select "partner_id", "clicked_at" from "clicks" where "reference" = $1 and "product" = $2',
      values: ["r1", "acme-paint"],
    });
    expect(of.compileFor("sqlite").text).toContain('"reference" = ? and "product" = ?');
  });

  it("inserts parameters beside constants, and adds on conflict", () => {
    const of = query<Pick<BalanceRow, "partner_id" | "currency" | "held_minor">>()((db, p) =>
      db
        .insertInto("balances")
        .values({
          partner_id: p.partner_id,
          currency: p.currency,
          shard: 3,
          held_minor: p.held_minor,
          payable_minor: 0,
          paid_minor: 0,
        })
        .onConflict((conflict) =>
          conflict.columns(["partner_id", "currency", "shard"]).doUpdateSet((eb) => ({
            held_minor: eb("balances.held_minor", "+", eb.ref("excluded.held_minor")),
          })),
        ),
    );
    const params = { partner_id: as.partner("p1"), currency: as.currency("eur"), held_minor: 980 };
    expect(compiled(of, params).values).toEqual(["p1", "EUR", 3, 980, 0, 0]);
    expect(compiled(of, params).text).toContain(
      '"held_minor" = "balances"."held_minor" + "excluded"."held_minor"',
    );
  });

  it("takes several parameters in a list, and one of them twice", () => {
    const of = query<{ a: Reference; b: Reference }>()((db, p) =>
      db
        .selectFrom("clicks")
        .select("jti")
        .where("reference", "in", [p.a, p.b])
        .orderBy(sql`reference = ${p.a}`),
    );
    expect(compiled(of, { a: as.reference("x"), b: as.reference("y") })).toEqual({
      text: 'select "jti" from "clicks" where "reference" in ($1, $2) order by reference = $3',
      values: ["x", "y", "x"],
    });
  });

  it("gives null for a parameter that is missing", () => {
    const of = query<{ at?: ClickRow["clicked_at"] }>()((db, p) =>
      db.selectFrom("clicks").select("jti").where("clicked_at", ">", p.at),
    );
    expect(compiled(of, {}).values).toEqual([null]);
    expect(compiled(of, { at: instant(7) }).values).toEqual([7]);
  });

  it("is compiled once an engine, under a name that its text alone decides", () => {
    let built = 0;
    const of = query<object>()((db) => {
      built += 1;
      return db.selectFrom("clicks").select("jti");
    });
    const same = query<object>()((db) => db.selectFrom("clicks").select("jti"));
    const other = query<object>()((db) => db.selectFrom("clicks").select("reference"));
    expect(of.compileFor("sqlite")).toBe(of.compileFor("sqlite"));
    of.compileFor("postgres");
    expect(built).toBe(2);
    const name = (one: typeof of | typeof other) => one.compileFor("postgres").name;
    expect(name(of)).toBe(name(same));
    expect(name(of)).not.toBe(name(other));
    expect(name(of)).toMatch(/^t[0-9a-f]{24}$/);
  });
});
