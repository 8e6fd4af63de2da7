import { describe, expect, test } from "vitest";
import { instant } from "../../words/clock.ts";
import { createClockWatch, sayJump } from "./clock-watch.ts";

const minute = 60_000;
const year = 365 * 24 * 60 * minute;

function watched() {
  const time = { wall: 1_900_000_000_000, steady: 5_000 };
  const jumps: number[] = [];
  const watch = createClockWatch(() => instant(time.wall), {
    steadyMs: () => time.steady,
    onJump: (milliseconds) => jumps.push(milliseconds),
  });
  const pass = (milliseconds: number, jump = 0) => {
    time.wall += milliseconds + jump;
    time.steady += milliseconds;
    return watch.isSteady();
  };
  return { pass, jumps };
}

describe("a watched clock", () => {
  test("is steady while it runs, also when a time server moves it by minutes", () => {
    const { pass, jumps } = watched();
    expect([pass(minute), pass(minute, 9 * minute), pass(minute, -9 * minute), pass(year)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(jumps).toEqual([]);
  });

  test("is not for an hour after it jumped ahead, and after it was set right again", () => {
    const { pass, jumps } = watched();
    expect(pass(minute, year)).toBe(false);
    expect(pass(59 * minute)).toBe(false);
    expect(pass(0, -year)).toBe(false);
    expect(pass(59 * minute)).toBe(false);
    expect(pass(minute)).toBe(true);
    expect(jumps).toEqual([year, -year]);
  });

  test("tells a jump in words", () => {
    expect(sayJump(year)).toMatch(/^The machine's clock jumped ahead by 365 days\./);
    expect(sayJump(-90 * minute)).toMatch(/^The machine's clock was set back by 90 minutes\./);
  });
});
