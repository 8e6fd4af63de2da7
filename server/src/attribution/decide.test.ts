import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Instant, instant } from "../clock.ts";
import { as, type EmailHash } from "../ids.ts";
import { decideAttribution } from "./decide.ts";
import {
  type AttributionFacts,
  type Evidence,
  evidenceKinds,
  evidenceRoutes,
  type Policy,
} from "./evidence.ts";
import { unattributedReasons } from "./reasons.ts";

const at = instant(Date.UTC(2027, 0, 1));
const policy: Policy = {
  order: evidenceKinds,
  windowDays: { token: 1830, email: 730 },
  onConflict: "credit_first",
  selfPurchaseByDomain: true,
};

const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  kind: "token",
  route: "click_reference",
  partner: as.partner("north"),
  seenAt: addDays(at, -1),
  windowFrom: addDays(at, -400),
  ...over,
});

const decide = (list: Evidence[], facts: Partial<AttributionFacts> = {}, rules: Policy = policy) =>
  decideAttribution({ unknownReference: false, evidence: list, ...facts }, rules, at);

const south = { partner: as.partner("south") };
const buyer = "buyer" as EmailHash;

describe("decideAttribution", () => {
  it("credits the only evidence by the route it came", () => {
    expect(decide([evidence()])).toMatchObject({
      outcome: "credited",
      partner: "north",
      because: "click_reference",
    });
  });

  it.each<[name: string, winner: Partial<Evidence>, loser: Partial<Evidence>, reason: string]>([
    ["a serial beats a token", { kind: "serial" }, south, "weaker_kind"],
    [
      "a ruling beats all, even when it comes late",
      { kind: "manual", route: "ruling", seenAt: addDays(at, 9) },
      { ...south, kind: "voucher" },
      "overruled",
    ],
    [
      "a binding beats a click, however early",
      { route: "licence_binding" },
      { ...south, seenAt: addDays(at, -90) },
      "installed_first",
    ],
    [
      "an earlier sale beats a later binding",
      { route: "earlier_purchase", seenAt: addDays(at, -80) },
      { ...south, route: "licence_binding", seenAt: addDays(at, -70) },
      "seen_later",
    ],
    [
      "what was known beats a stronger kind that came late",
      {},
      { ...south, kind: "serial", seenAt: addDays(at, 1) },
      "seen_later",
    ],
    ["the same partner agrees", { kind: "voucher" }, {}, "agrees"],
  ])("%s", (_name, winner, loser, reason) => {
    for (const list of [
      [evidence(winner), evidence(loser)],
      [evidence(loser), evidence(winner)],
    ]) {
      const decision = decide(list);
      expect(decision).toMatchObject({ outcome: "credited", partner: "north" });
      expect(decision.evidence.map((one) => one.verdict)).toEqual(["won", "lost"]);
      expect(decision.evidence[1]?.reason).toBe(reason);
    }
  });

  it.each<[reason: string, over: Partial<Evidence>, facts: Partial<AttributionFacts>]>([
    ["product_mismatch", { product: as.product("other") }, { product: as.product("paint") }],
    ["self_purchase", { partnerEmail: buyer }, { buyerEmail: buyer }],
    ["revoked", { revokedAt: at }, {}],
    ["partner_ended", { partnerEndedAt: at }, {}],
    ["after_purchase", { kind: "email", seenAt: addDays(at, 1) }, {}],
    ["reference_expired", { endsAt: addDays(at, -1) }, {}],
    ["outside_window", { windowFrom: addDays(at, -1831) }, {}],
  ])("refuses evidence: %s", (reason, over, facts) => {
    const decision = decide([evidence(over)], facts);
    expect(decision).toMatchObject({ outcome: "unattributed", because: reason });
    expect(decision.evidence).toMatchObject([{ verdict: "refused", reason }]);
  });

  it("counts evidence on the window's last instant, and a revocation only from its own", () => {
    expect(decide([evidence({ windowFrom: addDays(at, -1830) })]).outcome).toBe("credited");
    expect(decide([evidence({ revokedAt: (at + 1) as Instant })]).outcome).toBe("credited");
  });

  it("refuses a kind the policy leaves out", () => {
    const rules = { ...policy, order: ["serial"] as const };
    expect(decide([evidence()], {}, rules)).toMatchObject({ because: "kind_not_used" });
  });

  it("tells an unknown reference from no evidence", () => {
    expect(decide([], { unknownReference: true })).toMatchObject({ because: "reference_unknown" });
    expect(decide([])).toMatchObject({ because: "no_evidence" });
  });

  it("gives the first reason of the order of precedence", () => {
    const [revoked, old] = [evidence({ revokedAt: at }), evidence({ windowFrom: addDays(at, -9999) })];
    expect(decide([old, revoked])).toMatchObject({ because: "revoked" });
    expect(unattributedReasons).toEqual([
      "ruled_nobody",
      "self_purchase",
      "self_purchase_domain",
      "revoked",
      "key_revoked",
      "partner_ended",
      "product_mismatch",
      "coupon_other_product",
      "coupon_ended",
      "coupon_not_yet_valid",
      "coupon_expired",
      "after_purchase",
      "reference_expired",
      "outside_window",
      "kind_not_used",
      "reference_unknown",
      "no_evidence",
    ]);
  });

  it("holds a conflict of the winning kind when the policy wants a person to see it", () => {
    const rules: Policy = { ...policy, onConflict: "hold" };
    expect(decide([evidence(), evidence(south)], {}, rules)).toMatchObject({
      outcome: "held",
      because: "conflict",
    });
    expect(decide([evidence(), evidence({ ...south, kind: "email" })], {}, rules).outcome).toBe("credited");
    expect(decide([evidence(), evidence({ ...south, revokedAt: at })], {}, rules).outcome).toBe("credited");
  });

  const anyEvidence = fc
    .record({
      kind: fc.constantFrom(...evidenceKinds),
      route: fc.constantFrom(...evidenceRoutes),
      partner: fc.constantFrom("a", "b", "c").map(as.partner),
      seenAt: fc.integer({ min: -2000, max: 30 }).map((days) => addDays(at, days)),
      windowFrom: fc.integer({ min: -2500, max: 0 }).map((days) => addDays(at, days)),
      ended: fc.boolean(),
    })
    .map(({ ended, ...one }): Evidence => ({ ...one, ...(ended ? { partnerEndedAt: at } : {}) }));

  it("never depends on how the evidence is listed", () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (list, random) => {
        const keys = new Map(list.map((one) => [one, random.next().value]));
        const shuffled = [...list].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(decide(shuffled)).toEqual(decide(list));
      }),
    );
  });

  it("promotes the next when the winner is removed, and keeps the winner when a loser is", () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { minLength: 2, maxLength: 8 }), (list) => {
        const decision = decide(list);
        if (decision.outcome !== "credited") return;
        const counted = decision.evidence.filter((one) => one.verdict !== "refused");
        const without = list.filter((one) => one !== decision.winner);
        const next = decide(without);
        if (counted.length === 1) expect(next.outcome).toBe("unattributed");
        else expect(next).toMatchObject({ outcome: "credited", partner: counted[1]?.partner });
        const loser = list.find((one) => one !== decision.winner);
        expect(decide(list.filter((one) => one !== loser))).toMatchObject({ partner: decision.partner });
      }),
    );
  });
});
