import { expect, it } from "vitest";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { acceptRows } from "../../../server/src/receipts/accept-rows.ts";
import { changingTables } from "../../../server/src/receipts/sealed-tables.ts";
import { settleRowSeals } from "../../../server/src/receipts/settle-row-seals.ts";
import { createHashes } from "../../../server/src/secrets/create-hashes.ts";
import type { Hashes } from "../../../server/src/secrets/hashes.ts";
import type { Store } from "../../../server/src/store/store.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";

const settleClicks = async (store: Store, hashes: Hashes, options: { rowsPerStep?: number } = {}) => {
  const [table] = changingTables;
  if (table?.table !== "clicks") throw new Error("clicks are the first of them");
  return settleRowSeals(store, hashes, { table, ...options });
};

/** A click that somebody writes into the database, for a partner's token: 41 characters, as the receiver's own. */
const forged = `${"0".repeat(9)}${"ab".repeat(16)}`;
const forgery = (partner: string) =>
  `insert into clicks (reference, product, partner_id, jti, token_issued_at, licence_hash, clicked_at)
    select '${forged}', product, partner_id, jti, issued_at, null, issued_at from tokens where partner_id = '${partner}'`;

onEveryEngine("a click", (bench) => {
  /** North's link was followed once, and bought by. South has a link too. */
  async function openClicked(): Promise<
    Journey & { buy: (id: string, reference: string) => Promise<unknown> }
  > {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    await journey.partnerWithToken("south");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const buy = (id: string, by: string) => {
      const own = {
        id,
        paymentIntent: `pi_${id}`,
        email: `${id.replace("_", "-")}@home.example`,
        reference: by,
      };
      return journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), ...own }));
    };
    await buy("cs_1", reference);
    return Object.assign(journey, { buy });
  }
  const unsealed = async ({ deps }: Journey) =>
    (await deps.store.cold.selectFrom("clicks").selectAll().where("seal", "is", null).execute()).length;
  const killedAfter = (store: Store, steps: number): Store => {
    let made = 0;
    return {
      ...store,
      write: (work) => (made++ < steps ? store.write(work) : Promise.reject(new Error("killed"))),
    };
  };

  it("that nobody made is found once an order names it, though the receiver itself credited that: unnoticed then", async () => {
    const journey = await openClicked();
    await runRaw(journey.database, [forgery("south")]);
    // Nothing rests upon it yet.
    await journey.expectSoundLedger();
    await journey.buy("cs_2", forged);
    expect(await journey.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "south" });
    expect((await verifyLedger(journey.deps)).failures).toEqual([
      `click ${forged}: it was not written by the receiver`,
    ]);
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    expect(await asDeed(deed, () => acceptRows(journey.deps))).toMatchObject({ count: 1 });
    await journey.expectSoundLedger();
  });

  it("that is given another's seal, or another partner before it is bought by, is found", async () => {
    const journey = await openClicked();
    const { token } = await journey.partnerWithToken("west");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await dropGuards(journey.database, "clicks");
    await runRaw(journey.database, [
      forgery("south"),
      `update clicks set seal = (select seal from clicks where partner_id = 'north') where reference = '${forged}'`,
      `update clicks set partner_id = 'south' where reference = '${reference}'`,
    ]);
    await journey.buy("cs_2", forged);
    await journey.buy("cs_3", reference);
    const { failures } = await verifyLedger(journey.deps);
    for (const one of [forged, reference])
      expect(failures).toContainEqual(`click ${one}: it was not written by the receiver`);
  });

  it("of before is given its seal by the first start, in steps that go on after a kill, and none afterwards", async () => {
    const journey = await openClicked();
    const { store, hashes } = journey.deps;
    const { token } = await journey.partnerWithToken("east");
    for (let click = 0; click < 4; click++)
      await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await dropGuards(journey.database, "receipts");
    await dropGuards(journey.database, "clicks");
    await runRaw(journey.database, [
      "update clicks set seal = null",
      "delete from receipts where receipt like 'sealed clicks %'",
    ]);
    await expect(settleClicks(killedAfter(store, 2), hashes, { rowsPerStep: 1 })).rejects.toThrow("killed");
    expect(await unsealed(journey)).toBe(3);
    expect(await settleClicks(killedAfter(store, 4), hashes, { rowsPerStep: 1 })).toBe(5);
    expect(await unsealed(journey)).toBe(0);
    await journey.expectSoundLedger();
    // The mark is taken away, for a click that somebody writes to be taken as one of before.
    await runRaw(journey.database, [
      "delete from receipts where receipt like 'sealed clicks %'",
      forgery("south"),
    ]);
    expect(await settleClicks(store, hashes)).toBe(0);
    expect((await verifyLedger(journey.deps)).failures).toContainEqual(
      "clicks: it was not noted that all of them have a seal",
    );
  });

  it("keeps a seal through a new pepper, and one that nobody made gets none", async () => {
    const journey = await openClicked();
    const { hashes, store } = journey.deps;
    await runRaw(journey.database, [forgery("south")]);
    const rotated = createHashes("another pepper, long enough for anything", undefined);
    await settleClicks(store, { ...rotated, former: hashes }, { rowsPerStep: 1 });
    const rows = await store.cold.selectFrom("clicks").select(["reference", "seal"]).execute();
    expect(rows.filter(({ seal }) => seal === null)).toMatchObject([{ reference: forged }]);
    // Under the new pepper alone, as once the former one is destroyed.
    await expect(settleClicks(store, rotated)).resolves.toBeUndefined();
  });
});
