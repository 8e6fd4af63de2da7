import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { decideAttribution } from "./decide.ts";
import { conflictRules, type Evidence, evidenceKinds, type Policy } from "./evidence.ts";

const at = instant(Date.UTC(2027, 0, 1));
const days = (count: number) => addDays(at, count);

const policy = (over: Partial<Policy> = {}): Policy => ({
  order: evidenceKinds,
  windowDays: {},
  onConflict: "credit_first",
  selfPurchaseByDomain: true,
  ...over,
});

/** Every kind of evidence as it comes about; a token comes in two ways that are not equally strong. */
const known = {
  ruling: { kind: "manual", route: "ruling", seenAt: days(5) },
  "earlier ruling": { kind: "manual", route: "earlier_purchase", seenAt: days(-1) },
  voucher: { kind: "voucher", route: "licence_binding", seenAt: days(-2) },
  serial: { kind: "serial", route: "licence_binding", seenAt: days(-3) },
  binding: { kind: "token", route: "licence_binding", seenAt: days(-4) },
  "earlier click": { kind: "token", route: "subscription", seenAt: days(-5) },
  click: { kind: "token", route: "click_reference", seenAt: days(-6) },
  coupon: { kind: "coupon", route: "order_field", seenAt: days(0) },
  deal: { kind: "deal", route: "order_field", seenAt: days(-8) },
  email: { kind: "email", route: "order_field", seenAt: days(-8) },
} as const;
type Name = keyof typeof known;

const evidence = (name: Name, partner: string, over: Partial<Evidence> = {}): Evidence => ({
  ...known[name],
  partner: as.partner(partner),
  windowFrom: days(-9),
  ...over,
});

type Outcome = "credited" | "held";
/** The winner, the loser, why it lost, and what comes of it under `hold` and under `hold_any`. */
type Row = [winner: Name, loser: Name, reason: string, hold: Outcome, holdAny: Outcome];

const pairs: Row[] = [
  ["ruling", "earlier ruling", "overruled", "credited", "credited"],
  ["ruling", "voucher", "overruled", "credited", "credited"],
  ["ruling", "serial", "overruled", "credited", "credited"],
  ["ruling", "binding", "overruled", "credited", "credited"],
  ["ruling", "earlier click", "overruled", "credited", "credited"],
  ["ruling", "click", "overruled", "credited", "credited"],
  ["ruling", "coupon", "overruled", "credited", "credited"],
  ["ruling", "email", "overruled", "credited", "credited"],
  ["earlier ruling", "voucher", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "serial", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "binding", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "earlier click", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "click", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "coupon", "weaker_kind", "credited", "credited"],
  ["earlier ruling", "email", "weaker_kind", "credited", "credited"],
  ["voucher", "serial", "weaker_kind", "credited", "held"],
  ["ruling", "deal", "overruled", "credited", "credited"],
  ["earlier ruling", "deal", "weaker_kind", "credited", "credited"],
  ["voucher", "deal", "weaker_kind", "credited", "credited"],
  ["deal", "serial", "weaker_kind", "credited", "held"],
  ["deal", "binding", "weaker_kind", "credited", "held"],
  ["deal", "earlier click", "weaker_kind", "credited", "credited"],
  ["deal", "click", "weaker_kind", "credited", "credited"],
  ["deal", "coupon", "weaker_kind", "credited", "credited"],
  ["deal", "email", "weaker_kind", "credited", "credited"],
  ["voucher", "binding", "weaker_kind", "credited", "held"],
  ["voucher", "earlier click", "weaker_kind", "credited", "credited"],
  ["voucher", "click", "weaker_kind", "credited", "credited"],
  ["voucher", "coupon", "weaker_kind", "credited", "credited"],
  ["voucher", "email", "weaker_kind", "credited", "credited"],
  ["serial", "binding", "weaker_kind", "credited", "held"],
  ["serial", "earlier click", "weaker_kind", "credited", "credited"],
  ["serial", "click", "weaker_kind", "credited", "credited"],
  ["serial", "coupon", "weaker_kind", "credited", "credited"],
  ["serial", "email", "weaker_kind", "credited", "credited"],
  ["earlier click", "binding", "seen_later", "held", "held"],
  ["binding", "click", "installed_first", "held", "held"],
  ["binding", "coupon", "weaker_kind", "credited", "credited"],
  ["binding", "email", "weaker_kind", "credited", "credited"],
  ["earlier click", "click", "installed_first", "held", "held"],
  ["earlier click", "coupon", "weaker_kind", "credited", "credited"],
  ["earlier click", "email", "weaker_kind", "credited", "credited"],
  ["click", "coupon", "weaker_kind", "credited", "credited"],
  ["click", "email", "weaker_kind", "credited", "credited"],
  ["coupon", "email", "weaker_kind", "credited", "credited"],
];

const bothWays = (one: Evidence, other: Evidence) => [
  [one, other],
  [other, one],
];

