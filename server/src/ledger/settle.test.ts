import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { as } from "../words/ids.ts";
import { type Loss, noLoss } from "./loss.ts";
import { balanceOf, releaseHeld, settleOrder } from "./settle.ts";
import type { Credit, Transfer } from "./transfer.ts";

const EUR = as.currency("eur");
const north = as.partner("north");
const credit = (amountMinor: number, partner = north): Credit => ({
  partner,
  amountMinor,
  currency: EUR,
  rateBp: 2000,
});
const none = noLoss({ netMinor: 10_000 });
const lost = (lostNetMinor: number): Loss => ({ ...none, lostNetMinor, whole: lostNetMinor === 10_000 });

describe("settleOrder", () => {
  it("books a new credit to held, and to payable once the order was released", () => {
    const settlement = { credits: [credit(2000)], booked: [], loss: none, released: false };
    expect(settleOrder(settlement)).toMatchObject([
      { kind: "credit", debit: "expense", credit: "held", amountMinor: 2000 },
    ]);
    expect(settleOrder({ ...settlement, released: true })).toMatchObject([{ credit: "payable" }]);
  });

  it("books nothing twice", () => {
    const settlement = { credits: [credit(2000)], loss: lost(3333), released: false };
    const booked = settleOrder({ ...settlement, booked: [] });
    expect(settleOrder({ ...settlement, booked })).toEqual([]);
  });

  it("reverses in proportion, from held while it is held and from payable afterwards", () => {
    const credits = [credit(2000)];
    const booked = settleOrder({ credits, booked: [], loss: none, released: false });
    expect(settleOrder({ credits, booked, loss: lost(2500), released: false })).toMatchObject([
      { kind: "reversal", debit: "held", credit: "expense", amountMinor: 500 },
    ]);
    const released = [...booked, ...releaseHeld(booked)];
    expect(settleOrder({ credits, booked: released, loss: lost(10_000), released: true })).toMatchObject([
      { kind: "reversal", debit: "payable", credit: "expense", amountMinor: 2000 },
    ]);
  });

  it("reinstates what a dispute had taken when it is won", () => {
    const credits = [credit(2000)];
    const booked = settleOrder({ credits, booked: [], loss: none, released: false });
    booked.push(...settleOrder({ credits, booked, loss: lost(10_000), released: false }));
    expect(settleOrder({ credits, booked, loss: none, released: false })).toMatchObject([
      { kind: "reinstatement", debit: "expense", credit: "held", amountMinor: 2000 },
    ]);
  });

  it("takes the credit from one partner and gives it to another when the decision changed", () => {
    const booked = settleOrder({ credits: [credit(2000)], booked: [], loss: none, released: false });
    const transfers = settleOrder({
      credits: [credit(1500, as.partner("south"))],
      booked,
      loss: none,
      released: false,
    });
    expect(transfers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ partner: "north", kind: "reversal", amountMinor: 2000 }),
        expect.objectContaining({ partner: "south", kind: "credit", amountMinor: 1500 }),
      ]),
    );
  });

  it("ends at the same balance whatever the refunds on the way, and never below zero on the way", () => {
    const steps = fc.array(
      fc.record({ lostMinor: fc.integer({ min: 0, max: 10_000 }), release: fc.boolean() }),
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 9_999_999 }), (walk, amountMinor) => {
        const booked: Transfer[] = [];
        let released = false;
        for (const step of [...walk, { lostMinor: 2500, release: false }]) {
          booked.push(
            ...settleOrder({ credits: [credit(amountMinor)], booked, loss: lost(step.lostMinor), released }),
          );
          if (step.release) {
            booked.push(...releaseHeld(booked));
            released = true;
          }
          expect(balanceOf(booked, "held")).toBeGreaterThanOrEqual(0);
          expect(balanceOf(booked, "payable")).toBeGreaterThanOrEqual(0);
        }
        expect(balanceOf(booked, "held") + balanceOf(booked, "payable")).toBe(
          amountMinor - Math.floor(amountMinor / 4 + 0.5),
        );
        expect(
          booked.every((transfer) => transfer.amountMinor > 0 && transfer.debit !== transfer.credit),
        ).toBe(true);
      }),
    );
  });
});
