import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { erasePerson } from "../../../server/src/persons/persons.ts";
import { changingTables } from "../../../server/src/receipts/sealed-tables.ts";
import { settleReceipts } from "../../../server/src/receipts/settle-receipts.ts";
import { settleRowSeals } from "../../../server/src/receipts/settle-row-seals.ts";
import { settleSeals } from "../../../server/src/receipts/settle-seals.ts";
import { createHashes } from "../../../server/src/secrets/create-hashes.ts";
import { adoptNow, formerOfLicence } from "../../../server/src/secrets/former-hashes.ts";
import { settlePepper } from "../../../server/src/secrets/pepper.ts";
import { importOpenNumbers } from "../../../server/src/serials/import-open-numbers.ts";
import { importSerials } from "../../../server/src/serials/import-serials.ts";
import type { Store } from "../../../server/src/store/store.ts";
import { issueVouchers, openVoucherBatch } from "../../../server/src/vouchers/issue.ts";
import { redeemVoucher } from "../../../server/src/vouchers/redeem.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { ownPurchaseCompleted } from "../../shops/own-shop-fixtures.ts";
import { expectFound, unwritten } from "./tampering.ts";

const boxed = "PAINT-0001-Q7W3";
const pooled = "PAINT-0002-Q7W4";

const buy = (journey: Journey, licence: string, order: string) => {
  const nothing = { reference: undefined, coupon: undefined };
  return journey.own(
    ownPurchaseCompleted({ ...nothing, order, licence, paidAt: new Date(journey.now).toISOString() }),
  );
};

const activate = (journey: Journey, serial: string, licence: string) =>
  journey.app.request("/v1/registrations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "acme-paint", serial, licence }),
  });

/**
 * North and South each have a box, an open number and a voucher. North's box was activated, and its voucher exchanged. The
 * vendor itself sold VICTIM.
 */
async function sell(journey: Journey): Promise<void> {
  const { deps } = journey;
  const list = (...serials: string[]) => Readable.from([Buffer.from(serials.join("\n"))]);
  const product = "acme-paint";
  await importSerials(deps, { batch: "pool", product, pool: true, source: list(pooled) });
  await importSerials(deps, { batch: "north", product, partner: "north", source: list(boxed) });
  await importSerials(deps, { batch: "south", product, partner: "south", source: list("PAINT-0003-Q7W5") });
  await importOpenNumbers(deps, {
    batch: "open",
    product,
    partner: "north",
    open: { first: 5000, last: 5999 },
  });
  for (const partner of ["north", "south"]) {
    const { batch } = await openVoucherBatch(deps, { partner, product, batch: `cards-${partner}` });
    for await (const [voucher] of issueVouchers(deps, batch, 1))
      if (partner === "north") await redeemVoucher(deps, { code: voucher?.code ?? "" });
  }
  await activate(journey, boxed, "BOX-1");
  await buy(journey, "VICTIM", "A-1");
  // A purchase that names its serial writes what it was activated with too.
  await buy(journey, pooled, "A-2");
}

const victim = "(select licence_hash from orders where order_id = 'A-1')";
const batchOf = (name: string) => `(select batch_no from serial_batches where batch = '${name}')`;
const activated = unwritten("activation of a serial of batch \\d+");
const exchange = (name: string) => unwritten(`exchange of voucher cards-${name} 1`);

