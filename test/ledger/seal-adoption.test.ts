import { expect, it } from "vitest";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { settleSeals } from "../../server/src/receipts/settle-seals.ts";
import type { Store } from "../../server/src/store/store.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { dropGuards, runRaw } from "../journey/raw-database.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { likeOf } from "./tampering/tampering.ts";

onEveryEngine("what was told and decided before there were seals", (bench) => {
  const sales = 5;
  /** A database that was filled by a receiver without seals. */
  async function openOld(): Promise<Journey> {
    const journey = await openJourney(bench);
    for (let number = 1; number <= sales; number++)
      await journey.stripe(
        stripeCheckoutCompleted({
          ...journey.happening(),
          id: `cs_${number}`,
          paymentIntent: `pi_${number}`,
          email: `buyer${number}@home.example`,
        }),
      );
    for (const table of ["events", "decisions", "receipts"]) await dropGuards(journey.database, table);
    await runRaw(journey.database, [
      "update events set seal = null",
      "update decisions set seal = null",
      "delete from receipts where receipt like 'unsealed %'",
    ]);
    return journey;
  }

  /** A process that is killed behind its first writes. */
  const killedAfter = (store: Store, steps: number): Store => {
    let made = 0;
    return {
      ...store,
      write: (work) => (made++ < steps ? store.write(work) : Promise.reject(new Error("killed"))),
    };
  };
  const rowsPerStep = 1;
  const underWay = ({ deps }: Journey) => deps.store.cold.selectFrom("seal_adoption").selectAll().execute();

  it("is summed up in small steps, and a start that was killed goes on where it was", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    for (let killed = 0; killed < 2; killed++)
      await expect(settleSeals(killedAfter(store, 2), hashes, { rowsPerStep })).rejects.toThrow("killed");
    expect(await underWay(journey)).toMatchObject([{ table_name: "events" }]);
    // Four of the events are done: of the steps that are left a beginning from anew would need more.
    const left = sales - 4 + 1 + sales + 1;
    expect(await settleSeals(killedAfter(store, left), hashes, { rowsPerStep })).toBe(2 * sales);
    expect(await underWay(journey)).toEqual([]);
    await journey.expectSoundLedger();
    expect(await settleSeals(store, hashes)).toBeUndefined();
  });

  it("is summed up once by several processes at a time", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    await Promise.all([1, 2, 3].map((rows) => settleSeals(store, hashes, { rowsPerStep: rows })));
    await journey.expectSoundLedger();
  });

  it("is told from what an older process writes beside it, though that lies behind the place where it is", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    await expect(settleSeals(killedAfter(store, 3), hashes, { rowsPerStep })).rejects.toThrow("killed");
    const late = {
      event_id: "'a-first'",
      object_id: "'x'",
      effect: "'link'",
      amount_minor: "0",
      net_minor: "null",
    };
    await runRaw(journey.database, [
      likeOf("events", { ...late, received_at: "received_at + 1" }, "where object_id = 'cs_1'"),
    ]);
    await settleSeals(store, hashes, { rowsPerStep });
    const { failures } = await verifyLedger(journey.deps);
    expect(failures).toContainEqual("event stripe a-first: it was not written by the receiver");
    expect(failures.filter((one) => one.includes("those without a seal"))).toEqual([]);
  });

  it("goes on from no place that somebody wrote down, nor from one of long ago", async () => {
    const journey = await openOld();
    const { store, hashes } = journey.deps;
    await expect(settleSeals(killedAfter(store, 2), hashes, { rowsPerStep })).rejects.toThrow("killed");
    const [kept] = await underWay(journey);
    if (kept === undefined) throw new Error("nothing is under way");
    await runRaw(journey.database, [
      `update seal_adoption set progress = replace(progress, '"count":2', '"count":1')`,
    ]);
    await settleSeals(store, hashes);
    await journey.expectSoundLedger();
    // A row that the receiver wrote, so that seals are in use.
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_9" }));
    await dropGuards(journey.database, "receipts");
    await runRaw(journey.database, [
      "delete from receipts where receipt like 'unsealed %'",
      `insert into seal_adoption (table_name, progress, signature)
        values ('events', '${kept.progress}', '${kept.signature}')`,
    ]);
    await settleSeals(store, hashes, { rowsPerStep });
    expect((await verifyLedger(journey.deps)).failures).toContainEqual(
      "events: it was not noted which of them have no seal",
    );
  });
});
