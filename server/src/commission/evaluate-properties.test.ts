import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remainingOfCredits } from "../ledger/remaining.ts";
import { as } from "../words/ids.ts";
import { evaluatePlan } from "./evaluate.ts";
import type { Conditions, Plan } from "./plan.ts";
import type { ChainPartner, SaleLine } from "./sale.ts";
import { chain, eur, line, override, plan, sale, seller } from "./testing/small-sale.ts";

const anyPay = fc.record({
  rateBp: fc.integer({ min: 0, max: 10_000 }),
  perUnit: fc.constantFrom([], eur(150)),
  perLine: fc.constantFrom([], eur(333)),
  perOrder: fc.constantFrom([], eur(999)),
});
const anyCap = fc.constantFrom([], eur(0), eur(100), eur(1234));
const anyWhen = fc.constantFrom<Conditions>(
  {},
  { kinds: ["new"] },
  { quantity: { min: 2 } },
  { levels: { max: 2 } },
);
const anyPlan: fc.Arbitrary<Plan> = fc.record({
  promise: fc.constant("each_sale" as const),
  rules: fc.array(fc.record({ rule: fc.constantFrom("a", "b"), when: anyWhen, pay: anyPay }), {
    maxLength: 3,
  }),
  overrides: fc.array(
    fc.record({
      rule: fc.constantFrom("c", "d"),
      when: anyWhen,
      pay: anyPay,
      from: fc.constantFrom("vendor" as const, "lower_share" as const),
      of: fc.constantFrom("net" as const, "lower_share" as const),
      capPerOrder: anyCap,
    }),
    { maxLength: 3 },
  ),
  capPerOrder: anyCap,
});
const anyLines = fc
  .array(
    fc.record({
      kind: fc.constantFrom("new", "renewal", "other"),
      quantity: fc.integer({ min: -1, max: 5 }),
      netMinor: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
        fc.integer({ min: -3000, max: 3 }),
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines): SaleLine[] => lines.map((one, at) => ({ ...one, line: `l${at}` })));
const anyChain = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 5 })
  .map((tiers) =>
    tiers.map(
      (ended, at): ChainPartner => ({ ...seller, partner: as.partner(`p${at}`), ended: at > 0 && ended }),
    ),
  );

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

describe("any plan, sale and chain", () => {
  it("is paid in whole parts that never exceed their line, nor all lines the order", () => {
    fc.assert(
      fc.property(anyPlan, anyLines, anyChain, (any, lines, partners) => {
        const { parts } = evaluatePlan(any, sale(lines), partners);
        for (const part of parts) {
          expect(Number.isSafeInteger(part.amountMinor) && part.amountMinor > 0).toBe(true);
          const ofLine = parts.filter((one) => one.line === part.line);
          expect(sumOf(ofLine.map((one) => one.amountMinor))).toBeLessThanOrEqual(part.lineNetMinor);
        }
        const net = Math.max(0, sumOf(lines.map((one) => one.netMinor)));
        expect(sumOf(parts.map((one) => one.amountMinor))).toBeLessThanOrEqual(net);
      }),
      { numRuns: 500 },
    );
  });

  it("pays no more than its caps", () => {
    fc.assert(
      fc.property(anyPlan, anyLines, anyChain, (any, lines, partners) => {
        const { parts } = evaluatePlan(any, sale(lines), partners);
        const paidTo = (partner: string) =>
          sumOf(parts.filter((one) => one.partner === partner).map((one) => one.amountMinor));
        const cap = any.capPerOrder[0]?.amountMinor ?? Number.POSITIVE_INFINITY;
        expect(paidTo("p0")).toBeLessThanOrEqual(cap);
      }),
    );
  });

  it("says of every rule, line and partner exactly once what became of it, and pays by those that matched", () => {
    fc.assert(
      fc.property(anyPlan, anyLines, anyChain, (any, lines, partners) => {
        const { parts, rules } = evaluatePlan(any, sale(lines), partners);
        const asked = lines.length * (any.rules.length + (partners.length - 1) * any.overrides.length);
        expect(rules).toHaveLength(asked);
        for (const part of parts) {
          const matched = rules.filter(
            (one) => one.matched && one.line === part.line && one.partner === part.partner,
          );
          expect(matched.map((one) => one.rule)).toEqual([part.rule]);
        }
      }),
    );
  });

  it("ends at zero by refunds of any number, size, line and order, for every tier, and never exceeds what is left", () => {
    fc.assert(
      fc.property(
        anyPlan,
        anyLines.map((lines) => lines.map((one) => ({ ...one, netMinor: Math.abs(one.netMinor) }))),
        anyChain,
        fc.array(fc.tuple(fc.nat(4), fc.nat(20_000)), { maxLength: 8 }),
        (any, lines, partners, steps) => {
          const { parts } = evaluatePlan(any, sale(lines), partners);
          const netMinor = sumOf(lines.map((one) => one.netMinor));
          const lost = new Map(lines.map((one) => [one.line, 0]));
          const remaining = () =>
            remainingOfCredits(parts, {
              lostNetMinor: sumOf([...lost.values()]),
              netMinor,
              whole: false,
              lines: lost,
            });
          expect(remaining()).toEqual(parts.map((one) => one.amountMinor));
          let before = remaining();
          for (const [which, amount] of steps) {
            const one = lines[which % lines.length];
            if (one === undefined) continue;
            lost.set(one.line, Math.min(one.netMinor, (lost.get(one.line) ?? 0) + amount));
            const now = remaining();
            for (const { line: name, netMinor: brought } of lines) {
              const kept = sumOf(now.filter((_, at) => parts[at]?.line === name));
              expect(kept).toBeLessThanOrEqual(brought - (lost.get(name) ?? 0));
            }
            expect(
              now.every(
                (amountMinor, at) => amountMinor >= 0 && amountMinor <= (parts[at]?.amountMinor ?? 0),
              ),
            ).toBe(true);
            expect(sumOf(now)).toBeLessThanOrEqual(sumOf(before));
            before = now;
          }
          for (const one of lines) lost.set(one.line, one.netMinor);
          expect(sumOf(remaining())).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps a line that lost nothing whole, whatever another lost", () => {
    const { parts } = evaluatePlan(
      plan({ overrides: [override({})] }),
      sale([line(), line({ line: "2" })]),
      chain,
    );
    const lines = new Map([["2", 10_000]]);
    const left = remainingOfCredits(parts, { lostNetMinor: 10_000, netMinor: 20_000, whole: false, lines });
    expect(parts.map((part, at) => [part.line, left[at]])).toEqual([
      ["1", 2000],
      ["2", 0],
      ["1", 500],
      ["2", 0],
    ]);
  });

  it("is left nothing when everything went back, though no line says so", () => {
    const { parts } = evaluatePlan(plan({ overrides: [override({})] }), sale(), chain);
    const loss = { lostNetMinor: 0, netMinor: 10_000, lines: new Map<string, number>() };
    expect(remainingOfCredits(parts, { ...loss, whole: true })).toEqual([0, 0]);
    expect(remainingOfCredits(parts, { ...loss, whole: false })).toEqual([2000, 500]);
    expect(remainingOfCredits(parts, { ...loss, lostNetMinor: 10_000, whole: false })).toEqual([0, 0]);
  });
});