const decide = (list: Evidence[], rules: Policy = policy()) =>
  decideAttribution({ unknownReference: false, evidence: list }, rules, at);

describe("two pieces of evidence of different kinds", () => {
  it("are all in the table", () => {
    const names = Object.keys(known);
    const expected = names.flatMap((one, index) =>
      names.slice(index + 1).map((other) => [one, other].sort()),
    );
    expect(pairs.map(([one, other]) => [one, other].sort()).sort()).toEqual(expected.sort());
    expect(new Set(Object.values(known).map(({ kind }) => kind))).toEqual(new Set(evidenceKinds));
  });

  it.each(pairs)(
    "%s beats %s that names another: %s; held: %s, %s",
    (winner, loser, reason, hold, holdAny) => {
      const outcomes = { credit_first: "credited", hold, hold_any: holdAny } as const;
      for (const onConflict of conflictRules)
        for (const list of bothWays(evidence(winner, "north"), evidence(loser, "south"))) {
          const decision = decide(list, policy({ onConflict }));
          const credited = outcomes[onConflict] === "credited";
          expect(decision).toMatchObject({
            outcome: outcomes[onConflict],
            because: credited ? known[winner].route : "conflict",
            evidence: [
              { partner: "north", ...known[winner], verdict: credited ? "won" : "lost" },
              { partner: "south", ...known[loser], verdict: "lost", reason: credited ? reason : "held" },
            ],
            ...(credited ? { partner: "north" } : {}),
          });
        }
    },
  );

  it.each(pairs)(
    "%s beats %s that names the same partner: it agrees, and nothing is held",
    (winner, loser) => {
      for (const onConflict of conflictRules)
        for (const list of bothWays(evidence(winner, "north"), evidence(loser, "north")))
          expect(decide(list, policy({ onConflict }))).toMatchObject({
            outcome: "credited",
            partner: "north",
            because: known[winner].route,
            evidence: [
              { verdict: "won", reason: known[winner].route },
              { verdict: "lost", reason: "agrees" },
            ],
          });
    },
  );
});

describe("two pieces of evidence of one kind", () => {
  const sameKind = [
    "earlier ruling",
    "voucher",
    "serial",
    "binding",
    "earlier click",
    "coupon",
    "email",
  ] as const;

  it.each(sameKind)(
    "%s: the one that was seen first wins, and two partners are held for a person",
    (name) => {
      const first = evidence(name, "north", { seenAt: days(-40) });
      const later = evidence(name, "south", { seenAt: days(-30) });
      const outcome = name === "earlier ruling" ? "credited" : "held";
      for (const list of bothWays(first, later)) {
        expect(decide(list)).toMatchObject({
          outcome: "credited",
          partner: "north",
          evidence: [{ verdict: "won" }, { verdict: "lost", reason: "seen_later" }],
        });
        for (const onConflict of ["hold", "hold_any"] as const)
          expect(decide(list, policy({ onConflict })).outcome).toBe(outcome);
      }
      for (const list of bothWays(first, { ...later, partner: first.partner }))
        expect(decide(list, policy({ onConflict: "hold_any" }))).toMatchObject({
          outcome: "credited",
          partner: "north",
          evidence: [{ verdict: "won" }, { verdict: "lost", reason: "agrees" }],
        });
    },
  );

  it.each(sameKind)("%s: of two seen at once the same wins, however they are listed", (name) => {
    for (const list of bothWays(evidence(name, "north"), evidence(name, "south")))
      expect(decide(list)).toMatchObject({ outcome: "credited", partner: "north" });
  });
});

describe("a click alone", () => {
  // A vendor who trusts tokens most means the stamped copy, not a link that anybody can send.
  const tokenFirst = policy({ order: ["manual", "token", "coupon", "serial", "voucher", "email"] });

  it.each([
    ["click", "serial"],
    ["click", "voucher"],
    ["click", "binding"],
    ["earlier click", "serial"],
    ["earlier click", "voucher"],
  ] as const)("never lets %s beat %s, even where tokens are stronger", (click, installed) => {
    for (const list of bothWays(evidence(click, "north"), evidence(installed, "south")))
      expect(decide(list, tokenFirst)).toMatchObject({
        outcome: "credited",
        partner: "south",
        evidence: [{ verdict: "won" }, { partner: "north", verdict: "lost", reason: "installed_first" }],
      });
  });

  it("leaves the order of the others as it is: a binding before a coupon, a coupon before a serial", () => {
    const list = (["click", "serial", "coupon", "binding"] as const).map((name) => evidence(name, name));
    expect(decide(list, tokenFirst).evidence.map(({ partner }) => partner)).toEqual([
      "binding",
      "coupon",
      "serial",
      "click",
    ]);
  });

  it("is as strong as its kind where the policy uses nothing that is installed", () => {
    const links = policy({ order: ["token", "coupon"] });
    const list = [evidence("coupon", "south"), evidence("click", "north")];
    expect(decide(list, links)).toMatchObject({ outcome: "credited", partner: "north" });
  });
});
