import { expect, it } from "vitest";
import { settleWaiting } from "../../server/src/approvals/approvals.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { ruleDispute } from "../../server/src/disputes/rule-dispute.ts";
import { type ClassResolution, resolveHeld } from "../../server/src/orders/rule/resolve-held.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { addPlan, assignPlan, assignPlanToPartners, listPlans } from "../../server/src/plans/plans.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openAttack } from "../trust/attack-world.ts";

/** A sale of the bench brings its partner 2000. */
const limitOf = (EUR: number) => ({
  adjustments: { approvalAboveMinor: { EUR } },
  approvals: { also: ["rulings", "assignments"] },
});

async function openLimited(bench: Bench, limit: number) {
  const world = await openAttack(bench, limitOf(limit));
  const as = <T>(name: string, work: () => Promise<T>) =>
    asDeed({ actor: `cli:${name}`, action: "test", subject: undefined }, work);
  return Object.assign(world, {
    as,
    rule: (who: string, order: string, partner: string | null, dryRun = false) =>
      as(who, () => resolveOrder(world.deps, { shop: "stripe", order, partner, note: "hers", dryRun })),
    settle: (who: string, id: string | undefined, verdict: "booked" | "refused" = "booked") =>
      as(who, () => settleWaiting(world.deps, id ?? "", verdict)),
    earned: async (partner: string) => {
      const { heldMinor, payableMinor } = await world.balance(partner);
      return heldMinor + payableMinor;
    },
  });
}

