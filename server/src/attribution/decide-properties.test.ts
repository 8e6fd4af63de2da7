import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { as, type EmailDomainHash, type EmailHash, type PartnerId } from "../words/ids.ts";
import { type ConflictRule, conflictClasses, type PartnerPlace } from "./conflict-rule.ts";
import { type Decision, decideAttribution } from "./decide.ts";
import { conflictRules, type Evidence, evidenceKinds, evidenceRoutes, type Policy } from "./evidence.ts";

const at = instant(Date.UTC(2027, 0, 1));
const product = as.product("paint");
const buyerEmail = "buyer" as EmailHash;
const buyerEmailDomain = "acme" as EmailDomainHash;

/** What rules on conflicts read of the partners. */
const places = new Map<PartnerId, PartnerPlace>([
  [as.partner("a"), { kind: "reseller", territories: ["AT"] }],
  [as.partner("b"), { kind: "affiliate", territories: null }],
  [as.partner("c"), { kind: "reseller", territories: ["DE"] }],
]);
const buyer = { buyerEmail, buyerEmailDomain, country: "AT" };

const decide = (evidence: readonly Evidence[], policy: Policy): Decision =>
  decideAttribution({ product, ...buyer, places, unknownReference: false, evidence }, policy, at);

const day = (min: number, max: number) => fc.integer({ min, max }).map((days) => addDays(at, days));
const claims = {
  kind: fc.constantFrom(...evidenceKinds),
  route: fc.constantFrom(...evidenceRoutes.filter((route) => route !== "ruling")),
  partner: fc.constantFrom("a", "b", "c").map(as.partner),
  seenAt: day(-6, 6),
  windowFrom: fc.constantFrom(addDays(at, -25), addDays(at, -1)),
};
const flaws = {
  endsAt: day(-2, 2),
  product: fc.constantFrom(product, as.product("other")),
  revokedAt: day(-2, 2),
  partnerEndedAt: day(-2, 2),
  partnerEmail: fc.constant(buyerEmail),
  partnerEmailDomain: fc.constant(buyerEmailDomain),
};

/** Evidence of every kind by every route, sound or with any of the flaws, often seen at one instant. */
const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  { weight: 3, arbitrary: fc.record(claims) },
  {
    weight: 1,
    arbitrary: fc.record(
      { ...claims, ...flaws },
      { requiredKeys: ["kind", "route", "partner", "seenAt", "windowFrom"] },
    ),
  },
);

const anyConflictRules: fc.Arbitrary<ConflictRule[]> = fc.array(
  fc.record({
    rule: fc.constantFrom("one", "two"),
    class: fc.constantFrom(...conflictClasses),
    on: fc.constant(true),
    kinds: fc.constantFrom(["reseller"], ["affiliate", "reseller"]),
    between: fc.constantFrom("same_kind" as const, "any_kind" as const),
  }),
  { maxLength: 3 },
);

const anyPolicy = (onConflict: Policy["onConflict"]): fc.Arbitrary<Policy> =>
  fc
    .tuple(fc.shuffledSubarray([...evidenceKinds], { minLength: 3 }), fc.boolean())
    .map(([order, selfPurchaseByDomain]) => ({
      order,
      windowDays: { token: 30, email: 20 },
      onConflict,
      selfPurchaseByDomain,
    }));

const someEvidence = fc.array(anyEvidence, { maxLength: 8 });
const crediting = anyPolicy("credit_first");
const withoutRules = fc.constantFrom(...conflictRules).chain(anyPolicy);
const anyRule = fc
  .tuple(withoutRules, anyConflictRules)
  .map(([policy, rules]): Policy => ({ ...policy, rules }));

describe("a decision", () => {
  it("never depends on how the evidence is listed", () => {
    const shuffled = someEvidence.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, anyRule, ([list, other], policy) => {
        expect(decide(other, policy)).toEqual(decide(list, policy));
      }),
      { numRuns: 500 },
    );
  });

  it("never depends on the order in which evidence comes in, though it is taken anew only while nobody is credited", () => {
    fc.assert(
      fc.property(someEvidence, anyRule, (list, policy) => {
        const known = (until: Instant) => list.filter((one) => one.seenAt <= until);
        let decision = decide(known(at), policy);
        for (let day = 1; day <= 6; day++)
          if (decision.outcome === "unattributed") decision = decide(known(addDays(at, day)), policy);
        const all = decide(list, policy);
        expect(decision.outcome).toBe(all.outcome);
        if (decision.outcome === "credited") expect(all).toMatchObject({ winner: decision.winner });
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps its winner when weaker evidence is added", () => {
    fc.assert(
      fc.property(someEvidence, anyEvidence, crediting, (list, added, policy) => {
        const decision = decide(list, policy);
        fc.pre(decision.outcome === "credited");
        const { winner } = decision;
        const alone = decide([winner, added], policy);
        fc.pre(alone.outcome === "credited" && alone.winner === winner);
        expect(decide([...list, added], policy)).toMatchObject({ winner });
      }),
      { numRuns: 500 },
    );
  });

  it("keeps its winner when any other evidence is removed, and promotes the next when the winner is", () => {
    fc.assert(
      fc.property(someEvidence, crediting, (list, policy) => {
        const decision = decide(list, policy);
        fc.pre(decision.outcome === "credited");
        const { winner } = decision;
        for (const other of list)
          if (other !== winner)
            expect(
              decide(
                list.filter((one) => one !== other),
                policy,
              ),
            ).toMatchObject({ winner });
        const next = decision.evidence.find(({ verdict }) => verdict === "lost");
        const without = decide(
          list.filter((one) => one !== winner),
          policy,
        );
        if (next === undefined) expect(without.outcome).toBe("unattributed");
        else
          expect(without).toMatchObject({ outcome: "credited", partner: next.partner, because: next.route });
      }),
      { numRuns: 500 },
    );
  });

  it("gives every piece of evidence one verdict, and credits nobody else than the first that counts, or whom a rule names", () => {
    fc.assert(
      fc.property(someEvidence, withoutRules, (list, policy) => {
        const decision = decide(list, policy);
        expect(decision.evidence).toHaveLength(list.length);
        const counting = decision.evidence.filter(({ verdict }) => verdict !== "refused");
        const won = decision.evidence.filter(({ verdict }) => verdict === "won");
        expect(won).toHaveLength(decision.outcome === "credited" ? 1 : 0);
        const isByRule = won.some((one) => one.verdict === "won" && one.rule !== undefined);
        if (decision.outcome === "credited")
          expect(isByRule ? counting : counting.slice(0, 1)).toContain(won[0]);
        if (decision.outcome === "unattributed") expect(counting).toEqual([]);
      }),
    );
  });
});
