import { expect, it } from "vitest";
import { adjust, type NewAdjustment, reverseAdjustment } from "../../server/src/adjustments/adjust.ts";
import { approveAdjustment, refuseAdjustment } from "../../server/src/adjustments/approval.ts";
import { listAdjustments } from "../../server/src/adjustments/list-adjustments.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openJourney } from "../journey/journey.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";

const correction = {
  partner: "north",
  amountMinor: -1_250,
  currency: "EUR",
  kind: "adjustment",
  reference: "T-481",
  note: "Paid twice in October",
} as const satisfies NewAdjustment;
const marketing = {
  ...correction,
  amountMinor: 50_000,
  kind: "allowance",
  allowance: { for: "marketing", budget: "2027 fairs", claim: "C-7" },
} as const satisfies NewAdjustment;

async function openWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, config);
  const { deps } = journey;
  await addPartner(deps, { id: "north", name: "North" });
  const as = <T>(name: string, work: () => Promise<T>) =>
    asDeed({ actor: `cli:${name}`, action: "ledger adjust", subject: undefined }, work);
  const payable = async () => (await readBalances(deps, { partner: "north" }))[0]?.payableMinor ?? 0;
  return { journey, deps, as, payable };
}

const limited = { adjustments: { approvalAboveMinor: { EUR: 40_000 } } };

