import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as, type EmailDomainHash, type EmailHash } from "../words/ids.ts";
import { decideAttribution, weighSuspicions } from "./decide.ts";
import {
  type AttributionFacts,
  type CouponUse,
  type Evidence,
  evidenceKinds,
  type Policy,
} from "./evidence.ts";
import { type SuspicionCode, suspicionCodes } from "./suspicion-codes.ts";
import type { TrustFacts } from "./suspicions.ts";

const at = instant(Date.UTC(2027, 0, 1));
const north = as.partner("north");

const policy: Policy = {
  order: evidenceKinds,
  windowDays: {},
  onConflict: "credit_first",
  selfPurchaseByDomain: true,
};
const nothing: TrustFacts = { earlier: [] };

const click: Evidence = {
  kind: "token",
  route: "click_reference",
  partner: north,
  seenAt: addDays(at, -1),
  windowFrom: addDays(at, -9),
};
const claim: Evidence = { ...click, route: "licence_binding" };
const inherited: Evidence = { ...click, route: "earlier_purchase" };
const use: CouponUse = {
  code: "NORTH",
  usedAt: at,
  heardAt: at,
  addedAt: addDays(at, -9),
  validFrom: addDays(at, -9),
};
const coupon: Evidence = { ...click, kind: "coupon", route: "order_field", seenAt: at, coupon: use };
const registered: Evidence = { ...click, kind: "email", route: "order_field" };
const quiet = { claims: 1, unsold: 0, usualClaims: 0, usualUnsold: 0 };

interface World {
  winner: Evidence;
  facts?: Partial<AttributionFacts>;
  trust?: Partial<TrustFacts>;
  policy?: Partial<Policy>;
}

function decide({ winner, facts = {}, trust = {}, policy: rules = {} }: World) {
  const all: AttributionFacts = { unknownReference: false, evidence: [winner], ...facts };
  const whole = { ...policy, ...rules };
  const decision = decideAttribution(all, whole, at);
  return weighSuspicions(decision, { facts: all, trust: { ...nothing, ...trust }, policy: whole, at });
}

const direct = [{ partner: null, at: addDays(at, -400) }];

/** For each suspicion a world that shows it, and one that comes near and is honest. */
const worlds: Record<SuspicionCode, { shows: World; honest: World }> = {
  licence_unknown: {
    shows: { winner: claim, trust: { licence: { known: false } } },
    honest: { winner: claim, trust: { licence: { known: true } } },
  },
  claimed_before_sale: {
    shows: { winner: claim, trust: { licence: { known: true, soldAt: at } } },
    honest: { winner: claim, trust: { licence: { known: true, soldAt: claim.seenAt } } },
  },
  self_purchase_alias: {
    shows: {
      winner: { ...click, partnerEmail: "jane" as EmailHash },
      facts: { buyerAlias: "jane" as EmailHash },
    },
    honest: {
      winner: { ...click, partnerEmail: "jane" as EmailHash },
      facts: { buyerAlias: "joe" as EmailHash },
    },
  },
  copy_contradicts: {
    shows: { winner: { ...claim, copyContradicts: true } },
    honest: { winner: { ...click, copyContradicts: true } },
  },
  claim_late: {
    shows: { winner: { ...claim, seenAt: addDays(at, 61) } },
    honest: { winner: { ...claim, seenAt: addDays(at, 60) } },
  },
  claims_burst: {
    shows: { winner: claim, trust: { claimDay: { ...quiet, claims: 401 } } },
    honest: { winner: claim, trust: { claimDay: { ...quiet, claims: 401, usualClaims: 100 } } },
  },
  licence_unsold: {
    shows: { winner: { ...claim, claimedSold: false }, trust: { claimDay: { ...quiet, unsold: 51 } } },
    honest: { winner: { ...claim, claimedSold: true }, trust: { claimDay: { ...quiet, unsold: 51 } } },
  },
  licence_shared: {
    shows: { winner: claim, trust: { licenceBuyers: { others: 1, nearestDays: 179 } } },
    honest: { winner: claim, trust: { licenceBuyers: { others: 1, nearestDays: 180 } } },
  },
  reference_shared: {
    shows: { winner: click, trust: { referenceBuyers: 1 } },
    honest: { winner: claim, trust: { referenceBuyers: 1 } },
  },
  earlier_refunded: {
    shows: { winner: { ...inherited, purchaseLost: 0.5 } },
    honest: { winner: { ...inherited, purchaseLost: 0.49 } },
  },
  coupon_alone: {
    shows: { winner: coupon, trust: { earlier: direct } },
    honest: { winner: coupon, trust: { earlier: [] } },
  },
  addresses_unproven: {
    shows: { winner: registered, trust: { addresses: { registered: 1_301, sales: 3 } } },
    honest: { winner: registered, trust: { addresses: { registered: 1_300, sales: 3 } } },
  },
};

