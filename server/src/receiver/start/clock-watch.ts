import type { Clock } from "../../words/clock.ts";

/** How far the clock may move against the machine's steady one between two looks. */
const jumpMilliseconds = 10 * 60_000;
/** How long what cannot be undone waits after a jump, so that a person or a time server can set the clock right. */
const restMilliseconds = 60 * 60_000;

/** Looks whether the clock runs evenly. */
export interface ClockWatch {
  /** False for an hour after the clock was found to have jumped, forwards or back. */
  isSteady(): boolean;
}

/**
 * Watches the clock beside one that only counts the time that passes. A clock that jumps a year ahead makes every credit
 * payable and every click old; set right a minute later, nothing of that comes back.
 *
 * @param options.steadyMs a clock that nobody sets, in milliseconds
 * @param options.onJump hears how far the clock jumped, in milliseconds; negative when it was set back
 */
export function createClockWatch(
  clock: Clock,
  { steadyMs, onJump }: { steadyMs: () => number; onJump: (milliseconds: number) => void },
): ClockWatch {
  let seen = { wall: clock(), steady: steadyMs() };
  let restsUntil = Number.NEGATIVE_INFINITY;
  return {
    isSteady() {
      const now = { wall: clock(), steady: steadyMs() };
      const jumped = now.wall - seen.wall - (now.steady - seen.steady);
      seen = now;
      if (Math.abs(jumped) > jumpMilliseconds) {
        restsUntil = now.steady + restMilliseconds;
        onJump(jumped);
      }
      return now.steady >= restsUntil;
    },
  };
}

/** A jump in words: how far, and what follows. */
export function sayJump(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const far = minutes < 2 * 24 * 60 ? `${minutes} minutes` : `${Math.round(minutes / 24 / 60)} days`;
  const way = milliseconds > 0 ? "jumped ahead" : "was set back";
  return `The machine's clock ${way} by ${far}. Nothing is released or deleted for an hour; sales are taken as ever.`;
}