onEveryEngine("a ruling above the limit", (bench) => {
  it("gives a friend nothing before a second person approves it, and then once: 2,000 by one hand then", async () => {
    const world = await openLimited(bench, 1_999);
    await world.buy({ id: "cs_1" });
    const foreseen = await world.rule("ann", "cs_1", "mallory", true);
    expect(foreseen).toMatchObject({
      order: { outcome: "credited" },
      waits: { moves: [{ partner: "mallory", currency: "EUR", amountMinor: 2_000 }] },
    });
    const { waits, order } = await world.rule("ann", "cs_1", "mallory");
    expect([order.outcome, waits?.kind, waits?.status]).toEqual(["unattributed", "ruling", "pending"]);
    // To say the same again asks for nothing more.
    expect((await world.rule("ann", "cs_1", "mallory")).waits?.id).toBe(waits?.id);
    expect(await world.earned("mallory")).toBe(0);
    await expect(world.settle("ann", waits?.id)).rejects.toMatchObject({ code: "second_person_needed" });
    await world.expectSoundLedger();
    expect(await world.settle("bob", waits?.id)).toMatchObject({ status: "booked", decidedBy: "cli:bob" });
    expect(await world.earned("mallory")).toBe(2_000);
    await expect(world.settle("eve", waits?.id)).rejects.toMatchObject({ code: "approval_settled" });
    expect((await world.rule("ann", "cs_1", "mallory")).waits).toBeNull();
    await world.expectSoundLedger();
  });

  it("waits where it takes from one partner, counts with what the same person did before, and is refused for good", async () => {
    const world = await openLimited(bench, 3_000);
    for (const id of ["cs_1", "cs_2"]) await world.buy({ id });
    expect((await world.rule("ann", "cs_1", "mallory")).waits).toBeNull();
    const second = await world.rule("ann", "cs_2", "mallory");
    expect(second.waits?.moves).toMatchObject([{ amountMinor: 2_000 }]);
    await world.settle("bob", second.waits?.id, "refused");
    expect(await world.earned("mallory")).toBe(2_000);
    expect((await world.rule("bob", "cs_2", "mallory")).waits).toBeNull();
    expect(await world.earned("mallory")).toBe(4_000);
    expect((await world.rule("ann", "cs_1", "honest", true)).waits?.moves).toBeUndefined();
    await world.expectSoundLedger();
  });

  it("moves nothing where one refuses it while another approves it, and what it says where the other was first", async () => {
    const world = await openLimited(bench, 1_999);
    for (let round = 0; round < 4; round++) {
      const id = `cs_${round}`;
      await world.buy({ id });
      const { waits } = await world.rule("ann", id, "mallory");
      const before = await world.earned("mallory");
      const [booked, refused] = await Promise.allSettled([
        world.settle("bob", waits?.id),
        world.settle("eve", waits?.id, "refused"),
      ]);
      expect([booked.status, refused.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      const moved = booked.status === "fulfilled" ? 2_000 : 0;
      expect((await world.earned("mallory")) - before).toBe(moved);
    }
    await world.expectSoundLedger();
  });

  it("on a class waits as one, for what all of it moves, and leaves what was ruled on meanwhile", async () => {
    const world = await openLimited(bench, 3_000);
    for (const licence of ["a1", "a2", "a3"]) await world.buy({ id: licence, licence });
    world.pass(100);
    for (const licence of ["a1", "a2", "a3"]) await world.register(licence, world.mallory);
    const ruling: ClassResolution = { reason: "claim_late", to: "as-decided", note: "the SDK came late" };
    const foreseen = await world.as("ann", () => resolveHeld(world.deps, { ...ruling, dryRun: true }));
    expect(foreseen).toMatchObject({ count: 3, waits: { moves: [{ amountMinor: 6_000 }] } });
    const { waits, count } = await world.as("ann", () => resolveHeld(world.deps, ruling));
    expect([count, waits?.subject, await world.earned("mallory")]).toEqual([3, "claim_late", 0]);
    await world.rule("cleo", "a2", null);
    await world.settle("bob", waits?.id);
    expect(await world.earned("mallory")).toBe(4_000);
    expect(await world.explain("a2")).toMatchObject({ outcome: "unattributed", reason: "ruled_nobody" });
    await world.expectSoundLedger();
  });

  it("on a class that two people rule on at once is each order's first, and each says what it ruled on", async () => {
    const world = await openLimited(bench, 100_000);
    const licences = ["a1", "a2", "a3"];
    for (const licence of licences) await world.buy({ id: licence, licence });
    world.pass(100);
    for (const licence of licences) await world.register(licence, world.mallory);
    const ruling = { reason: "claim_late", note: "the SDK came late" };
    const [given, refused] = await Promise.all([
      world.as("ann", () => resolveHeld(world.deps, { ...ruling, to: "as-decided" })),
      world.as("bob", () => resolveHeld(world.deps, { ...ruling, to: "nobody" })),
    ]);
    expect(given.count + refused.count).toBe(3);
    expect(await world.earned("mallory")).toBe(given.count * 2_000);
    await world.expectSoundLedger();
  });

  it("on a large class waits for so many orders at once, which alone are tried, and goes on with the rest", async () => {
    const world = await openLimited(bench, 3_000);
    const licences = ["a1", "a2", "a3", "a4", "a5"];
    for (const licence of licences) await world.buy({ id: licence, licence });
    world.pass(100);
    for (const licence of licences) await world.register(licence, world.mallory);
    let tried = 0;
    const { store } = world.deps;
    const write: typeof store.write = (work) => {
      tried += 1;
      return store.write(work);
    };
    const deps = { ...world.deps, store: { ...store, write } };
    const ruling: ClassResolution = { reason: "claim_late", to: "as-decided", note: "the SDK came late" };
    const ask = (dryRun: boolean) =>
      world.as("ann", () => resolveHeld(deps, { ...ruling, dryRun }, { atOnce: 2 }));
    expect(await ask(true)).toMatchObject({
      count: 5,
      isMore: true,
      waits: { moves: [{ amountMinor: 4_000 }] },
    });
    expect(tried).toBe(2);
    const first = await ask(false);
    expect(first).toMatchObject({ count: 2, isMore: true, ruledBefore: 0 });
    expect((await ask(false)).waits?.id).toBe(first.waits?.id);
    await world.settle("bob", first.waits?.id);
    const second = await ask(false);
    expect(second).toMatchObject({ count: 2, isMore: true, ruledBefore: 0 });
    await world.settle("bob", second.waits?.id);
    // The last one is below the limit by itself.
    expect(await ask(false)).toMatchObject({ count: 1, isMore: false, waits: null });
    expect(await world.earned("mallory")).toBe(10_000);
    await world.expectSoundLedger();
  });

  it("on a class that the same person's other ruling brings above it meanwhile waits from there on, as one", async () => {
    const world = await openLimited(bench, 7_000);
    const licences = ["a1", "a2", "a3"];
    for (const licence of [...licences, "other"]) await world.buy({ id: licence, licence });
    world.pass(100);
    for (const licence of licences) await world.register(licence, world.mallory);
    const { store } = world.deps;
    let writes = 0;
    const write: typeof store.write = async (work) => {
      writes += 1;
      // Three were tried and summed up, and one is ruled on.
      if (writes === 5) await world.rule("ann", "other", "mallory");
      return store.write(work);
    };
    const deps = { ...world.deps, store: { ...store, write } };
    const ruling: ClassResolution = { reason: "claim_late", to: "as-decided", note: "the SDK came late" };
    const result = await world.as("ann", () => resolveHeld(deps, ruling));
    expect(result).toMatchObject({ count: 1, ruledBefore: 2, isMore: false });
    expect(result.waits).toMatchObject({ subject: "claim_late", moves: [{ amountMinor: 2_000 }] });
    expect(await world.earned("mallory")).toBe(6_000);
    await world.settle("bob", result.waits?.id);
    expect(await world.earned("mallory")).toBe(8_000);
    await world.expectSoundLedger();
  });

  it("on a contested decision waits too, and the dispute is ruled on by saying it again", async () => {
    const world = await openLimited(bench, 1_000);
    await world.buy({ id: "cs_1" });
    const { id } = await openDispute(world.deps, "mallory", { number: "cs_1", text: "Ours." });
    const say = () =>
      world.as("ann", () =>
        ruleDispute(world.deps, id, { to: { partner: "mallory" }, note: "she is right" }),
      );
    await expect(say()).rejects.toMatchObject({ code: "second_person_needed" });
    const { requests } = (await world.admin("GET", "/v1/approvals?status=pending")).body as {
      requests: { id: string; kind: string }[];
    };
    expect(requests).toMatchObject([{ kind: "ruling" }]);
    await world.settle("bob", requests[0]?.id);
    expect(await say()).toMatchObject({ state: "ruled", granted: true });
    expect(await world.earned("mallory")).toBe(2_000);
  });

  it("is asked for and approved over the API, and needs nobody where no limit is configured", async () => {
    const world = await openLimited(bench, 1_000);
    await world.buy({ id: "cs_1" });
    const path = "/v1/orders/stripe/cs_1/resolution";
    const body = { partner: "honest", note: "by mail" };
    expect(await world.admin("POST", path, { ...body, dryRun: true })).toMatchObject({
      status: 202,
      body: { order: { outcome: "credited" }, waits: { moves: [{ amountMinor: 2_000 }] } },
    });
    const asked = await world.admin("POST", path, body);
    expect(asked).toMatchObject({ status: 202, body: { waits: { kind: "ruling", enteredBy: "key:admin" } } });
    const { id } = asked.body.waits as { id: string };
    expect((await world.admin("POST", `/v1/approvals/${id}/approve`)).status).toBe(409);
    await world.settle("bob", id);
    expect(await world.earned("honest")).toBe(2_000);
    const free = await openAttack(bench);
    await free.buy({ id: "cs_1" });
    expect(await free.admin("POST", path, body)).toMatchObject({
      status: 200,
      body: { order: { outcome: "credited" } },
    });
  });
});

onEveryEngine("whom a plan pays, where one person may book so much alone", (bench) => {
  const plan = {
    plan: "golden",
    name: "Golden",
    promise: "each_sale",
    rules: [{ rule: "all", pay: { rateBp: 9_000 } }],
  } as const;

  it("waits for a second person, since nobody can say what it moves: 9,000 a sale by one hand then", async () => {
    const world = await openLimited(bench, 1_000_000);
    await addPlan(world.deps, plan);
    const ask = (since?: ReturnType<typeof world.deps.clock>) =>
      world.as("ann", () =>
        assignPlan(world.deps, { plan: "golden", partner: "mallory", ...(since ? { since } : {}) }),
      );
    const { waits } = await ask();
    expect(waits).toMatchObject({ kind: "assignment", status: "pending", moves: [] });
    expect(waits?.subject).toBe("plan golden version 1 for mallory");
    expect((await ask()).waits?.id).toBe(waits?.id);
    expect((await listPlans(world.deps)).assignments).toEqual([]);
    await world.buy({ id: "cs_1", reference: await world.follow(world.mallory) });
    expect(await world.earned("mallory")).toBe(2_000);
    await expect(world.settle("ann", waits?.id)).rejects.toMatchObject({ code: "second_person_needed" });
    world.pass(1);
    await world.settle("bob", waits?.id);
    // What was sold before the approval was sold under what counted then.
    const [assignment] = (await listPlans(world.deps)).assignments;
    expect(assignment).toMatchObject({ plan: "golden", of: "mallory", since: assignment?.recordedAt });
    await world.buy({ id: "cs_2", reference: await world.follow(world.mallory) });
    expect(await world.earned("mallory")).toBe(2_000 + 9_000);
    await world.expectSoundLedger();
  });

  it("is asked for several at once, and refused for all of them", async () => {
    const world = await openLimited(bench, 1_000);
    await addPlan(world.deps, plan);
    const asked = await world.as("ann", () =>
      assignPlanToPartners(world.deps, { plan: "golden" }, ["mallory", "honest"]),
    );
    expect(new Set(asked.map(({ waits }) => waits?.id)).size).toBe(1);
    await world.settle("bob", asked[0]?.waits?.id, "refused");
    expect((await listPlans(world.deps)).assignments).toEqual([]);
  });
});
