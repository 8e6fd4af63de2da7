import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { repeat } from "./repeating.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("repeated work", () => {
  test("begins at once and again after each pause", async () => {
    const work = vi.fn(async () => {});
    const repetition = repeat(work, { pause: 1000, onError: () => {} });
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2500);
    expect(work).toHaveBeenCalledTimes(3);
    await repetition.stop();
  });

  test("never overlaps, however long a round takes", async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5000));
      running--;
    };
    repeat(work, { pause: 1000, onError: () => {} });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(most).toBe(1);
  });

  test("goes on after a round that failed, and reports it", async () => {
    const failure = new Error("no");
    const onError = vi.fn();
    const work = vi.fn().mockRejectedValueOnce(failure).mockResolvedValue(undefined);
    repeat(work, { pause: 1000, onError });
    await vi.advanceTimersByTimeAsync(1000);
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test("stops after the round under way", async () => {
    const round = Promise.withResolvers<void>();
    const work = vi.fn(() => round.promise);
    const repetition = repeat(work, { pause: 1000, onError: () => {} });
    const stopped = vi.fn();
    const stopping = repetition.stop().then(stopped);
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).not.toHaveBeenCalled();
    round.resolve();
    await stopping;
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
