import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import type { ConflictRule, PartnerPlace } from "./conflict-rule.ts";
import { decideAttribution } from "./decide.ts";
import type { AttributionFacts, Evidence, Policy } from "./evidence.ts";

const at = instant(Date.UTC(2027, 0, 1));
const policy: Policy = {
  order: ["manual", "voucher", "deal", "serial", "token", "coupon", "email"],
  windowDays: {},
  onConflict: "hold",
  selfPurchaseByDomain: true,
};
const evidence = (partner: string, change: Partial<Evidence> = {}): Evidence => ({
  kind: "token",
  route: "licence_binding",
  partner: as.partner(partner),
  seenAt: addDays(at, -10),
  windowFrom: addDays(at, -30),
  ...change,
});
const place = (kind: string, territories: string[] | null = null): PartnerPlace => ({ kind, territories });
const places = new Map(
  Object.entries({
    alps: place("reseller", ["AT", "CH"]),
    world: place("reseller"),
    nordic: place("distributor", ["SE", "NO"]),
    blog: place("affiliate"),
  }).map(([id, its]) => [as.partner(id), its]),
);
const rule = (change: Partial<ConflictRule>): ConflictRule => ({
  rule: "its",
  class: "territory",
  on: true,
  kinds: [],
  between: "same_kind",
  ...change,
});
const decide = (
  pieces: readonly Evidence[],
  rules: readonly ConflictRule[],
  known: Partial<AttributionFacts> = {},
  changed: Partial<Policy> = {},
) =>
  decideAttribution(
    { unknownReference: false, evidence: pieces, country: "AT", places, ...known },
    { ...policy, ...changed, rules },
    at,
  );
const partnerOf = (decision: ReturnType<typeof decide>) =>
  decision.outcome === "credited" ? decision.partner : decision.outcome;

describe("a conflict between partners", () => {
  const both = [evidence("world", { seenAt: addDays(at, -20) }), evidence("alps")];

  it("waits for a person where no rule settles it (control)", () => {
    expect(partnerOf(decide(both, []))).toBe("held");
    expect(partnerOf(decide(both, [], {}, { onConflict: "credit_first" }))).toBe("world");
  });

  it("is settled by whose territory the buyer's country is, and the record says by which rule", () => {
    const decision = decide(both, [rule({ rule: "home" })]);
    expect(decision).toMatchObject({ outcome: "credited", partner: "alps", because: "settled_by_rule" });
    expect(decision.evidence.map(({ partner, verdict, reason }) => [partner, verdict, reason])).toEqual([
      ["world", "lost", "other_by_rule"],
      ["alps", "won", "settled_by_rule"],
    ]);
    expect(decision.evidence[1]).toMatchObject({ rule: "home" });
    expect(partnerOf(decide(both, [rule({})], {}, { onConflict: "credit_first" }))).toBe("alps");
  });

  it.each<[string, readonly Evidence[], ConflictRule[], Partial<AttributionFacts>, string]>([
    ["the shop tells no country", both, [rule({})], { country: undefined as never }, "held"],
    ["it is nobody's territory", both, [rule({})], { country: "FR" }, "world"],
    ["the other's territory is elsewhere", [evidence("world"), evidence("nordic")], [rule({})], {}, "world"],
    ["both may sell everywhere", [evidence("world"), evidence("blog")], [rule({})], {}, "held"],
    ["the rule is for other countries", both, [rule({ countries: ["DE"] })], {}, "held"],
    ["the rule is for other products", both, [rule({ products: [as.product("p")] })], {}, "held"],
    [
      "the first rule leaves two and the second one",
      [evidence("nordic"), evidence("world"), evidence("blog")],
      [rule({}), rule({ rule: "shops", class: "partner_kind", kinds: ["reseller"] })],
      {},
      "world",
    ],
    [
      "a kind stands before another",
      [evidence("blog"), evidence("world")],
      [rule({ class: "partner_kind", kinds: ["reseller", "affiliate"] })],
      {},
      "world",
    ],
    [
      "another kind of evidence is no conflict of one kind",
      [evidence("world"), evidence("alps", { kind: "coupon", route: "order_field" })],
      [rule({})],
      {},
      "world",
    ],
    [
      "evidence of any kind is meant",
      [evidence("world"), evidence("alps", { kind: "coupon", route: "order_field" })],
      [rule({ between: "any_kind" })],
      {},
      "alps",
    ],
    [
      "a deal was registered, and a voucher is stronger",
      [evidence("world", { kind: "voucher" }), evidence("alps", { kind: "deal", route: "order_field" })],
      [rule({ class: "deal", between: "any_kind" })],
      {},
      "alps",
    ],
    [
      "what came after the purchase is no side",
      [evidence("world"), evidence("alps", { seenAt: addDays(at, 1) })],
      [rule({ between: "any_kind" })],
      {},
      "world",
    ],
    [
      "the vendor ruled",
      [evidence("world", { kind: "manual", route: "ruling" }), evidence("alps")],
      [rule({ between: "any_kind" })],
      {},
      "world",
    ],
    [
      "the copy was credited to another first",
      [evidence("world", { seenAt: addDays(at, -30) }), evidence("alps")],
      [rule({})],
      { firstCredit: { partner: as.partner("world"), at: addDays(at, -20) } },
      "held",
    ],
  ])("goes by %s", (_, pieces, rules, known, expected) => {
    for (const list of [pieces, [...pieces].reverse()])
      expect(partnerOf(decide(list, rules, known, pieces.length > 2 ? { onConflict: "hold" } : {}))).toBe(
        expected,
      );
  });
});
