import { expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { settleReceipts } from "../../server/src/receipts/settle-receipts.ts";
import { settleSeals } from "../../server/src/receipts/settle-seals.ts";
import type { Store } from "../../server/src/store/store.ts";
import { openJourney } from "../journey/journey.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("the first start of an old database", (bench) => {
  /** As it was before rows had receipts. */
  const openOld = async () => {
    const journey = await openJourney(bench);
    const { deps, database } = journey;
    await addPartner(deps, { id: "north", name: "North" });
    const about = { partner: "north", currency: "EUR", kind: "bonus", reference: "T", note: "N" } as const;
    for (let amountMinor = 1; amountMinor <= 5; amountMinor++) await adjust(deps, { ...about, amountMinor });
    await dropGuards(database, "receipts");
    await runRaw(database, ["delete from receipts"]);
    return journey;
  };
  /** A process that is killed behind its first steps. */
  const killedAfter = (store: Store, steps: number): Store => {
    let made = 0;
    return {
      ...store,
      write: (work) => (made++ < steps ? store.write(work) : Promise.reject(new Error("killed"))),
    };
  };

  it("takes its rows in small steps, goes on where it was killed, and counts each once", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    const step = { rowsPerStep: 2 };
    for (let killed = 0; killed < 4; killed++)
      await expect(settleReceipts(killedAfter(store, 2), hashes, step)).rejects.toThrow("killed");
    const tables = await store.cold.selectFrom("receipt_adoption").selectAll().execute();
    expect(tables).toHaveLength(1);
    const rows = await settleReceipts(store, hashes, step);
    const adjustments = await store.cold.selectFrom("adjustments").selectAll().execute();
    expect(rows).toBeGreaterThan(adjustments.length);
    expect(await store.cold.selectFrom("receipt_adoption").selectAll().execute()).toEqual([]);
    await settleSeals(store, hashes);
    await journey.expectSoundLedger();
    expect(await settleReceipts(store, hashes, step)).toBeUndefined();
  });

  it("goes on from no place that the receiver did not write down itself", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    await settleReceipts(store, hashes);
    await runRaw(journey.database, [
      "delete from receipts where receipt = 'adopted'",
      "insert into receipt_adoption (only_row, table_index, row_count, signature) values (1, 0, 0, 'x')",
    ]);
    expect(await settleReceipts(store, hashes)).toBeUndefined();
    expect((await journey.deps.store.cold.selectFrom("receipt_adoption").selectAll().execute()).length).toBe(
      1,
    );
  });
});
