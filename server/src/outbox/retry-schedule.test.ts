import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { nextAttempt } from "./retry-schedule.ts";

const start = instant(Date.UTC(2027, 0, 1));
const seconds = (at: number | undefined) => ((at ?? Number.NaN) - start) / 1000;

describe("the next attempt", () => {
  it.each([
    [1, 5],
    [2, 10],
    [3, 20],
    [10, 2560],
    [13, 20_480],
    [14, 21_600],
    [50, 21_600],
  ])("after attempt %i comes within %i seconds, at any time from now on", (attempts, ceiling) => {
    const failed = { attempts, triedSince: start };
    expect(seconds(nextAttempt(failed, start, 0))).toBe(0);
    expect(seconds(nextAttempt(failed, start, 0.5))).toBe(ceiling / 2);
    expect(seconds(nextAttempt(failed, start, 1 - 2 ** -53))).toBeCloseTo(ceiling, 2);
  });

  it("heeds Retry-After, up to a day", () => {
    const failed = { attempts: 1, triedSince: start };
    expect(seconds(nextAttempt({ ...failed, afterSeconds: 600 }, start, 0))).toBe(600);
    expect(seconds(nextAttempt({ ...failed, afterSeconds: 9e9 }, start, 0))).toBe(86_400);
  });

  it("is the last one three days after the first, and then there is none", () => {
    const end = addDays(start, 3);
    const late = instant(end - 1000);
    expect(nextAttempt({ attempts: 30, triedSince: start }, late, 0.9)).toBe(end);
    expect(nextAttempt({ attempts: 31, triedSince: start }, end, 0)).toBeUndefined();
  });
});
