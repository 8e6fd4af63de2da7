import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { listRequests, settleWaiting, showRequest } from "../../server/src/approvals/approvals.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { askSecondPerson } from "../../server/src/four-eyes/requests.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { releaseImported } from "../../server/src/imports/release-imported.ts";
import { workOffImports } from "../../server/src/imports/work-off-imports.ts";
import { type Correction, correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { openJourney } from "../journey/journey.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const limited = { adjustments: { approvalAboveMinor: { EUR: 10_000 } } };

async function openWorld(bench: Bench, config: Record<string, unknown> = limited) {
  const journey = await openJourney(bench, config);
  const { deps, folder } = journey;
  const as = <T>(name: string, work: () => Promise<T>) =>
    asDeed({ actor: `cli:${name}`, action: "test", subject: undefined }, work);
  const mapping = await readMapping("rewardful", { product: "acme-paint" });
  let written = 0;
  return {
    journey,
    deps,
    as,
    /** Imports rows, each `id partner amount state [due]`, as somebody. */
    async bring(who: string, rows: readonly string[], dryRun = false) {
      const file = join(folder, `rows-${++written}.csv`);
      const lines = rows.map((row) => {
        const [id, partner, amount, state, due = ""] = row.split(" ");
        return `${id},${partner},${id}@c.example,L-${id},${amount},EUR,${state},${due}`;
      });
      const head = "commission id,affiliate id,customer email,licence,amount,currency,state,due at";
      await writeFile(file, `${[head, ...lines].join("\n")}\n`);
      return as(who, () => importFiles(deps, { programme: "rewardful", files: [file], mapping, dryRun }));
    },
    async owed() {
      const rows = await readBalances(deps);
      return Object.fromEntries(rows.map((one) => [one.partner, one.payableMinor + one.heldMinor]));
    },
    approve: (who: string, id: string | null | undefined) =>
      as(who, () => settleWaiting(deps, id ?? "", "booked")),
    refuse: (who: string, id: string | null | undefined) =>
      as(who, () => settleWaiting(deps, id ?? "", "refused")),
  };
}

onEveryEngine("an import above the limit", (bench) => {
  it("waits for a second person where its rows come to more than one may book, and for nobody below", async () => {
    const { journey, bring, owed, approve, deps } = await openWorld(bench);
    const rows = ["a1 north 60.00 due", "a2 north 60.00 due", "b1 wes 50.00 due", "b2 wes 50.00 pending"];
    const foreseen = await bring("ann", rows, true);
    expect(foreseen).toMatchObject({ request: null, waits: [{ amountMinor: 12_000, currency: "EUR" }] });
    expect((await listRequests(deps)).requests).toEqual([]);
    const done = await bring("ann", rows);
    const [wes, north] = [done.waits[0], await owed()];
    expect(done.waits).toEqual([{ ...wes, amountMinor: 12_000 }]);
    expect(Object.values(north)).toEqual([10_000]);
    // The same rows again change nothing, and ask for nothing more.
    expect(await bring("bob", rows)).toMatchObject({ actions: { unchanged: 4 }, request: null, waits: [] });
    await expect(approve("ann", done.request)).rejects.toMatchObject({ code: "second_person_needed" });
    await journey.expectSoundLedger();
    expect(await approve("bob", done.request)).toMatchObject({ status: "booked", decidedBy: "cli:bob" });
    expect(Object.values(await owed()).sort()).toEqual([10_000, 12_000]);
    await expect(approve("eve", done.request)).rejects.toMatchObject({ code: "approval_settled" });
    expect(await bring("ann", rows)).toMatchObject({ actions: { unchanged: 4 } });
    await journey.expectSoundLedger();
  });

  it("counts what the same person imported or entered before, over several files", async () => {
    const { journey, deps, as, bring, owed } = await openWorld(bench);
    await addPartner(deps, { id: "other", name: "Other" });
    expect((await bring("ann", ["a1 north 60.00 due"])).waits).toEqual([]);
    const second = await bring("ann", ["a2 north 60.00 due"]);
    expect(second.waits).toMatchObject([{ amountMinor: 6_000 }]);
    const [partner = ""] = Object.keys(await owed());
    const about = { kind: "bonus", reference: "T", note: "N", currency: "EUR", partner } as const;
    expect(await as("ann", () => adjust(deps, { ...about, amountMinor: 5_000 }))).toMatchObject({
      status: "pending",
    });
    expect(await as("bob", () => adjust(deps, { ...about, amountMinor: 5_000 }))).toMatchObject({
      status: "booked",
    });
    expect((await bring("bob", ["a3 north 60.00 due"])).waits).toHaveLength(1);
    journey.pass(31);
    expect((await bring("ann", ["a4 north 60.00 due"])).waits).toEqual([]);
    expect(Object.values(await owed())).toEqual([6_000 + 5_000 + 6_000]);
    await journey.expectSoundLedger();
  });

  it("lets the books say what they said until a change is approved, and forgets it when it is refused", async () => {
    const { journey, bring, owed, approve, refuse } = await openWorld(bench);
    await bring("ann", ["a1 north 50.00 due"]);
    const more = await bring("ann", ["a1 north 900.00 due"]);
    expect(Object.values(await owed())).toEqual([5_000]);
    await refuse("bob", more.request);
    expect(Object.values(await owed())).toEqual([5_000]);
    const again = await bring("ann", ["a1 north 900.00 due"]);
    expect(again.waits).toMatchObject([{ amountMinor: 85_000 }]);
    // What the file says meanwhile takes the place of what waited.
    const less = await bring("ann", ["a1 north 700.00 due"]);
    await approve("bob", again.request);
    expect(Object.values(await owed())).toEqual([5_000]);
    await approve("bob", less.request);
    expect(Object.values(await owed())).toEqual([70_000]);
    await journey.expectSoundLedger();
  });

  it("waits where a partner's due amount is taken away, and not for what was paid elsewhere", async () => {
    const { journey, bring, owed, approve } = await openWorld(bench);
    const paid = await bring("ann", ["p1 north 5000.00 paid"]);
    expect(paid.waits).toEqual([]);
    const { request } = await bring("ann", ["a1 north 300.00 due"]);
    await approve("bob", request);
    const gone = await bring("ann", ["a1 north 300.00 voided"]);
    expect(gone.waits).toMatchObject([{ amountMinor: -30_000 }]);
    expect(Object.values(await owed())).toEqual([30_000]);
    await approve("bob", gone.request);
    expect(Object.values(await owed())).toEqual([0]);
    await journey.expectSoundLedger();
  });

  it("that was killed between pages ends with what the next run asks for, and so does its approval", async () => {
    const { journey, deps, as, bring, owed, approve } = await openWorld(bench);
    // What a killed run leaves: a request that still gathers, and rows that wait for it.
    const left = await bring("ann", ["a1 north 300.00 due"]);
    const open = await as("ann", () =>
      deps.store.write((tx) =>
        askSecondPerson(
          tx,
          { kind: "import", subject: "import rewardful", document: {}, moves: [], status: "gathering" },
          deps.clock(),
        ),
      ),
    );
    await expect(approve("bob", open.id)).rejects.toMatchObject({ code: "approval_settled" });
    await bring("bob", ["a1 north 300.00 due"]);
    expect(await showRequest(deps, open.id)).toMatchObject({ status: "pending", moves: [] });
    await approve("bob", left.request);
    expect(await workOffImports(deps)).toBe(0);
    expect(Object.values(await owed())).toEqual([30_000]);
    await journey.expectSoundLedger();
  });

  it("is held until its day also when it was approved after it was asked for", async () => {
    const { journey, deps, bring, approve } = await openWorld(bench);
    const rows = ["a1 north 300.00 pending 2099-01-01", "a2 north 1.00 pending 2026-12-15"];
    const { request } = await bring("ann", rows);
    journey.pass(40);
    await approve("bob", request);
    await releaseImported(deps);
    expect(await readBalances(deps)).toMatchObject([{ heldMinor: 30_000, payableMinor: 100 }]);
    await journey.expectSoundLedger();
  });

  it("needs nobody where no limit is configured", async () => {
    const { bring, owed } = await openWorld(bench, {});
    expect((await bring("ann", ["a1 north 9000.00 due"])).waits).toEqual([]);
    expect(Object.values(await owed())).toEqual([900_000]);
  });
});

onEveryEngine("a correction above the limit", (bench) => {
  const sold = async (bench: Bench) => {
    const world = await openWorld(bench, { adjustments: { approvalAboveMinor: { EUR: 1_500 } } });
    const { journey, deps, as } = world;
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`/r/acme-paint?t=${token}`);
    const more = { reference, paymentIntent: "pi_1" };
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), ...more, id: "cs_1" }));
    const correct = (who: string, what: Correction["what"], dryRun = false) =>
      as(who, () => correctOrder(deps, { shop: "stripe", order: "cs_1", what, note: "by hand" }, { dryRun }));
    return { ...world, correct };
  };

  it("changes nothing before a second person approves it, and then once", async () => {
    const { journey, deps, correct, approve } = await sold(bench);
    expect(await journey.balance("north")).toMatchObject({ heldMinor: 2_000 });
    expect(await correct("ann", { void: true }, true)).toMatchObject({
      credits: [{ remainingMinor: 0 }],
      waits: { moves: [{ partner: "north", currency: "EUR", amountMinor: -2_000 }] },
    });
    const { waits, credits } = await correct("ann", { void: true });
    expect([credits[0]?.remainingMinor, waits?.status]).toEqual([2_000, "pending"]);
    expect(await journey.balance("north")).toMatchObject({ heldMinor: 2_000 });
    await expect(approve("ann", waits?.id)).rejects.toMatchObject({ code: "second_person_needed" });
    const tries = await Promise.allSettled(["bob", "eve"].map((name) => approve(name, waits?.id)));
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await journey.balance("north")).toMatchObject({ heldMinor: 0 });
    expect((await listRequests(deps, { status: "booked" })).requests).toHaveLength(1);
    await journey.expectSoundLedger();
  });

  it("is refused for good, and counts the parts that one person cuts it into", async () => {
    const { journey, as, deps, correct, refuse } = await sold(bench);
    expect((await correct("ann", { refunded: "59.50" }, true)).waits).toBeNull();
    expect((await correct("ann", { refunded: "59.50" })).waits).toBeNull();
    const { waits } = await correct("ann", { refunded: "59.50" });
    expect(waits).toMatchObject({ status: "pending", note: "by hand", moves: [{ amountMinor: -1_000 }] });
    const taking = {
      kind: "adjustment",
      reference: "T",
      note: "N",
      currency: "EUR",
      partner: "north",
    } as const;
    expect(await as("ann", () => adjust(deps, { ...taking, amountMinor: -600 }))).toMatchObject({
      status: "pending",
    });
    await refuse("bob", waits?.id);
    expect(await journey.balance("north")).toEqual({ heldMinor: 1_000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("is entered and approved over the API", async () => {
    const { journey, as, deps } = await sold(bench);
    const path = "/v1/orders/stripe/cs_1/corrections";
    const rehearsed = await journey.admin("POST", path, { what: { void: true }, note: "n", dryRun: true });
    expect(rehearsed).toMatchObject({ status: 202, body: { waits: { moves: [{ amountMinor: -2_000 }] } } });
    const entered = await journey.admin("POST", path, { what: { void: true }, note: "n" });
    const { id } = entered.body.waits as { id: string };
    expect([entered.status, (await journey.admin("GET", `/v1/approvals/${id}`)).body.status]).toEqual([
      202,
      "pending",
    ]);
    expect(await journey.admin("POST", `/v1/approvals/${id}/approve`)).toMatchObject({
      status: 409,
      body: { code: "second_person_needed" },
    });
    expect((await journey.admin("GET", "/v1/approvals?status=pending")).body).toMatchObject({
      requests: [{ id, kind: "correction", subject: "stripe cs_1", enteredBy: "key:admin" }],
      next: null,
    });
    await as("bob", () => settleWaiting(deps, id, "booked"));
    expect((await journey.admin("POST", `/v1/approvals/${id}/refuse`)).status).toBe(409);
    expect((await journey.admin("GET", "/v1/approvals/req_none")).status).toBe(404);
    expect(await journey.balance("north")).toMatchObject({ heldMinor: 0 });
  });
});