onEveryEngine("an adjustment", (bench) => {
  it("moves what is payable either way, of every kind, and the books stay sound", async () => {
    const { journey, deps, payable } = await openWorld(bench);
    await adjust(deps, correction);
    expect(await payable()).toBe(-1_250);
    await adjust(deps, { ...correction, kind: "bonus", amountMinor: 10_000 });
    await adjust(deps, { ...correction, kind: "opening", amountMinor: 200 });
    await adjust(deps, marketing);
    expect(await payable()).toBe(58_950);
    await journey.expectSoundLedger();
    expect((await listAdjustments(deps, { partner: "north" })).adjustments).toMatchObject([
      { kind: "allowance", allowance: { for: "marketing", budget: "2027 fairs", claim: "C-7" } },
      { kind: "opening" },
      { kind: "bonus" },
      { kind: "adjustment", amountMinor: -1_250, note: "Paid twice in October", status: "booked" },
    ]);
  });

  it("is taken back by one counter-booking that names it, also when two people do so at once", async () => {
    const { journey, deps, payable } = await openWorld(bench);
    const { id } = await adjust(deps, correction);
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => reverseAdjustment(deps, id, { note: "Entered for another partner" })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "adjustment_reversed" });
    expect(await payable()).toBe(0);
    expect((await listAdjustments(deps)).adjustments[0]).toMatchObject({
      reverses: id,
      amountMinor: 1_250,
      reference: "T-481",
    });
    await journey.expectSoundLedger();
  });

  it("pays a claim once, and anew after it was taken back", async () => {
    const { deps, payable } = await openWorld(bench);
    const { id } = await adjust(deps, marketing);
    await expect(adjust(deps, marketing)).rejects.toMatchObject({ code: "claim_booked" });
    await reverseAdjustment(deps, id, { note: "Wrong amount" });
    await adjust(deps, { ...marketing, amountMinor: 30_000 });
    expect(await payable()).toBe(30_000);
  });

  it("pays a claim once also to who takes the first one back in ways that do not last", async () => {
    const { deps, as, payable } = await openWorld(bench, limited);
    const { id } = await as("ann", () => adjust(deps, marketing));
    await as("ben", () => approveAdjustment(deps, id));
    const less = { ...marketing, amountMinor: 30_000 };
    const back = await as("ann", () => reverseAdjustment(deps, id, { note: "Wrong" }));
    expect(back.status).toBe("pending");
    await expect(as("ann", () => adjust(deps, less))).rejects.toMatchObject({ code: "claim_booked" });
    await as("ben", () => refuseAdjustment(deps, back.id));
    const again = await as("ann", () => reverseAdjustment(deps, id, { note: "Wrong indeed" }));
    await as("ben", () => approveAdjustment(deps, again.id));
    await expect(
      as("ann", () => reverseAdjustment(deps, again.id, { note: "Not wrong after all" })),
    ).rejects.toMatchObject({ code: "adjustment_settled" });
    await as("ann", () => adjust(deps, less));
    expect(await payable()).toBe(30_000);
  });

  it("takes no more out of a budget than is left, whoever asks at once", async () => {
    const budgets = { "2027 fairs": { EUR: 60_000 } };
    const { deps, as, payable } = await openWorld(bench, {
      adjustments: { ...limited.adjustments, budgets },
    });
    const claim = (amountMinor: number, name: string, budget = "2027 fairs", who = "ann") =>
      as(who, () =>
        adjust(deps, {
          ...marketing,
          amountMinor,
          allowance: { for: "marketing", budget, claim: name },
        }),
      );
    const waiting = await claim(40_001, "C-1");
    expect(waiting.status).toBe("pending");
    const tries = await Promise.allSettled([claim(15_000, "C-2"), claim(15_000, "C-3")]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(claim(5_000, "C-4")).rejects.toMatchObject({ code: "budget_spent" });
    await as("ben", () => refuseAdjustment(deps, waiting.id));
    // By somebody else: with what Ann booked alone it would wait.
    await claim(40_000, "C-5", "2027 fairs", "cat");
    expect(await payable()).toBe(55_000);
    await expect(claim(1, "C-6", "no such fairs")).rejects.toMatchObject({ code: "request_invalid" });
    await expect(
      as("ann", () => adjust(deps, { ...marketing, amountMinor: 1, currency: "USD" })),
    ).rejects.toMatchObject({ code: "request_invalid" });
  });

  it("that is cut into parts is one amount: 40,000 a part then, the part above the limit waits now", async () => {
    const { deps, as, payable } = await openWorld(bench, limited);
    const part = (name: string, amountMinor = 20_000) =>
      as(name, () => adjust(deps, { ...correction, kind: "bonus", amountMinor }));
    const [first, second] = [await part("ann"), await part("ann")];
    expect([first.status, second.status, (await part("ann", 1)).status]).toEqual([
      "booked",
      "booked",
      "pending",
    ]);
    // The other direction, and another person, have limits of their own; what is taken back is free again.
    expect((await part("ann", -40_000)).status).toBe("booked");
    expect((await part("ben", 40_000)).status).toBe("booked");
    expect((await as("ann", () => reverseAdjustment(deps, second.id, { note: "Wrong" }))).status).toBe(
      "booked",
    );
    expect((await part("ann", 20_000)).status).toBe("booked");
    expect(await payable()).toBe(40_000);
  });

  it("cut into parts that come at once, or over the days, waits too; after 30 days it does not", async () => {
    const { journey, deps, as } = await openWorld(bench, limited);
    const part = () => as("ann", () => adjust(deps, { ...correction, kind: "bonus", amountMinor: 15_000 }));
    const made = await Promise.all([part(), part(), part()]);
    expect(made.map(({ status }) => status).sort()).toEqual(["booked", "booked", "pending"]);
    journey.pass(29);
    expect((await part()).status).toBe("pending");
    journey.pass(2);
    expect((await part()).status).toBe("booked");
  });

  it("above the limit is booked by a second person alone, once", async () => {
    const { deps, as, payable } = await openWorld(bench, limited);
    const { id, status } = await as("ann", () => adjust(deps, marketing));
    expect([status, await payable()]).toEqual(["pending", 0]);
    await expect(as("ann", () => approveAdjustment(deps, id))).rejects.toMatchObject({
      code: "second_person_needed",
    });
    await expect(as("ann", () => reverseAdjustment(deps, id, { note: "x" }))).rejects.toMatchObject({
      code: "adjustment_settled",
    });
    const tries = await Promise.allSettled(
      ["bob", "eve"].map((name) => as(name, () => approveAdjustment(deps, id))),
    );
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await payable()).toBe(50_000);
    const { entries } = await listAudit(deps, { subject: id });
    expect(entries.map(({ actor }) => actor)).toEqual([expect.stringMatching(/^cli:(bob|eve)$/), "cli:ann"]);
  });

  it("needs nobody up to the limit, and always somebody in a currency without one", async () => {
    const { deps, as, payable } = await openWorld(bench, limited);
    const enter = (change: Partial<NewAdjustment>) =>
      as("ann", () => adjust(deps, { ...correction, ...change }));
    expect(await enter({ amountMinor: 40_000 })).toMatchObject({ status: "booked" });
    expect(await enter({ amountMinor: -40_001 })).toMatchObject({ status: "pending" });
    const dollars = await enter({ amountMinor: 1, currency: "usd" });
    expect(dollars).toMatchObject({ status: "pending", currency: "USD" });
    await as("bob", () => refuseAdjustment(deps, dollars.id));
    await expect(as("eve", () => approveAdjustment(deps, dollars.id))).rejects.toMatchObject({
      code: "adjustment_settled",
    });
    expect(await payable()).toBe(40_000);
    expect((await listAdjustments(deps, { status: "pending" })).adjustments).toHaveLength(1);
  });

  it.each<[string, Partial<NewAdjustment>, string]>([
    ["of nothing", { amountMinor: 0 }, "request_invalid"],
    ["of half a cent", { amountMinor: 0.5 }, "request_invalid"],
    ["beyond measure", { amountMinor: 1e15 }, "request_invalid"],
    ["in no currency", { currency: "EURO" }, "request_invalid"],
    ["in three letters that ISO 4217 does not have", { currency: "XYZ" }, "request_invalid"],
    ["without a note", { note: "  " }, "request_invalid"],
    ["with a line break in its reference", { reference: "a\nb" }, "request_invalid"],
    ["that is an allowance for nothing", { kind: "allowance" }, "request_invalid"],
    ["with a claim that is no allowance", { ...marketing, kind: "bonus" }, "request_invalid"],
    ["for nobody", { partner: "nobody" }, "partner_unknown"],
  ])("is refused %s", async (_, change, code) => {
    const { deps, payable } = await openWorld(bench);
    await expect(adjust(deps, { ...correction, ...change })).rejects.toMatchObject({ code });
    expect([await payable(), (await listAdjustments(deps)).adjustments]).toEqual([0, []]);
  });

  it("is entered, listed and approved over the API, page by page", async () => {
    const { journey, deps, as } = await openWorld(bench, limited);
    const { status, body } = await journey.admin("POST", "/v1/adjustments", marketing);
    expect([status, body.status, body.enteredBy]).toEqual([201, "pending", "key:admin"]);
    const path = `/v1/adjustments/${body.id}`;
    expect(await journey.admin("POST", `${path}/approve`)).toMatchObject({
      status: 409,
      body: { code: "second_person_needed" },
    });
    await as("bob", () => approveAdjustment(deps, String(body.id)));
    expect((await journey.admin("GET", path)).body).toMatchObject({ status: "booked", decidedBy: "cli:bob" });
    const back = await journey.admin("POST", `${path}/reverse`, { note: "No fair" });
    expect([back.status, back.body.status]).toEqual([201, "pending"]);
    const first = await journey.admin("GET", "/v1/adjustments?limit=1&partner=north");
    expect(first.body).toMatchObject({ adjustments: [{ id: back.body.id }], next: expect.any(String) });
    const second = await journey.admin("GET", `/v1/adjustments?limit=1&after=${first.body.next}`);
    expect(second.body).toMatchObject({ adjustments: [{ id: body.id }], next: null });
    expect((await journey.admin("GET", "/v1/adjustments/adj_none")).status).toBe(404);
    expect((await journey.admin("GET", "/v1/adjustments?after=x")).status).toBe(400);
  });
});
