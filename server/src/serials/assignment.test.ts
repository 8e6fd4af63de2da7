import { describe, expect, it } from "vitest";
import { instant } from "../words/clock.ts";
import { assignmentInForce, knownBy } from "./assignment.ts";

/** An assignment from a day on, recorded on a day. */
const given = (partner: string, from: number, recorded = from) => ({
  partner,
  assignment_no: recorded * 10,
  effective_from: instant(from),
  recorded_at: instant(recorded),
});

const inForce = (history: ReturnType<typeof given>[], at: number) =>
  assignmentInForce(history, instant(at))?.partner;

describe("the assignment in force", () => {
  const moved = [given("distributor", 10), given("reseller", 20)];

  it.each([
    ["on the day of the first", 10, "distributor"],
    ["before the second", 19, "distributor"],
    ["from the second on", 20, "reseller"],
    ["long after", 99, "reseller"],
    ["before the first, as the copy was sold before it was written down", 5, "distributor"],
  ])("is, %s, that of the time", (_when, at, partner) => {
    expect(inForce(moved, at)).toBe(partner);
  });

  it("of two from one day is the one that was recorded later", () => {
    expect(inForce([given("south", 10, 12), given("north", 10, 11)], 15)).toBe("south");
  });

  it("is none when there is none, or when the only one was dated ahead", () => {
    expect(inForce([], 10)).toBeUndefined();
    expect(inForce([given("later", 30, 5)], 10)).toBeUndefined();
    expect(inForce([given("later", 30, 5)], 30)).toBe("later");
  });

  it("does not depend on how the history is listed", () => {
    expect(inForce(moved.toReversed(), 15)).toBe("distributor");
  });

  it("as it was known on a day leaves out what was recorded later, whatever it is dated", () => {
    const backdated = [...moved, given("claimant", 12, 50)];
    expect(inForce(backdated, 15)).toBe("claimant");
    expect(inForce(knownBy(backdated, instant(49)), 15)).toBe("distributor");
  });
});
