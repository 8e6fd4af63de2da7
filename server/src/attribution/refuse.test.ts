import { describe, expect, it } from "vitest";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { as, type EmailDomainHash, type EmailHash } from "../words/ids.ts";
import type { AttributionFacts, CouponUse, Evidence, Policy } from "./evidence.ts";
import { type RefusedReason, refusedReasons } from "./reasons.ts";
import { refusalOf } from "./refuse.ts";

const at = instant(Date.UTC(2027, 0, 1));
const before = (at - 1) as Instant;
const after = (at + 1) as Instant;
const paint = as.product("paint");
const other = as.product("other");
const address = "owner" as EmailHash;
const domain = "domain" as EmailDomainHash;

const facts: AttributionFacts = {
  product: paint,
  country: "AT",
  buyerEmail: address,
  buyerEmailDomain: domain,
  unknownReference: false,
  evidence: [],
};
const policy: Policy = {
  order: ["manual", "coupon", "email"],
  windowDays: { coupon: 30, email: 30 },
  onConflict: "credit_first",
  selfPurchaseByDomain: true,
};

const sound: Evidence & { coupon: CouponUse } = {
  kind: "email",
  route: "order_field",
  partner: as.partner("north"),
  seenAt: addDays(at, -10),
  windowFrom: addDays(at, -30),
  endsAt: at,
  product: paint,
  territory: "AT",
  revokedAt: after,
  keyRevokedAt: after,
  partnerEndedAt: after,
  partnerEmail: "another" as EmailHash,
  partnerEmailDomain: "another" as EmailDomainHash,
  coupon: {
    code: "NORTH",
    usedAt: at,
    heardAt: at,
    boughtProduct: paint,
    products: [other, paint],
    addedAt: at,
    validFrom: at,
    validUntil: at,
    endedAt: after,
  },
};

/** What makes sound evidence be refused, for each reason. */
const flaws: Record<RefusedReason, Omit<Partial<Evidence>, "coupon"> & { coupon?: Partial<CouponUse> }> = {
  kind_not_used: { kind: "serial" },
  product_mismatch: { product: other },
  coupon_other_product: { coupon: { products: [other] } },
  other_territory: { territory: "DE" },
  self_purchase: { partnerEmail: address },
  self_purchase_domain: { partnerEmailDomain: domain },
  revoked: { revokedAt: at },
  key_revoked: { keyRevokedAt: at },
  partner_ended: { partnerEndedAt: at },
  purchase_refunded: { purchaseLost: 1 },
  coupon_ended: { coupon: { endedAt: at } },
  coupon_not_yet_valid: { coupon: { validFrom: after } },
  coupon_expired: { coupon: { validUntil: before } },
  after_purchase: { coupon: { addedAt: after } },
  reference_expired: { endsAt: before },
  outside_window: { windowFrom: (addDays(at, -30) - 1) as Instant },
};

const withFlaws = (...reasons: RefusedReason[]): Evidence => {
  const applied = reasons.map((reason) => flaws[reason]);
  const coupon = Object.assign({}, sound.coupon, ...applied.map((flaw) => flaw.coupon));
  return Object.assign({}, sound, ...applied, { coupon });
};

const refusal = (evidence: Evidence, rules: Partial<Policy> = {}, known: Partial<AttributionFacts> = {}) =>
  refusalOf(evidence, { ...facts, ...known }, { ...policy, ...rules }, at);

