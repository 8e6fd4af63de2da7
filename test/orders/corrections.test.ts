import { expect, it } from "vitest";
import { settleWaiting, showRequest } from "../../server/src/approvals/approvals.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { type Correction, correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { listStatements, showStatement } from "../../server/src/statements/read-statements.ts";
import { openJourney } from "../journey/journey.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

/** A sale of 100.00 and 19.00 tax, of which north is credited 20.00. */
async function openWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, config);
  const { deps } = journey;
  const { token } = await journey.partnerWithToken("north");
  const { reference } = await journey.click(`/r/acme-paint?t=${token}`);
  const more = { reference, paymentIntent: "pi_1" };
  await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), ...more, id: "cs_1" }));
  const as = <T>(name: string, work: () => Promise<T>) =>
    asDeed({ actor: `cli:${name}`, action: "order correct", subject: "stripe cs_1" }, work);
  const correct = (who: string, what: Correction["what"], reference?: string) =>
    as(who, () => correctOrder(deps, { shop: "stripe", order: "cs_1", what, note: "by hand", reference }));
  /** What people entered of the order, the oldest first. */
  const entered = async () =>
    (await journey.explain("cs_1")).history
      .map(({ detail }) => detail)
      .filter(({ note }) => note !== undefined);
  const known = new Set<string>();
  /** The id of what was entered since it was asked before. */
  const lastId = async () => {
    const ids = (await entered()).map(({ object }) => String(object)).filter((id) => !known.has(id));
    expect(ids).toHaveLength(1);
    known.add(String(ids[0]));
    return String(ids[0]);
  };
  return {
    journey,
    deps,
    as,
    correct,
    entered,
    lastId,
    held: async () => (await journey.balance("north")).heldMinor,
  };
}

