import { describe, expect, it } from "vitest";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { foreignLosses, type LossySale, lossOf } from "./loss.ts";
import type { LossFact } from "./loss-fact.ts";
import { remainingOfCredits } from "./remaining.ts";

const EUR = as.currency("eur");
const USD = as.currency("usd");

const sale: LossySale = { netMinor: 10_000, taxMinor: 2000, currency: EUR, lines: [] };

const fact = (over: Partial<LossFact> = {}): LossFact => ({
  effect: "refund",
  movement: "re_1",
  payment: "ch_1",
  status: "done",
  cumulative: false,
  grossMinor: 1200,
  netMinor: undefined,
  lines: [],
  currency: EUR,
  at: instant(1),
  createdAt: undefined,
  ...over,
});
const refund = (movement: string, grossMinor: number, over: Partial<LossFact> = {}) =>
  fact({ movement, grossMinor, ...over });
const total = (grossMinor: number, at: number, over: Partial<LossFact> = {}) =>
  fact({ cumulative: true, movement: `total@${at}`, grossMinor, at: instant(at), ...over });
const dispute = (effect: LossFact["effect"], at: number, over: Partial<LossFact> = {}) =>
  fact({ effect, movement: "dp_1", grossMinor: 12_000, at: instant(at), ...over });

