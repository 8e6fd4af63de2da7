import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as, type EmailHash } from "../words/ids.ts";
import { decideAttribution } from "./decide.ts";
import { type AttributionFacts, type Evidence, evidenceKinds, type Policy } from "./evidence.ts";
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

  it("says why nobody is credited, and which evidence was refused for it", () => {
    const decision = decide([evidence({ partnerEmail: buyer })], { buyerEmail: buyer });
    expect(decision).toMatchObject({ outcome: "unattributed", because: "self_purchase" });
    expect(decision.evidence).toMatchObject([{ verdict: "refused", reason: "self_purchase" }]);
  });

  it("credits nobody when the vendor ruled so, whatever else there is", () => {
    const nobody = evidence({ kind: "manual", route: "ruling", partner: null, seenAt: addDays(at, 9) });
    expect(decide([evidence(), nobody])).toMatchObject({
      outcome: "unattributed",
      because: "ruled_nobody",
      evidence: [
        { partner: null, verdict: "won", reason: "ruling" },
        { partner: "north", verdict: "lost", reason: "overruled" },
      ],
    });
  });

  it("lets a ruling on an earlier order count for the later ones that it was known at", () => {
    const earlier = { kind: "manual", route: "earlier_purchase" } as const;
    const known = evidence({ ...earlier, ...south, seenAt: addDays(at, -2) });
    const late = evidence({ ...earlier, ...south, seenAt: addDays(at, 2) });
    expect(decide([evidence(), known])).toMatchObject({ partner: "south", because: "earlier_purchase" });
    expect(decide([evidence(), late])).toMatchObject({ partner: "north" });
    expect(decide([late])).toMatchObject({ partner: "south" });
  });

  it("of what came late, credits what came first, whatever its kind", () => {
    const serial = evidence({ ...south, kind: "serial", route: "licence_binding", seenAt: addDays(at, 2) });
    const token = evidence({ route: "licence_binding", seenAt: addDays(at, 1) });
    for (const list of [
      [serial, token],
      [token, serial],
    ])
      expect(decide(list)).toMatchObject({
        partner: "north",
        evidence: [{ verdict: "won" }, { verdict: "lost", reason: "seen_later" }],
      });
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
      "purchase_refunded",
      "product_mismatch",
      "coupon_other_product",
      "other_territory",
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
});
