import { describe, expect, it } from "vitest";
import { readOptions, sectionNames, UsageError, usage } from "../bench/options.ts";
import { figure, table } from "../bench/report.ts";

describe("npm run bench", () => {
  it("takes a file for its figures, one part and fewer rounds", () => {
    const asked = readOptions(["--json", "figures.json", "--only", "sdk", "--rounds", "2"]);
    expect(asked).toMatchObject({ json: "figures.json", only: "sdk", rounds: 2, quick: false });
    expect(readOptions([])).not.toHaveProperty("json");
    expect(readOptions(["--help"])).toBe("help");
    for (const name of sectionNames) expect(usage).toContain(name);
  });

  it.each([
    ["--json"],
    ["--only", "nothing"],
    ["--rounds", "0"],
    ["--orders", "many"],
    ["--serials", "9"],
    ["--fast"],
    ["sdk"],
  ])("says what is wrong with %s %s", (...args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });

  it("tells each figure as the median of its rounds, beside its control, and whether the goal is met", () => {
    const clicks = (goal: { ratioAtLeast: number }) =>
      figure({
        section: "clicks",
        what: "clicks",
        unit: "/s",
        rounds: [300, 100, 200],
        control: { what: "bare", rounds: [100, 100, 100] },
        goal,
      });
    expect(clicks({ ratioAtLeast: 2 })).toMatchObject({ value: 200, ratio: 2, goal: { met: true } });
    expect(clicks({ ratioAtLeast: 2.5 })).toMatchObject({ goal: { says: "≥ 2.5 ×", met: false } });
    const [heading, , ...rows] = table([clicks({ ratioAtLeast: 2 }), clicks({ ratioAtLeast: 2.5 })]).split(
      "\n",
    );
    expect(heading).toMatch(/^figure +ours +control +ratio +goal/);
    expect(rows).toEqual([
      expect.stringMatching(/^clicks +200 \/s +100 bare +2\.00 .*pass$/),
      expect.stringMatching(/^clicks +200 \/s +100 bare +2\.00 .*FAIL$/),
    ]);
  });
});