describe("what of a sale of 100.00 with 20.00 tax has gone back, in net", () => {
  it.each<[name: string, facts: LossFact[], lostNetMinor: number]>([
    ["nothing happened", [], 0],
    ["single refunds add up", [refund("re_1", 1200), refund("re_2", 600)], 1500],
    ["never more than was paid", [refund("re_1", 9000), refund("re_2", 9000)], 10_000],
    ["a refund under way counts", [refund("re_1", 1200, { status: "pending" })], 1000],
    ...(["failed", "cancelled", "deleted"] as const).map((status): [string, LossFact[], number] => [
      `a refund that ${status} is none`,
      [refund("re_1", 1200), refund("re_1", 1200, { status, at: instant(2) })],
      0,
    ]),
    [
      "a refund that was entered anew counts once",
      [
        refund("re_1", 6000),
        refund("re_1", 6000, { status: "deleted", at: instant(2) }),
        refund("re_2", 6000, { at: instant(3) }),
      ],
      5000,
    ],
    ["of running totals the newest counts, larger", [total(1200, 1), total(4800, 2)], 4000],
    ["of running totals the newest counts, smaller", [total(4800, 1), total(1200, 2)], 1000],
    ["of running totals of one moment the larger counts", [total(4800, 1), total(1200, 1)], 4000],
    [
      "a total contains a refund that knows its payment by another of its names",
      [
        refund("re_1", 4800, { payment: "pi_1" }),
        total(4800, 1, { alsoNamed: ["ch_1", "pi_1"] }),
        total(1200, 1, { payment: "ch_2", alsoNamed: ["ch_2", "pi_2"] }),
        refund("re_2", 1200, { payment: "pi_2" }),
      ],
      5000,
    ],
    [
      "one refund counts once under two names of its payment",
      [refund("re_1", 1200, { payment: "pi_1" }), refund("re_1", 1200)],
      1000,
    ],
    ["running totals of two payments add up", [total(4800, 1), total(1200, 1, { payment: "ch_2" })], 5000],
    ["a running total contains the refunds of its time", [total(1200, 2), refund("re_1", 1200)], 1000],
    [
      "a refund that is in no running total until it is done adds to one",
      [refund("re_1", 1200, { status: "pending" }), total(2400, 2)],
      3000,
    ],
    [
      "a refund that was only ever under way takes nothing off a running total when it fails",
      [
        refund("re_1", 1200, { status: "pending" }),
        total(2400, 2),
        refund("re_1", 1200, { status: "failed", at: instant(5), createdAt: instant(1) }),
      ],
      2000,
    ],
    [
      "a refund that began after a running total adds to it",
      [total(1200, 2), refund("re_2", 600, { at: instant(3), createdAt: instant(3) })],
      1500,
    ],
    [
      "a refund that failed is taken off the running total that contained it",
      [total(12_000, 1), refund("re_1", 12_000, { status: "failed", at: instant(2), createdAt: instant(1) })],
      0,
    ],
    [
      "a running total after a failure contains the failure",
      [total(1200, 3), refund("re_1", 12_000, { status: "failed", at: instant(2), createdAt: instant(1) })],
      1000,
    ],
    ["a state that leaves nothing takes all", [total(0, 2, { status: "whole", currency: null })], 10_000],
    ["a newer state undoes it", [total(0, 2, { status: "whole" }), total(0, 3)], 0],
    ["tax alone is no loss", [refund("adj_1", 2000, { netMinor: 0 })], 0],
    [
      "tax first, then half of the net",
      [refund("adj_1", 2000, { netMinor: 0 }), refund("adj_2", 5000, { netMinor: 5000 })],
      5000,
    ],
    [
      "tax first, then everything else",
      [refund("adj_1", 2000, { netMinor: 0 }), refund("adj_2", 10_000, { netMinor: 10_000 })],
      10_000,
    ],
    [
      "tax first, then an amount that tells no tax: it is all net",
      [refund("adj_1", 2000, { netMinor: 0 }), refund("adj_2", 5000)],
      5000,
    ],
    ["an open dispute takes all", [dispute("dispute_opened", 1)], 10_000],
    ["a lost dispute counts once", [dispute("dispute_opened", 1), dispute("dispute_lost", 2)], 10_000],
    ["a won dispute takes nothing", [dispute("dispute_opened", 1), dispute("dispute_won", 2)], 0],
    ["won and lost after all", [dispute("dispute_won", 2), dispute("dispute_lost", 3)], 10_000],
    ["lost and won after all", [dispute("dispute_lost", 2), dispute("dispute_won", 3)], 0],
    [
      "a dispute that came back by a movement, and came again",
      [
        dispute("dispute_opened", 1, { movement: "cb_1" }),
        dispute("dispute_reversed", 2, { movement: "cr_1" }),
        dispute("dispute_opened", 3, { movement: "cb_2" }),
      ],
      10_000,
    ],
    [
      "a movement that says what the dispute's status says already",
      [
        dispute("dispute_opened", 1, { movement: "cb_1" }),
        dispute("dispute_won", 2, { movement: "cb_1" }),
        dispute("dispute_reversed", 2, { movement: "cr_1" }),
        dispute("dispute_opened", 3, { movement: "cb_2" }),
      ],
      10_000,
    ],
    [
      "a reversal gives back the dispute that was open by then, not one that was opened and won later",
      [
        dispute("dispute_opened", 1),
        dispute("dispute_reversed", 2, { movement: "cr_1" }),
        dispute("dispute_opened", 3, { movement: "dp_2" }),
        dispute("dispute_won", 4, { movement: "dp_2" }),
      ],
      0,
    ],
    [
      "a charge's total contains a refund that the intent alone names, where no telling named both",
      [
        total(4800, 5, { soleName: "charge" }),
        refund("re_1", 4800, { payment: "pi_1", soleName: "intent", createdAt: instant(4), at: instant(6) }),
      ],
      4000,
    ],
    [
      "such a refund that began after the total counts beside it",
      [
        total(4800, 5, { soleName: "charge" }),
        refund("re_1", 1200, { payment: "pi_1", soleName: "intent", createdAt: instant(6), at: instant(6) }),
      ],
      5000,
    ],
    [
      "of two charges' totals it is in the first that can contain it, and is taken off that when it fails",
      [
        total(3600, 2, { soleName: "charge" }),
        total(4800, 5, { soleName: "charge", payment: "ch_2" }),
        refund("re_1", 4800, {
          payment: "pi_2",
          soleName: "intent",
          status: "failed",
          createdAt: instant(4),
          at: instant(6),
        }),
      ],
      3000,
    ],
    [
      "one that came back by its status, and a second one by a movement",
      [
        dispute("dispute_opened", 1, { movement: "cb_1" }),
        dispute("dispute_won", 2, { movement: "cb_1" }),
        dispute("dispute_opened", 3, { movement: "cb_2" }),
        dispute("dispute_reversed", 4, { movement: "cr_2" }),
      ],
      0,
    ],
    [
      "two partial disputes, of which one came back",
      [
        dispute("dispute_opened", 1, { movement: "cb_1", grossMinor: 6000, netMinor: 5000 }),
        dispute("dispute_opened", 1, { movement: "cb_2", grossMinor: 3600, netMinor: 3000 }),
        dispute("dispute_reversed", 2, { movement: "cr_1", grossMinor: 3600, netMinor: 3000 }),
      ],
      5000,
    ],
    [
      "a second payment that went back",
      [
        fact({ effect: "payment", movement: "pay_1", grossMinor: 12_000 }),
        fact({ effect: "payment", movement: "pay_2", grossMinor: 12_000 }),
        total(12_000, 2, { payment: "ch_2" }),
      ],
      0,
    ],
    [
      "one of two part payments that went back",
      [
        fact({ effect: "payment", movement: "pay_1", grossMinor: 6000 }),
        fact({ effect: "payment", movement: "pay_2", grossMinor: 6000 }),
        total(6000, 2, { payment: "ch_2" }),
      ],
      5000,
    ],
    [
      "what a person entered as given back after all",
      [refund("re_1", 12_000), fact({ effect: "restored", movement: "by hand", grossMinor: 6000 })],
      5000,
    ],
    ["another currency says nothing here", [refund("re_1", 1200, { currency: USD })], 0],
  ])("%s", (_name, facts, lostNetMinor) => {
    expect(lossOf(facts, sale)).toMatchObject({ lostNetMinor, whole: lostNetMinor === 10_000 });
    expect(lossOf([...facts].reverse(), sale)).toMatchObject({ lostNetMinor });
  });
});

