import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { decideAttribution } from "./decide.ts";
import { conflictRules, type Evidence, evidenceKinds, evidenceRoutes, type Policy } from "./evidence.ts";
import type { RenewalRight } from "./renewal-right.ts";

const at = instant(Date.UTC(2028, 0, 1));
const policy: Policy = {
  order: [...evidenceKinds],
  windowDays: {},
  onConflict: "credit_first",
  selfPurchaseByDomain: true,
};
const evidence = (partner: string, days: number, over: Partial<Evidence> = {}): Evidence => ({
  kind: "token",
  route: "earlier_purchase",
  partner: as.partner(partner),
  seenAt: addDays(at, days),
  windowFrom: addDays(at, days),
  ...over,
});
const click = (partner: string, days: number, over: Partial<Evidence> = {}) =>
  evidence(partner, days, { route: "click_reference", ...over });
/** A window from 60 days before to 30 after a term that ends so many days from the purchase. */
const right = (endsIn: number): RenewalRight => ({
  partner: as.partner("north"),
  from: addDays(at, endsIn - 60),
  until: addDays(at, endsIn + 30),
  boughtAt: at,
});
const decide = (facts: readonly Evidence[], of?: RenewalRight, by = policy) =>
  decideAttribution(
    { unknownReference: false, evidence: facts, ...(of === undefined ? {} : { right: of }) },
    by,
    at,
  );

describe("a renewal right", () => {
  const sold = evidence("north", -365);
  const stronger = click("south", -1, { kind: "voucher" });

  it("credits who sold the last term inside the window, both ends included", () => {
    for (const endsIn of [60, 0, -30])
      expect(decide([sold, stronger], right(endsIn))).toMatchObject({
        outcome: "credited",
        partner: "north",
        because: "incumbent",
      });
    expect(decide([sold, stronger])).toMatchObject({ partner: "south", because: "click_reference" });
  });

  it("says why the others lost", () => {
    const decision = decide([sold, stronger, click("north", -1)], right(0));
    expect(decision.evidence.map(({ partner, verdict, reason }) => [partner, verdict, reason])).toEqual([
      ["south", "lost", "right_of_incumbent"],
      ["north", "won", "incumbent"],
      ["north", "lost", "agrees"],
    ]);
  });

  it("does nothing before the window", () => {
    expect(decide([sold, stronger], right(61))).toMatchObject({
      partner: "south",
      because: "click_reference",
    });
  });

  it("leaves the licence open after the window to what is newer than its end, and to that alone", () => {
    const old = click("south", -32);
    const newer = click("south", -1, { kind: "email" });
    expect(decide([sold, newer], right(-35))).toMatchObject({
      partner: "south",
      because: "open_after_window",
    });
    expect(decide([sold, newer], right(-35)).evidence[0]).toMatchObject({
      partner: "north",
      reason: "window_over",
    });
    const heardLate = { ...sold, seenAt: addDays(at, -2), boughtAt: addDays(at, -365) };
    expect(decide([heardLate, newer], right(-35))).toMatchObject({ partner: "south" });
    expect(decide([sold, old], right(-35))).toMatchObject({ partner: "north", because: "earlier_purchase" });
    expect(decide([sold, click("north", -1)], right(-35))).toMatchObject({
      partner: "north",
      because: "earlier_purchase",
    });
  });

  it("is below a ruling on the order, and nothing without evidence that counts", () => {
    const ruling = evidence("south", 1, { kind: "manual", route: "ruling" });
    expect(decide([sold, ruling], right(0))).toMatchObject({ partner: "south", because: "ruling" });
    const ended = { ...sold, partnerEndedAt: addDays(at, -1) };
    expect(decide([ended, stronger], right(0))).toMatchObject({
      partner: "south",
      because: "click_reference",
    });
  });

  it("gives the same answer inside the window whoever clicks, whatever else others hold and whatever the policy", () => {
    const other = fc
      .record({
        kind: fc.constantFrom(...evidenceKinds),
        route: fc.constantFrom(...evidenceRoutes.filter((route) => route !== "ruling")),
        partner: fc.constantFrom("south", "east", "north").map(as.partner),
        seenAt: fc.integer({ min: -400, max: 3 }).map((days) => addDays(at, days)),
      })
      .map((one): Evidence => ({ ...one, windowFrom: one.seenAt }));
    fc.assert(
      fc.property(
        fc.array(other),
        fc.constantFrom(...conflictRules),
        fc.integer({ min: -30, max: 60 }),
        (others, onConflict, endsIn) => {
          const decision = decide([...others, sold], right(endsIn), { ...policy, onConflict });
          expect(decision).toMatchObject({ outcome: "credited", partner: "north", because: "incumbent" });
        },
      ),
      { numRuns: 500 },
    );
  });
});
