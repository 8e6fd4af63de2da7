import { Readable } from "node:stream";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { listOrganisations } from "../../server/src/customers/organisations.ts";
import { listCustomers } from "../../server/src/customers/shown-customers.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { listDeals, takeDealStep } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { readDisputeFile } from "../../server/src/disputes/answer-dispute.ts";
import { showDispute } from "../../server/src/disputes/open-dispute.ts";
import { listMail } from "../../server/src/mail/mails.ts";
import { findOrdersBy } from "../../server/src/orders/explain/find-orders.ts";
import { openWebhookSecret } from "../../server/src/outbox/webhook-secret.ts";
import { readDetails } from "../../server/src/partner-details/details.ts";
import { listPeople } from "../../server/src/people/people.ts";
import { exportPerson } from "../../server/src/persons/persons.ts";
import { settleReceipts } from "../../server/src/receipts/settle-receipts.ts";
import { settleSeals } from "../../server/src/receipts/settle-seals.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { addCodes } from "../../server/src/rewards/codes.ts";
import { createHashes } from "../../server/src/secrets/create-hashes.ts";
import { settlePepper } from "../../server/src/secrets/pepper.ts";
import { pepperStatus } from "../../server/src/secrets/pepper-status.ts";
import { keyedColumns } from "../../server/src/secrets/rows/keyed-columns.ts";
import { sealedColumns } from "../../server/src/secrets/sealed-columns.ts";
import { importSerials } from "../../server/src/serials/import-serials.ts";
import { query } from "../../server/src/store/query.ts";
import { redeemVoucher } from "../../server/src/vouchers/redeem.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { everyRow, idempotencyKey, jane, openFullWorld } from "./full-world.ts";

const statement = (text: string) =>
  query<Record<never, never>>()((db) => ({ compile: () => sql.raw(text).compile(db) }));

const oldPepper = "the pepper of the days before";
const newPepper = "the pepper of the days after";

/** A receiver that was filled under one pepper; `rotate` is its start with another, which names that one as the former. */
async function openBefore(bench: Bench) {
  const world = await openFullWorld(bench, oldPepper);
  const { deps } = world;
  const rotate = async () => {
    Object.assign(deps.hashes, createHashes(newPepper, oldPepper));
    const beforeRotation = async () => {
      await settleReceipts(deps.store, deps.hashes);
      await settleSeals(deps.store, deps.hashes);
    };
    return settlePepper({ ...deps, beforeRotation });
  };
  return Object.assign(world, { rotate });
}

