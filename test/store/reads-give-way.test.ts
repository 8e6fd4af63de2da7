import { setImmediate } from "node:timers";
import { expect, it } from "vitest";
import { query } from "../../server/src/store/query.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

const peppersQuery = query<object>()((db) => db.selectFrom("peppers").selectAll());

const { open } = benchOf("sqlite");

it("reads on SQLite, one after another, let the event loop turn", async () => {
  const store = await open();
  let hasTurned = false;
  setImmediate(() => {
    hasTurned = true;
  });
  let reads = 0;
  // Statements on SQLite wait for nothing: without giving way, no number of reads would let anybody else in.
  for (; !hasTurned && reads < 50_000; reads++) await store.read((tx) => tx.all(peppersQuery, {}));
  expect(hasTurned).toBe(true);
  expect(reads).toBeLessThan(50_000);
});
