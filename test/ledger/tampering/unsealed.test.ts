import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { listAudit } from "../../../server/src/audit/list-audit.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { acceptRows } from "../../../server/src/receipts/accept-rows.ts";
import { sealedTables } from "../../../server/src/receipts/sealed-tables.ts";
import { settleReceipts } from "../../../server/src/receipts/settle-receipts.ts";
import { settleSeals } from "../../../server/src/receipts/settle-seals.ts";
import { openDeps } from "../../../server/src/receiver/start/open-deps.ts";
import { createHashes } from "../../../server/src/secrets/create-hashes.ts";
import { adoptNow, formerOfLicence } from "../../../server/src/secrets/former-hashes.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";
import { link } from "./tampering.ts";

onEveryEngine("events and decisions without a seal", (bench) => {
  /** A receiver that was filled before there were seals, and is started now. */
  async function openOld(): Promise<Journey> {
    const journey = await openJourney(bench);
    const { database, deps } = journey;
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", reference }));
    const guarded = ["events", "decisions", "receipts"];
    for (const table of guarded) await dropGuards(database, table);
    await runRaw(database, [
      "update events set seal = null",
      "update decisions set seal = null",
      "delete from receipts where receipt like 'unsealed %'",
    ]);
    const again = await openDeps(deps.config, { log: deps.log, clock: deps.clock });
    onTestFinished(() => again.store.close());
    return journey;
  }

  it("do not differ in a column that no seal is over", async () => {
    const { deps } = await openOld();
    for (const { table, columns } of sealedTables) {
      const [row = {}] = await deps.store.cold
        .selectFrom(table as "events")
        .selectAll()
        .limit(1)
        .execute();
      expect(Object.keys(row).sort()).toEqual([...columns, "seal"].sort());
    }
  });

  it("are taken as they are where they were there before, which the audit says, and none comes to them", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await journey.expectSoundLedger();
    const { entries } = await listAudit(deps, { actor: "receiver" });
    expect(entries).toMatchObject([{ action: "receipts", subject: "2 rows as they were" }]);
    journey.pass(1);
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_2", email: "b@example.com" }),
    );
    await journey.expectSoundLedger();
    await runRaw(database, [link]);
    const since = addDays(deps.clock(), -3);
    const said = [/^events until \S+: those without a seal are not those that were there$/];
    for (const { failures } of [await verifyLedger(deps), await verifyLedger(deps, { since })])
      expect(failures).toEqual(said.map((one) => expect.stringMatching(one)));
    const none = await verifyLedger(deps, { since: deps.clock() });
    expect(none.failures).toEqual([]);
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    expect(await asDeed(deed, () => acceptRows(deps))).toMatchObject({ count: 2, dryRun: false });
    await journey.expectSoundLedger();
  });

  it("are accepted by a person one by one where they are younger than seals", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await runRaw(database, [link.replace("received_at from", "received_at + 1 from")]);
    const rows = ["event stripe evt_x"];
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    expect(await asDeed(deed, () => acceptRows(deps))).toMatchObject({ count: 1, rows });
    await journey.expectSoundLedger();
  });

  it("are not taken as they are where the mark was taken away", async () => {
    const journey = await openJourney(bench);
    const { deps, database } = journey;
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1" }));
    await dropGuards(database, "receipts");
    await runRaw(database, ["delete from receipts where receipt like 'unsealed %'"]);
    const again = await openDeps(deps.config, { log: deps.log, clock: deps.clock });
    onTestFinished(() => again.store.close());
    const { failures } = await verifyLedger(deps);
    expect(failures).toEqual(
      ["events", "decisions"].map((table) => `${table}: it was not noted which of them have no seal`),
    );
  });

  it("count under a new pepper where the former one sealed them, and no others", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_2", email: "b@example.com" }),
    );
    const { token } = await journey.partnerWithToken("west");
    await journey.register("LICENCE-1", token);
    const rotate = async (pepper: string, former: string | undefined) => {
      Object.assign(deps.hashes, { former: undefined }, createHashes(pepper, former));
      await settleReceipts(deps.store, deps.hashes);
      await settleSeals(deps.store, deps.hashes);
    };
    const first = (await readFile(join(deps.config.keysFolder, "pepper"), "utf8")).trim();
    const second = "another pepper, long enough for anything";
    await rotate(second, first);
    await journey.expectSoundLedger();
    // The licence is met again: its binding is kept under another hash, with a receipt of its own.
    const known = createHashes(second, first);
    await adoptNow(deps, formerOfLicence(known, "LICENCE-1"));
    await journey.expectSoundLedger();
    await rotate(second, undefined);
    await journey.expectSoundLedger();
    await runRaw(database, [link]);
    expect((await verifyLedger(deps)).ok).toBe(false);
    await rotate("a third pepper, long enough for anything", second);
    expect((await verifyLedger(deps)).ok).toBe(false);
  });
});