onEveryEngine("another pepper", (bench) => {
  it("finds what was bound under the former one, and credits the renewal to whom the licence was bound", async () => {
    const world = await openBefore(bench);
    const { deps } = world;
    await world.register("LATE-1", world.honest);
    await world.rotate();
    const before = await pepperStatus(deps);
    expect(before.left).toMatchObject({ licences: expect.any(Number), vouchers: 2, batchSerials: 5 - 2 });
    // One licence, one binding: who comes second under the new pepper is a claim against the one under the old.
    await world.register("LATE-1", world.mallory);
    expect(world.logged("registration.conflict").at(-1)).toMatchObject({
      partner: "honest",
      claimedBy: "mallory",
    });
    await world.buy({ id: "cs_2", licence: "late 1" });
    expect(await world.explain("cs_2")).toMatchObject({ outcome: "credited", partner: "honest" });
    expect((await pepperStatus(deps)).leftInAll).toBeLessThan(before.leftInAll);
    const registered = await deps.store.cold.selectFrom("registrations").selectAll().execute();
    expect(registered).toHaveLength(2);
    await world.expectSoundLedger();
  });

  it("keeps serials and vouchers once: none is activated, imported or exchanged twice", async () => {
    const world = await openBefore(bench);
    const { deps } = world;
    const [first = "", second = ""] = world.codes;
    await world.activate("BOXX-0002", "ANN");
    const given = await redeemVoucher(deps, { code: first, idempotencyKey });
    await world.rotate();
    expect(await redeemVoucher(deps, { code: first, idempotencyKey })).toEqual(given);
    await expect(redeemVoucher(deps, { code: first })).rejects.toMatchObject({ code: "voucher_used" });
    expect(await redeemVoucher(deps, { code: second })).toMatchObject({ partner: "honest" });
    expect(await world.activate("BOXX-0002", "BOB")).toMatchObject({ body: { status: "conflict" } });
    expect(await world.activate("BOXX-0002", "ANN")).toMatchObject({ body: { status: "already_bound" } });
    const again = await importSerials(deps, {
      batch: "box",
      product: "acme-paint",
      source: Readable.from([Buffer.from("JANE-0001\nBOXX-0002\nboxx 0003\nBOXX-0004\n")]),
    });
    expect(again).toMatchObject({ serials: 4, added: 1, known: 3 });
    expect(await world.activate("BOXX-0003")).toMatchObject({ body: { status: "bound", partner: "honest" } });
    await world.expectSoundLedger();
  });

  it("notices the partner's own purchase, and finds registered addresses, deals and orders by address", async () => {
    const world = await openBefore(bench);
    const { deps } = world;
    await registerEmails(deps, { partner: "honest", origin: "api" }, [{ row: 1, email: "bob@home.example" }]);
    await world.buy({ id: "cs_late", licence: "OWN-2", email: "ann@works.example" });
    await world.rotate();
    await world.register("OWN", world.mallory);
    await world.buy({ id: "cs_own", licence: "OWN", email: "somebody@mallory.example" });
    expect(await world.explain("cs_own")).toMatchObject({
      outcome: "unattributed",
      reason: "self_purchase_domain",
    });
    // The address was registered by honest first, under the former pepper.
    await registerEmails(deps, { partner: "mallory", origin: "api" }, [
      { row: 1, email: "bob@home.example" },
    ]);
    await world.buy({ id: "cs_bob", email: "bob@home.example" });
    expect(await world.explain("cs_bob")).toMatchObject({ outcome: "credited", partner: "honest" });
    await world.buy({ id: "cs_works", email: "eve@works.example" });
    expect(await world.explain("cs_works")).toMatchObject({
      outcome: "credited",
      evidence: [{ kind: "deal", partner: "honest" }],
    });
    const { deal_id: id } = await registerDeal(deps, { partner: "mallory", customer: "works.example" });
    await expect(
      takeDealStep(deps, id, { step: "accepted", until: addDays(deps.clock(), 9), note: "x" }),
    ).rejects.toMatchObject({ code: "deal_conflict" });
    expect(await findOrdersBy(deps, { email: jane.email })).toMatchObject([{ order: "cs_jane" }]);
    expect(await findOrdersBy(deps, { serial: jane.licence })).toMatchObject([{ order: "cs_jane" }]);
    await world.expectSoundLedger();
  });

  it("opens what was sealed, knows who signs in, and writes no mail twice", async () => {
    const world = await openBefore(bench);
    const { deps } = world;
    expect(await world.rotate()).toBeGreaterThan(5);
    expect((await listPeople(deps)).people.map(({ mail }) => mail)).toContain("ann@vendor.example");
    expect((await listDeals(deps)).deals.map(({ customer }) => customer)).toContain("works.example");
    // A reward's code is known by its new hash.
    expect(await addCodes(deps, world.rewardOffer, ["SPRING-1", "SPRING-2"])).toEqual({ added: 1, known: 1 });
    const known = { email: jane.email, name: "Jane Doe", organisation: { name: "Doe's" } };
    expect((await listCustomers(deps)).customers).toMatchObject([known]);
    // Told of again, the same person and organisation are found by their new hashes.
    const again = { row: 1, email: jane.email, organisation: ["doe's"] };
    await tellCustomers(deps, { by: "vendor" }, [again]);
    expect((await listCustomers(deps)).customers).toMatchObject([known]);
    expect((await listOrganisations(deps)).organisations).toHaveLength(1);
    expect(
      await deps.store.read((tx) => readDetails(tx, deps.hashes, as.partner("honest"), deps.clock())),
    ).toBeDefined();
    const file = await readDisputeFile(deps, world.dispute.id, 1);
    expect(Buffer.from(file.bytes).toString()).toBe("proof");
    const [hook] = await deps.store.cold.selectFrom("outbox_destinations").selectAll().execute();
    expect(openWebhookSecret(hook?.secret ?? Buffer.of(), hook?.id ?? "", deps.hashes)).toMatch(/^whsec_/);
    expect((await listMail(deps, { state: "pending" })).mails.map(({ to }) => to)).toContain(jane.email);
    const mails = (await listMail(deps, { state: "pending" })).mails.length;
    await world.writeMail();
    expect((await listMail(deps, { state: "pending" })).mails).toHaveLength(mails);
    expect(await deps.store.cold.selectFrom("sign_ins").selectAll().execute()).toEqual([]);
    // What a partner claims of an order by its serial still leads there once the serial is seen.
    await exportPerson(deps, { licence: jane.licence });
    expect(await showDispute(deps, world.dispute.id)).toMatchObject({ candidates: [{ order: "cs_jane" }] });
  });

  it("is done with the former one when every text was seen, and says how much is left until then", async () => {
    const world = await openBefore(bench);
    const { deps } = world;
    await world.rotate();
    expect(await pepperStatus(deps)).toMatchObject({ former: { configured: true } });
    for (const code of world.codes) await redeemVoucher(deps, { code });
    for (const serial of ["BOXX-0002", "BOXX-0003"]) await world.activate(serial);
    await exportPerson(deps, { licence: jane.licence });
    for (const email of [jane.email, "mallory.partner@mallory.example", "honest.partner@honest.example"])
      await exportPerson(deps, { email });
    const { left, leftInAll } = await pepperStatus(deps);
    expect({ left, leftInAll }).toMatchObject({ leftInAll: 0 });
    const former = createHashes(oldPepper);
    const { rows } = await everyRow(world);
    const everything = JSON.stringify([...rows.values()]);
    for (const hash of [
      former.looseLicence(jane.licence),
      former.email(jane.email),
      former.emailDomain(jane.email),
    ])
      expect(everything).not.toContain(hash);
  });

  it("changes append-only rows in nothing but their hashes, and not at all before there was a rotation", async () => {
    const world = await openBefore(bench);
    const change = (sql: string) => world.deps.store.write((tx) => tx.run(statement(sql), {}));
    const renamed = "update serial_activations set licence_hash = 'x'";
    await expect(change(renamed)).rejects.toThrow(/append-only/);
    await world.rotate();
    for (const other of [
      "update serial_activations set batch_no = batch_no + 1",
      "update partner_details set accounts_changed = 1 - accounts_changed",
      "update dispute_entries set text = 'other'",
      "delete from serial_activations",
      "delete from dispute_entries",
    ])
      await expect(change(other)).rejects.toThrow(/append-only/);
  });

  it("knows every column that is made with it", async () => {
    const world = await openBefore(bench);
    const { tables } = await everyRow(world);
    const found = tables.flatMap(({ name, columns }) =>
      columns.map((column) => ({ name: `${name}.${column.name}`, type: column.dataType })),
    );
    const sealed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    const bytes = found.filter(({ type }) => /blob|bytea/i.test(type)).map(({ name }) => name);
    expect(bytes.filter((name) => !sealed.includes(name)).sort()).toEqual([...otherBytes].sort());
    const keyed = keyedColumns.map(({ table, column }) => `${table}.${column}`);
    const hashes = found
      .map(({ name }) => name)
      .filter((name) => /hash$/.test(name) && !bytes.includes(name) && name !== sortedLikeOrders);
    expect(hashes.filter((name) => !keyed.includes(name)).sort()).toEqual(Object.keys(otherHashes).sort());
  });
});

