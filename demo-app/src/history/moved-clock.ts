import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

/**
 * Loaded before everything else in the process that plays the past: from then on `Date` tells another time there, in all
 * its threads, and goes on as the machine's own clock does. Timers keep the machine's pace.
 */
const key = "acme-moved-clock";
const known = getEnvironmentData(key) as SharedArrayBuffer | undefined;
const shared = known ?? new SharedArrayBuffer(8);
if (known === undefined) setEnvironmentData(key, shared);
const behindMs = new BigInt64Array(shared);
const machineNow = Date.now.bind(Date);

const now = (): number => machineNow() - Number(Atomics.load(behindMs, 0));

const MovedDate = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: (target) => new target(now()).toString(),
});
Date.now = now;
globalThis.Date = MovedDate;

/** Moves the clock of this process to a moment that lies in the past. Milliseconds since 1970. */
export function moveClockTo(at: number): void {
  Atomics.store(behindMs, 0, BigInt(Math.max(0, Math.round(machineNow() - at))));
}

/** The machine's own time, wherever the clock was moved. */
export const presentTime = (): number => machineNow();