onEveryEngine("a correction of an order", (bench) => {
  it("keeps its reference and whose hands, in the record and in the audit", async () => {
    const { deps, correct, entered, journey } = await openWorld(bench);
    await correct("ann", { refunded: "59.50" }, " T-481 ");
    const [kept] = await entered();
    expect(kept).toMatchObject({ reference: "T-481", enteredBy: "cli:ann", note: "by hand" });
    const { entries } = await listAudit(deps, { subject: "stripe cs_1" });
    expect(entries).toMatchObject([{ subject: `stripe cs_1 ${kept?.object} T-481`, actor: "cli:ann" }]);
    for (const unfit of [" ", "two\nlines", "x".repeat(201)])
      await expect(correct("ann", { void: true }, unfit)).rejects.toMatchObject({ code: "request_invalid" });
    await journey.expectSoundLedger();
  });

  it("is taken back once by one that names it, as if it had never been, and no further", async () => {
    const { journey, correct, entered, lastId, held } = await openWorld(bench);
    await correct("ann", { refunded: "59.50" }, "T-1");
    const half = await lastId();
    await correct("ann", { void: true });
    const whole = await lastId();
    expect(await held()).toBe(0);
    await correct("bob", { reverses: whole }, "T-2");
    const counter = await lastId();
    expect(await held()).toBe(1_000);
    expect(await entered()).toMatchObject([
      { object: half, reference: "T-1" },
      { object: whole, reversedBy: counter },
      { object: counter, reverses: whole, reference: "T-2", status: "cancelled" },
    ]);
    await expect(correct("ann", { reverses: whole })).rejects.toMatchObject({ code: "correction_reversed" });
    await expect(correct("ann", { reverses: counter })).rejects.toMatchObject({ code: "correction_settled" });
    for (const none of ["correction-0", "cs_1"])
      await expect(correct("ann", { reverses: none })).rejects.toMatchObject({ code: "correction_unknown" });
    // What was given back by hand is gone again once that is taken back.
    await correct("ann", { restored: "59.50" });
    expect(await held()).toBe(2_000);
    await correct("ann", { reverses: await lastId() });
    expect(await held()).toBe(1_000);
    await journey.stripe(
      stripeChargeRefunded({
        ...journey.happening(),
        id: "ch_1",
        paymentIntent: "pi_1",
        refundedMinor: 5_950,
      }),
    );
    expect(await held()).toBe(0);
    await correct("ann", { reverses: half });
    expect(await held()).toBe(1_000);
    await journey.expectSoundLedger();
  });

  it("gives nothing back of what never went, so that the next refund counts", async () => {
    const { journey, correct, held } = await openWorld(bench);
    await expect(correct("ann", { restored: "119.00" })).rejects.toMatchObject({ code: "request_invalid" });
    await correct("ann", { refunded: "59.50" });
    await correct("ann", { restored: "59.50" });
    await expect(correct("ann", { restored: "59.50" })).rejects.toMatchObject({ code: "request_invalid" });
    expect(await held()).toBe(2_000);
    await correct("ann", { void: true });
    expect(await held()).toBe(0);
    await correct("ann", { restored: "119.00" });
    expect(await held()).toBe(2_000);
    await journey.expectSoundLedger();
  });

  it("gives back no more than is gone, what was given back before taken off", async () => {
    const { journey, correct, held } = await openWorld(bench);
    const refuses = async (restored: string, gone: string) =>
      await expect(correct("ann", { restored })).rejects.toMatchObject({
        code: "request_invalid",
        message: expect.stringContaining(`${gone} EUR have gone back and stayed gone`),
      });
    await correct("ann", { refunded: "59.50" });
    await refuses("59.51", "59.50");
    await correct("ann", { restored: "20.00" });
    await refuses("39.51", "39.50");
    await correct("ann", { restored: "39.50" });
    expect(await held()).toBe(2_000);
    await correct("ann", { void: true });
    await correct("ann", { restored: "100.00" });
    await refuses("19.01", "19.00");
    await correct("ann", { restored: "19.00" });
    expect(await held()).toBe(2_000);
    await journey.expectSoundLedger();
  });

  it("is each person's own, also when several enter theirs at once", async () => {
    const { deps, correct, entered } = await openWorld(bench);
    const names = ["ann", "bob", "eve"];
    await Promise.all(names.map((name) => correct(name, { refunded: "1.19" }, `of ${name}`)));
    const kept = await entered();
    expect(kept.map(({ enteredBy, reference }) => `${enteredBy} ${reference}`).sort()).toEqual(
      names.map((name) => `cli:${name} of ${name}`),
    );
    const { entries } = await listAudit(deps, { subject: "stripe cs_1" });
    expect(entries.map(({ actor, subject }) => `${actor} ${subject?.split(" of ")[1]}`).sort()).toEqual(
      names.map((name) => `cli:${name} ${name}`),
    );
  });

  it("is taken back once also by two at once", async () => {
    const { correct, lastId, held } = await openWorld(bench);
    await correct("ann", { void: true });
    const id = await lastId();
    const tries = await Promise.allSettled(["ann", "bob"].map((name) => correct(name, { reverses: id })));
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await held()).toBe(2_000);
  });

  it("needs a second person to be taken back above the limit, and is then taken back once", async () => {
    const { journey, deps, as, correct, entered, lastId, held } = await openWorld(bench, {
      adjustments: { approvalAboveMinor: { EUR: 1_500 } },
    });
    const first = await correct("ann", { void: true }, "T-1");
    await as("bob", () => settleWaiting(deps, first.waits?.id ?? "", "booked"));
    expect(await entered()).toMatchObject([
      { enteredBy: "cli:ann", approvedBy: "cli:bob", reference: "T-1" },
    ]);
    const id = await lastId();
    const [back, again] = [
      await correct("ann", { reverses: id }, "T-2"),
      await correct("bob", { reverses: id }),
    ];
    expect(await held()).toBe(0);
    expect(await showRequest(deps, back.waits?.id ?? "")).toMatchObject({ reverses: id, reference: "T-2" });
    await as("bob", () => settleWaiting(deps, back.waits?.id ?? "", "booked"));
    expect(await held()).toBe(2_000);
    const late = as("ann", () => settleWaiting(deps, again.waits?.id ?? "", "booked"));
    await expect(late).rejects.toMatchObject({ code: "correction_reversed" });
    expect(await as("ann", () => settleWaiting(deps, again.waits?.id ?? "", "refused"))).toMatchObject({
      status: "refused",
    });
    await journey.expectSoundLedger();
  });

  it("of one's own counts no more with what one booked alone once it is taken back", async () => {
    const { correct, lastId } = await openWorld(bench, {
      adjustments: { approvalAboveMinor: { EUR: 1_500 } },
    });
    expect((await correct("ann", { refunded: "59.50" })).waits).toBeNull();
    expect((await correct("ann", { reverses: await lastId() })).waits).toBeNull();
    expect((await correct("ann", { refunded: "59.50" })).waits).toBeNull();
  });

  it("stands in the partner's statement by its id and reference, and so does what takes it back", async () => {
    const { journey, deps, correct, lastId } = await openWorld(bench);
    await correct("ann", { void: true }, "T-1");
    const id = await lastId();
    await correct("ann", { reverses: id }, "T-2");
    const back = await lastId();
    journey.pass(62);
    await closeStatements(deps, { period: "2026-12" });
    const { statements } = await listStatements(deps, { partner: "north" });
    const numbers = statements.map(({ number }) => number);
    const lines = (await Promise.all(numbers.map((number) => showStatement(deps, number)))).flatMap(
      ({ movements }) => movements,
    );
    expect(
      lines.flatMap(({ kind, source }) => (source?.kind === "correction" ? [{ kind, source }] : [])),
    ).toEqual([
      {
        kind: "reversal",
        source: expect.objectContaining({ id, reference: "T-1", reverses: null, note: null }),
      },
      {
        kind: "reinstatement",
        source: expect.objectContaining({ id: back, reference: "T-2", reverses: id }),
      },
    ]);
  });

  it("is entered with a reference and taken back over the API", async () => {
    const { journey, lastId } = await openWorld(bench);
    const path = "/v1/orders/stripe/cs_1/corrections";
    expect(
      await journey.admin("POST", path, { what: { void: true }, note: "n", reference: "T-1" }),
    ).toMatchObject({ status: 200, body: { credits: [{ remainingMinor: 0 }] } });
    const reverses = { what: { reverses: await lastId() }, note: "n" };
    expect(await journey.admin("POST", path, reverses)).toMatchObject({
      status: 200,
      body: { credits: [{ remainingMinor: 2_000 }] },
    });
    expect(await journey.admin("POST", path, reverses)).toMatchObject({
      status: 409,
      body: { code: "correction_reversed" },
    });
  });
});
