import { Readable } from "node:stream";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { readAccount } from "../../server/src/account/account.ts";
import { takeDealStep } from "../../server/src/deals/deals.ts";
import { mostWaiting, registerDeal } from "../../server/src/deals/register-deal.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { resolveHeld } from "../../server/src/orders/rule/resolve-held.ts";
import { erasePerson } from "../../server/src/persons/persons.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { importSerials } from "../../server/src/serials/import-serials.ts";
import { query } from "../../server/src/store/query.ts";
import { issueVouchers, openVoucherBatch } from "../../server/src/vouchers/issue.ts";
import { redeemVoucher } from "../../server/src/vouchers/redeem.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "./attack-world.ts";

const own = "mallory.partner@mallory.example";

/** A thief who has boxes of her own to sell, as many as she likes. */
async function openWithBoxes(bench: Bench) {
  const attack = await openAttack(bench);
  await importSerials(attack.deps, {
    batch: "hers",
    product: "acme-paint",
    partner: "mallory",
    source: Readable.from([Buffer.from("HERS-0001\nHERS-0002\nHERS-0003\n")]),
  });
  const activate = async (serial: string, licence: string) => {
    const response = await attack.app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: "acme-paint", serial, licence }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  return Object.assign(attack, { activate });
}

// What a partner can steal with the rooms that came after the first stories: each says what it earned before it was mended.
onEveryEngine("a partner who tries the newer doors", (bench) => {
  it("buys for itself, and has itself erased: 2,000 then, nothing now", async () => {
    const attack = await openAttack(bench);
    const reference = await attack.follow(attack.mallory);
    await attack.buy({ id: "cs_1", licence: "OWN", email: own, reference });
    expect(await attack.explain("cs_1")).toMatchObject({ reason: "self_purchase" });
    await erasePerson(attack.deps, { email: own });
    expect((await readAccount(attack.deps, own)).purchases).toEqual([]);
    await attack.register("OWN", attack.mallory);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "unattributed", reason: "self_purchase" });
    expect(await attack.gain()).toBe(0);
  });

  it("buys under another spelling, and has that erased while the order waits: 2,000 then, held now", async () => {
    const attack = await openAttack(bench);
    const email = "anybody@mail.mallory.example";
    await attack.register("OWN", attack.mallory);
    await attack.buy({ id: "cs_1", licence: "OWN", email });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
    await erasePerson(attack.deps, { email });
    await attack.register("OWN", attack.honest);
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "held", reason: "self_purchase_alias" });
    expect(await attack.gain()).toBe(0);
  });

  it("registers a deal about itself, and about a customer who has bought already: nothing", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    await attack.buy({ id: "cs_early", email: "ann@victim.example" });
    for (const customer of [own, "victim.example"]) {
      const { deal_id: id } = await registerDeal(deps, { partner: "mallory", customer });
      await takeDealStep(deps, id, { step: "accepted", until: addDays(deps.clock(), 90), note: "yes" });
    }
    await attack.buy({ id: "cs_own", email: own });
    expect(await attack.explain("cs_own")).toMatchObject({
      outcome: "unattributed",
      reason: "self_purchase",
    });
    // Something that makes the receiver decide the old order again.
    await attack.register("NEW", attack.mallory);
    expect(await attack.explain("cs_early")).toMatchObject({ outcome: "unattributed" });
    for (const customer of ["gmail.com", "co.uk", "*.example", "example"])
      await registerDeal(deps, { partner: "mallory", customer }).catch((error: { code: string }) => {
        expect(error.code).toBe("request_invalid");
      });
    await attack.buy({ id: "cs_gmail", email: "somebody@gmail.com" });
    await attack.buy({ id: "cs_uk", email: "somebody@firm.co.uk" });
    expect(await attack.gain()).toBe(0);
  });

  it("registers more deals than anybody can read: the rest is refused", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    const { deal_id } = await registerDeal(deps, { partner: "mallory", customer: "c1.example" });
    // As many as are read at the most, written at once: the door is asked for the last one alone.
    const copies = query<Record<never, never>>()((db) => ({
      compile: () =>
        sql`insert into deals select deal_id || 'x' || n, partner_id, customer_hash || n, customer_sealed, product,
          territory, registered_at, decide_by, state, accepted_at, protected_until, ended_at, site_hash || n
          from deals, (${sql.raw(
            Array.from({ length: mostWaiting - 1 }, (_, n) => `select ${n} as n`).join(" union all "),
          )}) as numbers`.compile(db),
    }));
    await deps.store.write((tx) => tx.run(copies, {}));
    await expect(registerDeal(deps, { partner: "mallory", customer: "c2.example" })).rejects.toMatchObject({
      code: "too_many_requests",
    });
    expect(await registerDeal(deps, { partner: "mallory", customer: "c1.example" })).toMatchObject({
      deal_id,
    });
    expect(await registerDeal(deps, { partner: "honest", customer: "c2.example" })).toBeDefined();
  });

  it("buys its own boxes under another spelling of its address: held, as with a link", async () => {
    const attack = await openWithBoxes(bench);
    await attack.buy({ id: "cs_1", licence: "HERS-0002", email: "anybody@mail.mallory.example" });
    expect(await attack.explain("cs_1")).toMatchObject({
      outcome: "held",
      reason: "self_purchase_alias",
      evidence: [{ kind: "serial", partner: "mallory" }],
    });
    await attack.buy({ id: "cs_2", licence: "HERS-0003", email: own });
    expect(await attack.explain("cs_2")).toMatchObject({ outcome: "unattributed", reason: "self_purchase" });
    expect(await attack.gain()).toBe(0);
  });

  it("activates a serial of its own with the licence of another's customer: 2,000 a renewal then, nothing now", async () => {
    const attack = await openWithBoxes(bench);
    await attack.register("VICTIM", attack.honest);
    await attack.buy({ id: "cs_1", licence: "VICTIM", email: "customer@home.example" });
    attack.pass(200);
    await attack.activate("HERS-0001", "VICTIM");
    attack.pass(165);
    await attack.buy({ id: "cs_2", licence: "VICTIM", email: "customer@home.example" });
    expect(await attack.explain("cs_2")).toMatchObject({ partner: "honest" });
    expect(await attack.gain()).toBe(0);
  });

  it.each(["a public token", "a box of its own"])(
    "claims what the vendor had sold itself, by %s: the first order and each renewal then, held now",
    async (way) => {
      const attack = await openWithBoxes(bench);
      await attack.buy({ id: "cs_1", licence: "DIRECT", email: "customer@home.example" });
      attack.pass(200);
      if (way === "a public token") await attack.register("DIRECT", attack.mallory);
      else await attack.activate("HERS-0001", "DIRECT");
      attack.pass(165);
      await attack.buy({ id: "cs_2", licence: "DIRECT", email: "customer@home.example" });
      for (const order of ["cs_1", "cs_2"])
        expect(await attack.explain(order)).toMatchObject({ outcome: "held", reason: "claim_late" });
      expect(await attack.gain()).toBe(0);
    },
  );

  it("exchanges its own voucher and activates the serial with a victim's licence: 2,000 a renewal then, nothing now", async () => {
    const attack = await openWithBoxes(bench);
    const { deps } = attack;
    await importSerials(deps, {
      batch: "pool",
      product: "acme-paint",
      pool: true,
      source: Readable.from([Buffer.from("POOL-0001\n")]),
    });
    const { batch } = await openVoucherBatch(deps, { partner: "mallory", product: "acme-paint" });
    let code = "";
    for await (const some of issueVouchers(deps, batch, 1)) code = some[0]?.code ?? "";
    await attack.register("VICTIM", attack.honest);
    await attack.buy({ id: "cs_1", licence: "VICTIM", email: "customer@home.example" });
    attack.pass(1);
    const { serial } = await redeemVoucher(deps, { code });
    await attack.activate(serial, "VICTIM");
    attack.pass(365);
    await attack.buy({ id: "cs_2", licence: "VICTIM", email: "customer@home.example" });
    expect(await attack.explain("cs_2")).toMatchObject({ partner: "honest" });
    expect(await attack.gain()).toBe(0);
  });

  it("contests another's orders and registers its customers' addresses after the sale: nothing moves", async () => {
    const attack = await openAttack(bench);
    const { deps } = attack;
    const reference = await attack.follow(attack.honest);
    await attack.buy({ id: "cs_1", licence: "L1", email: "customer@home.example", reference });
    await openDispute(deps, "mallory", { number: "cs_1", text: "Ours." });
    await registerEmails(deps, { partner: "mallory", origin: "api" }, [
      { row: 1, email: "customer@home.example" },
    ]);
    attack.pass(40);
    await attack.buy({ id: "cs_2", licence: "L1", email: "customer@home.example" });
    expect(await attack.explain("cs_1")).toMatchObject({ partner: "honest" });
    expect(await attack.explain("cs_2")).toMatchObject({ partner: "honest" });
    expect(await attack.gain()).toBe(0);
  });
});