describe("lines", () => {
  const line = (name: string, netMinor: number, kind = "new") => ({
    line: name,
    kind,
    netMinor,
    taxMinor: 0,
  });
  const cart: LossySale = { ...sale, lines: [line("a", 6000), line("b", 4000)] };

  it("lose what refunds say of them, and the rest in proportion to what is left", () => {
    const ofB = refund("re_1", 4800, {
      netMinor: 4000,
      lines: [{ line: "b", netMinor: 4000, taxMinor: 800 }],
    });
    expect([...lossOf([ofB], cart).lines]).toEqual([
      ["a", 0],
      ["b", 4000],
    ]);
    expect([...lossOf([ofB, refund("re_2", 1200)], cart).lines]).toEqual([
      ["a", 1000],
      ["b", 4000],
    ]);
    expect([...lossOf([refund("re_2", 1201)], cart).lines].map(([, lost]) => lost)).toEqual([601, 400]);
  });

  it("bear what lowers the order, so that a credit for a line shrinks with its part of the order", () => {
    const upgrade = {
      ...sale,
      netMinor: 6000,
      taxMinor: 0,
      lines: [line("new", 10_000), line("old", -4000)],
    };
    const credit = { amountMinor: 600, line: "new", lineNetMinor: 6000 };
    const left = (...facts: LossFact[]) => remainingOfCredits([credit], lossOf(facts, upgrade));
    expect([...lossOf([refund("re_1", 3000)], upgrade).lines]).toEqual([
      ["new", 3000],
      ["old", 0],
    ]);
    expect(left(refund("re_1", 3000))).toEqual([300]);
    const byLine = { netMinor: 1500, lines: [{ line: "new", netMinor: 1500, taxMinor: 0 }] };
    expect(left(refund("re_1", 1500, byLine))).toEqual([450]);
    expect(left(refund("re_1", 6000))).toEqual([0]);
  });

  it("of prepaid money that went back are no loss", () => {
    const card = { ...line("card", 0, "prepaid"), listMinor: 6000 };
    const withCard: LossySale = { ...sale, lines: [line("a", 10_000), card] };
    const ofCard = refund("re_1", 6000, { lines: [{ line: "card", netMinor: 6000, taxMinor: 0 }] });
    expect(lossOf([ofCard], withCard).lostNetMinor).toBe(0);
    expect(lossOf([refund("re_1", 18_000)], withCard).lostNetMinor).toBe(10_000);
    expect(lossOf([refund("re_1", 9000)], withCard).lostNetMinor).toBe(5000);
  });
});

describe("money in another currency", () => {
  it("is a loss that a person must judge, unless it came back", () => {
    const opened = dispute("dispute_opened", 1, { currency: USD });
    expect(foreignLosses([opened], EUR)).toBe(true);
    expect(foreignLosses([opened, dispute("dispute_won", 2, { currency: USD })], EUR)).toBe(false);
    expect(foreignLosses([dispute("dispute_opened", 1)], EUR)).toBe(false);
    expect(foreignLosses([refund("re_1", 5, { currency: null })], EUR)).toBe(false);
  });
});