describe("a refusal of evidence", () => {
  it("spares what is sound to its last instant", () => {
    expect(refusal(sound)).toBeUndefined();
  });

  it.each(refusedReasons)("says %s", (reason) => {
    expect(refusal(withFlaws(reason))).toBe(reason);
  });

  it("gives the first reason of the order of precedence, whatever else holds", () => {
    for (const [index, first] of refusedReasons.entries())
      for (const second of refusedReasons.slice(index + 1))
        expect(refusal(withFlaws(second, first)), `${first}, ${second}`).toBe(first);
    expect(refusedReasons).toMatchInlineSnapshot(`
      [
        "kind_not_used",
        "product_mismatch",
        "coupon_other_product",
        "other_territory",
        "self_purchase",
        "self_purchase_domain",
        "revoked",
        "key_revoked",
        "partner_ended",
        "purchase_refunded",
        "coupon_ended",
        "coupon_not_yet_valid",
        "coupon_expired",
        "after_purchase",
        "reference_expired",
        "outside_window",
      ]
    `);
  });

  it("comes for an address that was registered after the purchase, but not for a copy that was", () => {
    expect(refusal({ ...sound, seenAt: after })).toBe("after_purchase");
    const serial: Evidence = { ...sound, kind: "serial", seenAt: after };
    expect(refusal(serial, { order: ["serial"] })).toBeUndefined();
  });

  it("never comes for the vendor's ruling on this very order", () => {
    const ruling: Evidence = { ...withFlaws(...refusedReasons), kind: "manual", route: "ruling" };
    expect(refusal(ruling, { order: ["token"] })).toBeUndefined();
  });

  it("comes for a ruling on an earlier order as for all evidence, but for who bought it", () => {
    const earlier: Evidence = { ...sound, kind: "manual", route: "earlier_purchase" };
    expect(refusal({ ...earlier, partnerEmail: address, partnerEmailDomain: domain })).toBeUndefined();
    expect(refusal({ ...earlier, partnerEndedAt: at })).toBe("partner_ended");
    expect(refusal(earlier, { order: ["token"] })).toBe("kind_not_used");
  });

  it("asks for the domain only where the policy wants it, and never takes two unknown domains for one", () => {
    expect(refusal(withFlaws("self_purchase_domain"), { selfPurchaseByDomain: false })).toBeUndefined();
    const { partnerEmail: _, partnerEmailDomain: __, ...strangers } = sound;
    const { buyerEmail: ___, buyerEmailDomain: ____, ...unknown } = facts;
    expect(refusalOf(strangers, unknown, policy, at)).toBeUndefined();
  });

  it("leaves a product open where either side does not say it", () => {
    const { product: _, ...anyProduct } = withFlaws("product_mismatch");
    expect(refusal(anyProduct)).toBeUndefined();
    const { product: __, ...notTold } = facts;
    expect(refusalOf(withFlaws("product_mismatch"), notTold, policy, at)).toBeUndefined();
    const { products: ___, ...everything } = sound.coupon;
    expect(refusal({ ...sound, coupon: { ...everything, boughtProduct: other } })).toBeUndefined();
  });

  it("judges a coupon by the purchase it was used for, not by the later one it counts for", () => {
    const longAgo = addDays(at, -20);
    const used = { ...sound.coupon, usedAt: longAgo, heardAt: longAgo, validFrom: longAgo, addedAt: longAgo };
    const coupon = { ...used, validUntil: longAgo, endedAt: addDays(longAgo, 1) };
    expect(refusal({ ...sound, kind: "coupon", coupon, windowFrom: longAgo })).toBeUndefined();
  });

  it("lets a code that was ended hand nothing on, though it was good when it was used", () => {
    const used = { ...sound.coupon, usedAt: addDays(at, -20), heardAt: addDays(at, -20) };
    const renewal: Evidence = { ...sound, kind: "coupon", route: "earlier_purchase", coupon: used };
    const ended = { ...used, validFrom: addDays(at, -20), addedAt: addDays(at, -20), endedAt: at };
    expect(refusal({ ...renewal, coupon: ended })).toBe("coupon_ended");
    expect(refusal({ ...renewal, coupon: { ...ended, endedAt: after } })).toBeUndefined();
  });

  it("comes for a purchase that was paid back whole, not for one that was in part, nor for a person's word", () => {
    expect(refusal({ ...sound, purchaseLost: 0.99 })).toBeUndefined();
    expect(refusal({ ...sound, kind: "manual", purchaseLost: 1 })).toBeUndefined();
  });
});