onEveryEngine("a list of addresses that leaked", (bench) => {
  const registerMany = async (attack: Awaited<ReturnType<typeof openAttack>>, count: number, from = 0) => {
    for (let first = from; first < from + count; first += 500) {
      const entries = Array.from({ length: Math.min(500, from + count - first) }, (_, index) => ({
        row: index + 1,
        email: `person-${first + index}@leaked-${first + index}.example`,
      }));
      await registerEmails(attack.deps, { partner: "mallory", origin: "api", unlimited: true }, entries);
    }
  };

  it("earns whoever buys of it: 2,000 a buyer then, held now", async () => {
    const attack = await openAttack(bench);
    await registerMany(attack, 1_001);
    attack.pass(1);
    for (const n of [7, 8]) await attack.buy({ id: `cs_${n}`, email: `person-${n}@leaked-${n}.example` });
    expect(await attack.explain("cs_7")).toMatchObject({
      outcome: "held",
      reason: "addresses_unproven",
      suspicions: [{ code: "addresses_unproven", figures: { registered: 1_001, sales: 0 } }],
    });
    expect(await attack.gain()).toBe(0);
    const { count } = await resolveHeld(attack.deps, {
      reason: "addresses_unproven",
      partner: "mallory",
      to: "as-decided",
      note: "its own customers after all",
    });
    expect(count).toBe(2);
    expect(await attack.gain()).toBe(4000);
  });

  it("begins small, so that the first buyers look honest: what is released later is looked at again", async () => {
    const attack = await openAttack(bench);
    await registerMany(attack, 10);
    attack.pass(1);
    await attack.buy({ id: "cs_7", email: "person-7@leaked-7.example" });
    expect(await attack.explain("cs_7")).toMatchObject({ outcome: "credited" });
    await registerMany(attack, 1_000, 10);
    expect(await attack.gain()).toBe(0);
    expect(await attack.explain("cs_7")).toMatchObject({ outcome: "held", reason: "addresses_unproven" });
  });

  it("is no suspicion where the vendor imported it itself", async () => {
    const attack = await openAttack(bench);
    const customers = Array.from({ length: 1_000 }, (_, n) => `own-${n}@customers.example`);
    for (const list of [customers, ["ann@home.example"]])
      await registerEmails(
        attack.deps,
        { partner: "honest", origin: "import", unlimited: true },
        list.map((email, index) => ({ row: index + 1, email })),
      );
    attack.pass(1);
    await attack.buy({ id: "cs_1", email: "ann@home.example" });
    expect(await attack.explain("cs_1")).toMatchObject({ outcome: "credited", partner: "honest" });
  });
});