describe("suspicions", () => {
  it("compare with what is usual for the partner, of claims and of licences that nobody sold", () => {
    const busy = { ...quiet, claims: 401, unsold: 51 };
    const claimed = { ...claim, claimedSold: false };
    for (const [usual, outcome] of [
      [{ usualClaims: 81, usualUnsold: 11 }, "credited"],
      [{ usualClaims: 80, usualUnsold: 11 }, "claims_burst"],
      [{ usualClaims: 81, usualUnsold: 10 }, "licence_unsold"],
    ] as const) {
      const decision = decide({ winner: claimed, trust: { claimDay: { ...busy, ...usual } } });
      expect(decision.outcome === "held" ? decision.because : decision.outcome).toBe(outcome);
    }
  });

  it("have pinned codes, in order of precedence", () => {
    expect(suspicionCodes).toMatchInlineSnapshot(`
      [
        "licence_unknown",
        "claimed_before_sale",
        "self_purchase_alias",
        "copy_contradicts",
        "claim_late",
        "claims_burst",
        "licence_unsold",
        "licence_shared",
        "reference_shared",
        "earlier_refunded",
        "coupon_alone",
        "addresses_unproven",
      ]
    `);
  });

  it.each(suspicionCodes)("%s holds the order, unless the policy only notes it or does not look", (code) => {
    const { shows } = worlds[code];
    expect(decide(shows)).toMatchObject({
      outcome: "held",
      because: code,
      evidence: [{ verdict: "lost", reason: "held" }],
      suspicions: [{ code, policy: "hold" }],
    });
    const noted = decide({ ...shows, policy: { suspicions: { [code]: "note" } } });
    expect(noted).toMatchObject({
      outcome: "credited",
      partner: "north",
      suspicions: [{ code, policy: "note" }],
    });
    const off = decide({ ...shows, policy: { suspicions: { [code]: "off" } } });
    expect(off).toMatchObject({ outcome: "credited" });
    expect(off).not.toHaveProperty("suspicions");
  });

  it.each(suspicionCodes)("%s does not come for what is honest and near it", (code) => {
    expect(decide(worlds[code].honest)).toMatchObject({ outcome: "credited", partner: "north" });
  });

  it("never come for a person's ruling", () => {
    for (const { shows } of Object.values(worlds))
      for (const route of ["ruling", "earlier_purchase"] as const)
        expect(decide({ ...shows, winner: { ...shows.winner, kind: "manual", route } })).toMatchObject({
          outcome: "credited",
        });
  });

  it("give the first that is held as the reason, and name all", () => {
    const winner: Evidence = { ...claim, copyContradicts: true, seenAt: addDays(at, 100) };
    const trust: Partial<TrustFacts> = { claimDay: { ...quiet, claims: 500 } };
    const note = { copy_contradicts: "note" } as const;
    expect(decide({ winner, trust, policy: { suspicions: note } })).toMatchObject({
      because: "claim_late",
      suspicions: [
        { code: "copy_contradicts", policy: "note" },
        { code: "claim_late", policy: "hold", figures: { lateDays: 100 } },
        { code: "claims_burst", policy: "hold", figures: { claims: 500 } },
      ],
    });
  });

  it("hold what was the vendor's own sale and is claimed a season later, for the renewals too", () => {
    for (const kind of ["token", "serial", "voucher"] as const) {
      const winner: Evidence = { ...claim, kind, seenAt: addDays(at, -1) };
      const bought = (partner: string | null, days: number) => ({
        earlier: [{ partner, at: addDays(at, days) }],
      });
      expect(decide({ winner, trust: bought(null, -62) })).toMatchObject({ because: "claim_late" });
      expect(decide({ winner, trust: bought("south", -62) })).toMatchObject({ because: "claim_late" });
      expect(decide({ winner, trust: bought("north", -62) })).toMatchObject({ outcome: "credited" });
      expect(decide({ winner, trust: bought(null, -61) })).toMatchObject({ outcome: "credited" });
    }
  });

  it("take a part of the partner's own site for the partner, where domains are looked at at all", () => {
    const winner: Evidence = { ...click, partnerEmailDomain: "acme" as EmailDomainHash };
    const facts = { buyerEmailDomain: "shop.acme" as EmailDomainHash, buyerSite: "acme" as EmailDomainHash };
    expect(decide({ winner, facts })).toMatchObject({ because: "self_purchase_alias" });
    expect(decide({ winner, facts, policy: { selfPurchaseByDomain: false } })).toMatchObject({
      outcome: "credited",
    });
  });

  it("do not come for a code on a copy that the partner had sold before, or that something else names it for", () => {
    const sold = [{ partner: "north", at: addDays(at, -400) }];
    expect(decide({ winner: coupon, trust: { earlier: sold } })).toMatchObject({ outcome: "credited" });
    const email: Evidence = { ...click, kind: "email", route: "order_field" };
    const facts = { evidence: [coupon, email] };
    expect(decide({ winner: coupon, facts, trust: { earlier: direct } })).toMatchObject({
      outcome: "credited",
    });
  });
});

describe("what was credited first", () => {
  const south: Evidence = { ...claim, partner: as.partner("south"), seenAt: addDays(at, -5) };
  const first: Evidence = { ...coupon, route: "earlier_purchase", seenAt: addDays(at, -9) };
  const firstCredit = { partner: north, at: addDays(at, -9) };

  it("stands against a copy that another partner's token claimed later", () => {
    const evidence = [south, first];
    expect(decide({ winner: south, facts: { evidence, firstCredit } })).toMatchObject({
      partner: "north",
      evidence: [{ verdict: "won" }, { partner: "south", verdict: "lost", reason: "credited_first" }],
    });
    expect(decide({ winner: south, facts: { evidence } })).toMatchObject({ partner: "south" });
  });

  it("stands no longer when nothing speaks for it any more, nor against what was there before it", () => {
    expect(decide({ winner: south, facts: { firstCredit } })).toMatchObject({ partner: "south" });
    const before: Evidence = { ...south, seenAt: addDays(at, -10) };
    expect(decide({ winner: before, facts: { evidence: [before, first], firstCredit } })).toMatchObject({
      partner: "south",
    });
  });
});
