import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { maxTiers, type Position, parentsAt, partnersAbove, refusalOfPosition } from "./hierarchy.ts";

const day = (days: number) => addDays(instant(Date.UTC(2027, 0, 1)), days);
const place = (partner: string, parent: string | null, days = 0): Position => ({
  partner: as.partner(partner),
  parent: parent === null ? null : as.partner(parent),
  since: day(days),
});
const above = (positions: readonly Position[], partner: string, days: number) =>
  partnersAbove(parentsAt(positions, day(days)), as.partner(partner));

describe("a hierarchy", () => {
  it("is what held on the day", () => {
    const positions = [
      place("shop", "big"),
      place("big", "master", 5),
      place("shop", "other", 10),
      place("shop", null, 20),
    ];
    expect(above(positions, "shop", -1)).toEqual([]);
    expect(above(positions, "shop", 0)).toEqual(["big"]);
    expect(above(positions, "shop", 9)).toEqual(["big", "master"]);
    expect(above(positions, "shop", 10)).toEqual(["other"]);
    expect(above(positions, "shop", 20)).toEqual([]);
  });

  it.each<[what: string, positions: Position[], added: Position, code: string | undefined, days?: number]>([
    ["a partner below itself", [place("b", "a")], place("a", "b"), "parent_cycle", 0],
    [
      "one that is below itself through others",
      [place("c", "b"), place("b", "a")],
      place("a", "c", 3),
      "parent_cycle",
      3,
    ],
    ["a circle that another move closes later", [place("b", "a", 9)], place("a", "b"), "parent_cycle", 9],
    [
      "a move that ends before the circle would close",
      [place("b", "a", 9), place("a", null, 9)],
      place("a", "b"),
      undefined,
    ],
    [
      "a place that the other has left by then",
      [place("b", "a"), place("b", null, 5)],
      place("a", "b", 5),
      undefined,
    ],
    ["a fifth tier", [place("b", "a"), place("c", "b"), place("d", "c")], place("e", "d"), undefined],
    [
      "a sixth tier",
      [place("b", "a"), place("c", "b"), place("d", "c"), place("e", "d")],
      place("f", "e"),
      "tiers_exceeded",
      0,
    ],
    [
      "a sixth tier by what stands below",
      [place("b", "a"), place("c", "b"), place("y", "x"), place("z", "y")],
      place("x", "c"),
      "tiers_exceeded",
      0,
    ],
  ])("judges %s", (_what, positions, added, code, days = 0) => {
    const unfit = code === undefined ? undefined : { code, at: day(days) };
    expect(refusalOfPosition(positions, added)).toEqual(unfit);
  });

  it("never has a circle or a sixth tier on any day, whatever moves are tried in whatever order of days", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const anyMove = fc
      .tuple(fc.constantFrom(...names), fc.option(fc.constantFrom(...names)), fc.nat(6))
      .filter(([partner, parent]) => partner !== parent)
      .map(([partner, parent, days]) => place(partner, parent, days));
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 25 }), (moves) => {
        const held: Position[] = [];
        let refused = 0;
        for (const move of moves) {
          const sound = [...held, move].sort((a, b) => a.since - b.since);
          const isSound = [0, 1, 2, 3, 4, 5, 6].every((days) => isTree(sound, days));
          const unfit = refusalOfPosition(held, move);
          expect(unfit === undefined).toBe(isSound);
          if (unfit === undefined) held.splice(0, held.length, ...sound);
          else refused += 1;
        }
        return refused >= 0;
      }),
      { numRuns: 400 },
    );
  });
});

/** Said in another way than the code says it: from everybody the top is reached in fewer steps than there are tiers. */
function isTree(positions: readonly Position[], days: number): boolean {
  const parents = parentsAt(positions, day(days));
  return [...parents.keys()].every((partner) => {
    let at = partner;
    for (let steps = 1; steps <= maxTiers; steps++) {
      const parent = parents.get(at);
      if (parent === undefined) return true;
      at = parent;
    }
    return false;
  });
}
