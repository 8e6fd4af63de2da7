import { describe, expect, it } from "vitest";
import { readWrites } from "./statement-writes.ts";

describe("what a statement writes", () => {
  const column = (name: string, isParameter = true) => ({ name, isParameter });
  const insert = { does: "insert", table: "deals", isWhole: true, isLimited: false } as const;
  const update = { does: "update", table: "deals", isWhole: true, from: "other", isLimited: true } as const;

  it.each([
    ["a row", 'insert into "deals" ("id", "seal") values (?, ?)', "parameters", [true, true]],
    ["by numbers", "insert into deals (id, seal) values ($1, $12) returning id", "parameters", [true, true]],
    [
      "what is computed",
      'insert into "deals" ("id", "seal") values (?, coalesce(?, 1))',
      "other",
      [true, false],
    ],
    ["two rows", 'insert into "deals" ("id", "seal") values (?, ?), (?, ?)', "other", [true, true]],
    ["a query", "\n insert into deals (id, seal)\n select id, seal from rows", "query", [false, false]],
    [
      "what adds in a conflict",
      "insert into deals (id, seal) values (?, ?) on conflict (id) do update set seal = excluded.seal",
      "parameters",
      [true, true],
    ],
  ])("reads an insert of %s", (_, text, from, [id, seal]) => {
    expect(readWrites(text)).toEqual([
      { ...insert, from, columns: [column("id", id), column("seal", seal)] },
    ]);
  });

  it("reads what an update sets, however it is put together", () => {
    const text = `update "deals" set "a" = $1, b = case when x is distinct from 'x, where' then f(c, (?)) end,
      "c"=? where "c" = $3 and "d" in (select d from other where e = 1)`;
    const columns = [column("a"), column("b", false), column("c")];
    expect(readWrites(text)).toEqual([{ ...update, columns }]);
    const all = { ...update, columns: [column("a")], isLimited: false };
    expect(readWrites("update deals as one\n set a = ? from rows where rows.a = one.a")).toEqual([all]);
    expect(readWrites("update deals set a = ?")).toEqual([all]);
  });

  it("finds a write within another statement, and takes no lock for one", () => {
    const gone = { does: "delete", table: "old", isWhole: false };
    const [first, second] = readWrites(
      "with gone as (delete from old where a = 1 returning a) insert into deals (a) select a from gone",
    );
    expect(first).toMatchObject(gone);
    expect(second).toMatchObject({ ...insert, isWhole: false, from: "query", columns: [column("a", false)] });
    expect(readWrites("select a from deals where b = ? for update of deals")).toEqual([]);
    expect(readWrites("select updated, deleted from inserts for no key update skip locked")).toHaveLength(0);
  });
});
