import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { listPayouts, showPayout } from "../../server/src/payouts/payout.ts";
import { readTaxYear, taxYearCsv } from "../../server/src/payouts/tax-year.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { statement } from "../store/rows.ts";
import { detailsOf, ibans } from "./payout-details.ts";
import { openPayouts } from "./payout-world.ts";

onEveryEngine("payouts", (bench) => {
  it("are proposed from what is payable, and each partner left out is told with its reason", async () => {
    const disputed = {
      reason: "disputed",
      detail: "An order is contested.",
      amountMinor: 300,
    };
    const world = await openPayouts(bench, {
      config: { minimumMinor: { EUR: 1_000 }, taxFormFor: ["US"] },
      blocks: [async (_tx, _deps, { partner }) => (partner === "contested" ? [disputed] : [])],
    });
    await world.payee("north", 5_000);
    await world.payee("small", 999);
    await world.payee("owes", -400);
    await world.payee("contested", 2_000);
    await world.payee("moved", 7_000);
    await setDetails(
      world.deps,
      "moved",
      detailsOf("moved", { accounts: [{ kind: "iban", name: "M", iban: ibans[1] }] }),
    );
    await addPartner(world.deps, { id: "unknown", name: "unknown" });
    await world.owe("unknown", 3_000);
    await world.payee("american", 4_000, { address: { town: "Austin", country: "US" } });
    await world.payee("yen", 5_000, {
      accounts: [{ kind: "paypal", email: "y@example.com", currency: "JPY" }],
    });
    await world.owe("yen", 700, "JPY");
    const dry = await world.propose({ dryRun: true });
    expect((await listPayouts(world.deps)).payouts).toEqual([]);
    const { batches, payouts, excluded } = await world.propose();
    expect(payouts).toEqual(dry.payouts);
    expect(payouts.map(({ partner, amountMinor, channel }) => [partner, amountMinor, channel])).toEqual([
      ["contested", 1_700, "bank"],
      ["north", 5_000, "bank"],
      ["yen", 700, "paypal"],
    ]);
    expect(
      batches.map(({ currency, channel, totalMinor, state }) => [currency, channel, totalMinor, state]),
    ).toEqual([
      ["EUR", "bank", 6_700, "proposed"],
      ["JPY", "paypal", 700, "proposed"],
    ]);
    expect(
      excluded.map(({ partner, reason, payableMinor, heldBackMinor }) => [
        partner,
        reason,
        payableMinor,
        heldBackMinor,
      ]),
    ).toEqual([
      ["american", "tax_form_missing", 4_000, 4_000],
      ["contested", "disputed", 2_000, 300],
      ["moved", "details_changed", 7_000, 7_000],
      ["owes", "negative_balance", -400, 0],
      ["small", "below_minimum", 999, 999],
      ["unknown", "details_missing", 3_000, 3_000],
      ["yen", "account_missing", 5_000, 5_000],
    ]);
    // What is open is reserved: nothing is proposed twice.
    const again = await world.propose();
    expect(again.payouts).toEqual([]);
    await world.owe("north", 1_500);
    expect((await world.propose()).payouts).toMatchObject([{ partner: "north", amountMinor: 1_500 }]);
  });

  it("are at most what was payable by the end of a day", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 5_000);
    const until = world.deps.clock();
    world.journey.pass(2);
    await world.owe("north", 800);
    await world.owe("north", -100);
    const { payouts, excluded } = await world.propose({ until });
    expect(payouts).toMatchObject([{ partner: "north", amountMinor: 5_000 }]);
    expect(excluded).toMatchObject([{ reason: "after_until", heldBackMinor: 700 }]);
    expect((await world.propose({ until: addDays(until, 3) })).payouts).toMatchObject([{ amountMinor: 700 }]);
  });

  it("are approved by another person, who takes out what may not be sent any more", async () => {
    const world = await openPayouts(bench);
    for (const id of ["north", "south", "moved", "east"]) await world.payee(id, 1_000);
    const [batch] = (await world.propose()).batches;
    const id = batch?.id ?? "";
    await expect(world.approve(id, "cli:ann")).rejects.toMatchObject({ code: "payout_same_person" });
    await expect(world.send(id)).rejects.toMatchObject({ code: "payout_state" });
    await expect(world.confirm(id, { all: true })).rejects.toMatchObject({ code: "payout_state" });
    await world.owe("south", -1);
    const moved = { accounts: [{ kind: "iban", name: "M", iban: ibans[1] }] };
    await setDetails(world.deps, "moved", detailsOf("moved", moved));
    const { takenOut, payout } = await world.approve(id);
    expect(takenOut.map(({ partner, reason }) => [partner, reason])).toEqual([
      ["moved", "details_changed"],
      ["south", "no_longer_payable"],
    ]);
    expect(payout).toMatchObject({ state: "approved", approvedBy: "cli:ben", items: 2, totalMinor: 2_000 });
    expect((await world.approve(id, "cli:eve")).payout.approvedBy).toBe("cli:ben");
    // Between approval and export too.
    await setDetails(world.deps, "east", detailsOf("east", moved));
    const file = await world.send(id);
    expect(file.takenOut).toMatchObject([{ partner: "east" }]);
    expect(file.content).toContain("<NbOfTxs>1</NbOfTxs>");
    expect(file.content).not.toContain(ibans[1]?.replaceAll(" ", ""));
    await expect(world.cancel(id)).rejects.toMatchObject({ code: "payout_state" });
    expect((await world.propose()).payouts).toMatchObject([{ partner: "south", amountMinor: 999 }]);
  });

  it("of which every row was taken out leave no file behind, since no bank takes an empty one", async () => {
    const world = await openPayouts(bench);
    for (const id of ["north", "south"]) await world.payee(id, 1_000);
    const [batch] = (await world.propose()).batches;
    const id = batch?.id ?? "";
    await world.approve(id);
    for (const partner of ["north", "south"]) await world.owe(partner, -1_000);
    for (let times = 0; times < 2; times++)
      await expect(world.send(id)).rejects.toMatchObject({ code: "payout_state" });
    expect((await showPayout(world.deps, id)).rows.map(({ state, why }) => [state, why])).toEqual([
      ["failed", "no_longer_payable"],
      ["failed", "no_longer_payable"],
    ]);
    expect(await world.check()).toEqual([]);
  });

  it("are exported the same each time, and in one form alone", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    const { id, content } = await world.sendAll();
    world.journey.pass(3);
    await setDetails(world.deps, "north", detailsOf("North moved"));
    expect((await world.send(id)).content).toBe(content);
    await expect(world.send(id, { format: "csv" })).rejects.toMatchObject({ code: "payout_state" });
    await world.confirm(id, { all: true });
    expect((await world.send(id)).content).toBe(content);
  });

  it("are booked once confirmed, payable again once failed, and booked back once returned", async () => {
    const world = await openPayouts(bench);
    for (const id of ["east", "north", "south"]) await world.payee(id, 1_000);
    const { id } = await world.sendAll();
    expect(await world.sums("north")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
    const first = await world.confirm(id, { row: 2, failed: "AC04 closed account" });
    expect(first.changed).toEqual({ confirmed: 0, failed: 1, returned: 0, pending: 0 });
    const all = await world.confirm(id, { all: true });
    expect(all).toMatchObject({ changed: { confirmed: 2 }, payout: { state: "settled" } });
    expect(await world.confirm(id, { all: true })).toMatchObject({ changed: { confirmed: 0 }, unchanged: 0 });
    expect(await world.confirm(id, { row: 1 })).toMatchObject({ changed: { confirmed: 0 }, unchanged: 1 });
    expect(await world.confirm(id, { row: 2 })).toMatchObject({
      contradicted: [expect.stringMatching(/^pi-/)],
    });
    expect(await world.sums("north")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
    expect(await world.sums("east")).toEqual({ payableMinor: 0, paidMinor: 1_000 });
    expect((await world.propose()).payouts).toMatchObject([{ partner: "north", amountMinor: 1_000 }]);
    for (let times = 0; times < 2; times++) await world.confirm(id, { row: 1, failed: "came back" });
    expect(await world.sums("east")).toEqual({ payableMinor: 1_000, paidMinor: 0 });
    expect((await showPayout(world.deps, id)).rows[0]).toMatchObject({ state: "returned", why: "came back" });
    // An old answer does not undo what came back later.
    expect(await world.confirm(id, { row: 1 })).toMatchObject({ unchanged: 1 });
    expect(await world.check()).toEqual([]);
  });

  it("are held against the journal by ledger verify", async () => {
    const world = await openPayouts(bench);
    for (const id of ["north", "south"]) await world.payee(id, 1_000);
    const { id } = await world.sendAll();
    await world.confirm(id, { row: 1 });
    const change = (text: string) => world.deps.store.write((tx) => tx.run(statement(text), {}));
    expect(await world.check()).toEqual([]);
    await change("update payout_items set state = 'open' where partner_id = 'north'");
    expect(await world.check()).toEqual([expect.stringMatching(/from payout pi-\w+: its payout is open/)]);
    await expect(
      change("update payout_items set amount_minor = 999 where partner_id = 'north'"),
    ).rejects.toThrow(/how much, stays as it was/);
    await change("update payout_items set state = 'confirmed' where partner_id = 'north'");
    expect(await world.check()).toEqual([]);
    await change("update payout_items set state = 'confirmed', settled_at = 1 where partner_id = 'south'");
    expect(await world.check()).toEqual([expect.stringMatching(/it is confirmed, and the journal does not/)]);
  });

  it("give back what they reserved when they are cancelled", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    const [batch] = (await world.propose()).batches;
    await world.cancel(batch?.id ?? "");
    expect(await world.cancel(batch?.id ?? "")).toMatchObject({
      state: "cancelled",
      counts: { cancelled: 1 },
    });
    await expect(world.approve(batch?.id ?? "")).rejects.toMatchObject({ code: "payout_state" });
    expect((await world.propose()).payouts).toMatchObject([{ amountMinor: 1_000 }]);
  });

  it("proposed by many at once reserve each amount once", async () => {
    const world = await openPayouts(bench);
    for (const id of ["east", "north", "south"]) await world.payee(id, 1_000);
    const proposals = await Promise.all(Array.from({ length: 6 }, () => world.propose()));
    const made = proposals.flatMap(({ batches }) => batches);
    expect(made.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(3_000);
    // Each says what its own batches hold: those that came late hold nothing.
    for (const { batches, payouts } of proposals)
      expect(payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
        batches.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
      );
    const [batch] = made;
    await world.approve(batch?.id ?? "");
    await world.send(batch?.id ?? "");
    await Promise.all(Array.from({ length: 6 }, () => world.confirm(batch?.id ?? "", { all: true })));
    expect(await world.sums("north")).toEqual({ payableMinor: 0, paidMinor: 1_000 });
    expect(await world.check()).toEqual([]);
  });

  it("are a vendor's by the API, and a partner sees its own alone", async () => {
    const world = await openPayouts(bench);
    await world.payee("north", 1_000);
    await world.payee("south", 2_000);
    const { admin, app } = world.journey;
    const proposed = await admin("POST", "/v1/payouts", { currency: "EUR" });
    expect(proposed.status).toBe(200);
    const [{ id = "" } = {}] = (proposed.body as { batches: { id: string }[] }).batches;
    expect(await admin("POST", `/v1/payouts/${id}/approve`)).toMatchObject({
      status: 409,
      body: { code: "payout_same_person" },
    });
    await world.approve(id);
    const file = await admin("POST", `/v1/payouts/${id}/export`, { format: "csv" });
    expect(String(file.body.content).split("\r\n")[1]).toMatch(
      /^pi-[a-z0-9]{25},north,DE89370400440532013000,/,
    );
    expect(await admin("POST", `/v1/payouts/${id}/confirm`, { row: 7 })).toMatchObject({ status: 400 });
    expect(await admin("POST", `/v1/payouts/${id}/confirm`, { file: "<x/>" })).toMatchObject({ status: 422 });
    expect(await admin("POST", `/v1/payouts/${id}/confirm`, { all: true })).toMatchObject({
      status: 200,
      body: { changed: { confirmed: 2 } },
    });
    expect(await admin("GET", `/v1/payouts/${id}`)).toMatchObject({ body: { state: "settled" } });
    expect(await admin("GET", "/v1/payouts/po_none")).toMatchObject({ status: 404 });
    const { key } = await issuePartnerKey(world.deps, { partner: "north" });
    const mine = await app.request("/v1/partner/payouts", { headers: { authorization: `Bearer ${key}` } });
    const text = await mine.text();
    expect(JSON.parse(text)).toMatchObject({
      payouts: [{ amountMinor: 1_000, state: "confirmed" }],
      next: null,
    });
    expect(text).not.toMatch(/south|po_/);
  });

  it("of a year are summed by partner with its tax facts", async () => {
    const world = await openPayouts(bench, { config: { reportableMinor: 100_000 } });
    const american = {
      address: { street: "1 Main St", town: "Austin", region: "TX", postCode: "73301", country: "US" },
      tax: { treatment: "outside_scope", number: "12-3456789", form: "W-9", formReceivedOn: "2026-01-05" },
      accounts: [
        {
          kind: "local",
          name: "=Eagle LLC",
          number: "000123456789",
          bankCode: "111000025",
          bankCountry: "US",
        },
      ],
    };
    await world.payee("eagle", 150_000, american, "USD");
    const numbered = (number: string) => ({ ...american, tax: { ...american.tax, number } });
    await world.payee("robin", 99_999, numbered("98-7654321"), "USD");
    // One payee to the tax office under two ids, each below the sum.
    await world.payee("wren-new", 60_000, numbered("55-5555555"), "USD");
    await world.payee("wren-old", 40_000, numbered("555555555"), "USD");
    const { id } = await world.sendAll();
    await world.confirm(id, { all: true });
    world.journey.pass(60);
    await world.confirm(id, { row: 1, failed: "came back" });
    const rows = await readTaxYear(world.deps, 2026);
    expect(
      rows.map(({ partner, netMinor, is1099, taxNumber }) => [partner, netMinor, is1099, taxNumber]),
    ).toEqual([
      ["eagle", 150_000, true, "…6789"],
      ["robin", 99_999, false, "…4321"],
      ["wren-new", 60_000, true, "…5555"],
      ["wren-old", 40_000, true, "…5555"],
    ]);
    expect(await readTaxYear(world.deps, 2027)).toMatchObject([{ partner: "eagle", netMinor: -150_000 }]);
    const csv = await taxYearCsv(world.deps, 2026);
    expect(csv.split("\r\n")[1]).toBe(
      "eagle,eagle,12-3456789,W-9,2026-01-05,,outside_scope,1 Main St,,Austin,TX,73301,US,ann@north.example,2026,USD,1500.00,0.00,1500.00,1,yes",
    );
  });
});