/** Columns of bytes that no key of the pepper seals. */
const otherBytes = [
  "ceremonies.sealed",
  "former_serials.hash",
  "passkeys.public_key",
  "pooled_serials.hash",
  "serials.hash",
  "sign_ins.mail",
];

/** SQLite alone sorts orders by it, and a trigger changes it as it changes the order's own. */
const sortedLikeOrders = "email_orders.email_hash";

/** Columns with hashes that need no list, and why. */
const otherHashes: Record<string, string> = {
  "ceremonies.browser_hash": "of 256 random bits, without a key",
  "customer_organisations.name_hash": "sealed beside it",
  "customer_people.email_hash": "sealed beside it",
  "deals.customer_hash": "made anew of what is sealed beside it",
  "deals.site_hash": "made anew of what is sealed beside it",
  "former_hashes.hash": "the list itself",
  "mails.recipient_hash": "made anew of what is sealed beside it",
  "orders.email_alias_hash": "made anew with the buyer's",
  "orders.email_domain_hash": "made anew with the buyer's",
  "orders.email_site_hash": "made anew with the buyer's",
  "partner_agreements.file_hash": "of a file, without a key",
  "payout_batches.file_hash": "of a file, without a key",
  "partner_keys.secret_hash": "of 256 random bits, without a key",
  "people.mail_hash": "made anew of what is sealed beside it",
  "reward_codes.code_hash": "made anew of what is sealed beside it",
  "sessions.customer_hash": "made anew of what is sealed beside it",
  "sessions.secret_hash": "of 256 random bits, without a key",
  "sign_ins.browser_hash": "sign-ins that have begun are ended",
  "sign_ins.code_hash": "sign-ins that have begun are ended",
  "sign_ins.link_hash": "sign-ins that have begun are ended",
  "sign_ins.mail_hash": "sign-ins that have begun are ended",
  "statements.hash": "of a document, without a key",
};
