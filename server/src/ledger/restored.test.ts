import { expect, it } from "vitest";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { lossOf } from "./loss.ts";
import type { LossFact } from "./loss-fact.ts";

const currency = as.currency("eur");

const fact = (effect: "refund" | "restored", at: number, over: Partial<LossFact> = {}): LossFact => ({
  effect,
  movement: `${effect}@${at}`,
  payment: "ch_1",
  status: "done",
  cumulative: false,
  grossMinor: 12_000,
  netMinor: undefined,
  lines: [],
  currency,
  at: instant(at),
  createdAt: undefined,
  ...over,
});

it.each<[name: string, facts: LossFact[], lostNetMinor: number]>([
  [
    "before nothing was left",
    [fact("refund", 1), fact("restored", 2), fact("refund", 3, { status: "whole" })],
    10_000,
  ],
  [
    "since nothing was left",
    [fact("refund", 1, { status: "whole" }), fact("restored", 2, { grossMinor: 3000 })],
    7500,
  ],
])("what was given back by hand %s", (_name, facts, lostNetMinor) => {
  const sale = { netMinor: 10_000, taxMinor: 2000, currency, lines: [] };
  expect(lossOf(facts, sale)).toMatchObject({ lostNetMinor, whole: lostNetMinor === 10_000 });
  expect(lossOf([...facts].reverse(), sale)).toMatchObject({ lostNetMinor });
});