expectFound("a copy whose seller somebody writes is found, or refused:", [
  {
    what: "an activation of a licence that the vendor sold",
    after: sell,
    statements: [
      `insert into serial_activations (licence_hash, product, via, serial_hash, batch_no, open_number, activated_at)
        select ${victim}, 'acme-paint', 'order', 'x', ${batchOf("south")}, null, 1`,
    ],
    says: [activated],
  },
  {
    what: "an activation that is moved to another's batch",
    after: sell,
    refused: /serial_activations is append-only/,
    table: "serial_activations",
    statements: [`update serial_activations set batch_no = ${batchOf("south")}`],
    says: [activated],
  },
  {
    what: "an activation that is moved to another licence",
    after: sell,
    refused: /serial_activations is append-only/,
    table: "serial_activations",
    statements: [`update serial_activations set licence_hash = ${victim} where via = 'registration'`],
    says: [activated],
  },
  {
    what: "a voucher that is said to be exchanged for it",
    after: sell,
    statements: [
      `update vouchers set exchanged_at = 1, serial_hash = 'x', licence_hash = ${victim} where exchanged_at is null`,
    ],
    says: [exchange("south")],
  },
  {
    what: "an exchanged voucher whose licence is another's",
    after: sell,
    statements: [`update vouchers set licence_hash = ${victim} where exchanged_at is not null`],
    says: [exchange("north")],
  },
  {
    what: "a range of open numbers within another's",
    after: sell,
    statements: [
      `insert into serial_ranges (product, first_open, last_open, batch_no)
        select 'acme-paint', 5500, 5999, ${batchOf("south")}`,
    ],
    says: [unwritten("range of serials in batch \\d+ 5500")],
  },
  {
    what: "a batch of serials",
    after: sell,
    statements: [
      "insert into serial_batches (batch, product, kind, created_at) values ('mine', 'acme-paint', 'open', 1)",
    ],
    says: [unwritten("batch of serials mine")],
  },
  {
    what: "two serials that change their places",
    after: sell,
    refused: /serials keep their hashes/,
    statements: [
      `update serials set hash = ${"(select max(hash) from serials)"} where hash = (select min(hash) from serials)`,
    ],
    says: [],
  },
  {
    what: "a serial that is taken out, to be put into another batch",
    after: sell,
    refused: /a serial stays in its batch/,
    statements: ["delete from serials"],
    says: [],
  },
  {
    what: "a range of numbers that is taken out",
    after: sell,
    refused: /a range of numbers stays in its batch/,
    statements: ["delete from serial_ranges"],
    says: [],
  },
  {
    what: "two vouchers that change their places",
    after: sell,
    refused: /vouchers keep their hashes/,
    statements: ["update vouchers set code_hash = 'x' where exchanged_at is null"],
    says: [],
  },
]);

onEveryEngine("activations and exchanges", (bench) => {
  const own = changingTables.filter(({ table }) => table !== "clicks");
  async function openSold(): Promise<Journey> {
    const journey = await openJourney(bench);
    for (const partner of ["north", "south"]) await journey.partnerWithToken(partner);
    await sell(journey);
    return journey;
  }
  const unsealed = async ({ deps }: Journey) => {
    const { cold } = deps.store;
    const rows = [
      await cold.selectFrom("serial_activations").select("seal").execute(),
      await cold.selectFrom("vouchers").select("seal").where("exchanged_at", "is not", null).execute(),
    ].flat();
    return rows.filter(({ seal }) => seal === null).length;
  };
  const killedAfter = (store: Store, steps: number): Store => {
    let made = 0;
    return {
      ...store,
      write: (work) => (made++ < steps ? store.write(work) : Promise.reject(new Error("killed"))),
    };
  };

  it("of before are given their seals by the first start, in steps that go on after a kill", async () => {
    const journey = await openSold();
    const { store, hashes } = journey.deps;
    for (const { table } of own) await dropGuards(journey.database, table);
    await dropGuards(journey.database, "receipts");
    const forgetting = own.flatMap(({ table }) => [
      `update ${table} set seal = null`,
      `delete from receipts where receipt like 'sealed ${table} %'`,
    ]);
    await runRaw(journey.database, forgetting);
    const { failures } = await verifyLedger(journey.deps);
    for (const { table } of own)
      expect(failures).toContainEqual(`${table}: it was not noted that all of them have a seal`);
    const [activations] = own;
    if (activations === undefined) throw new Error("there are activations");
    const killed = settleRowSeals(killedAfter(store, 1), hashes, { table: activations, rowsPerStep: 1 });
    await expect(killed).rejects.toThrow("killed");
    expect(await unsealed(journey)).toBe(2);
    expect(await settleSeals(store, hashes, { rowsPerStep: 1 })).toBe(3);
    expect(await unsealed(journey)).toBe(0);
    await journey.expectSoundLedger();
  });

  it("keep their seals when a person is erased, and through a new pepper; one that nobody made gets none", async () => {
    const journey = await openSold();
    const { deps, database } = journey;
    await erasePerson(deps, { licence: pooled });
    await journey.expectSoundLedger();
    const before = { ...deps.hashes };
    const second = "another pepper, long enough for anything";
    await runRaw(database, [
      `insert into serial_activations (licence_hash, product, via, serial_hash, batch_no, open_number, activated_at)
        select ${victim}, 'acme-paint', 'order', 'x', ${batchOf("south")}, null, 1`,
    ]);
    Object.assign(deps.hashes, createHashes(second, undefined), { former: before });
    await settlePepper(deps);
    await settleReceipts(deps.store, deps.hashes);
    await settleSeals(deps.store, deps.hashes, { rowsPerStep: 1 });
    // The box is met again: what it was activated with is kept under other hashes, with other seals.
    for (const text of [boxed, "BOX-1"]) await adoptNow(deps, formerOfLicence(deps.hashes, text));
    Object.assign(deps.hashes, { former: undefined });
    const { failures } = await verifyLedger(deps);
    expect(failures).toEqual([expect.stringMatching(activated)]);
    expect(await unsealed(journey)).toBe(1);
  });
});
