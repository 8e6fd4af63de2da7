import { afterEach, describe, expect, it, vi } from "vitest";
import { openServiceManager } from "./notify-systemd.ts";

describe("the service manager", () => {
  afterEach(() => vi.useRealTimers());

  it("hears when the receiver is ready, that it lives, and that it stops", () => {
    vi.useFakeTimers();
    const told: string[] = [];
    const env = { NOTIFY_SOCKET: "/run/systemd/notify", WATCHDOG_USEC: "30000000" };
    const manager = openServiceManager(env, (states) => told.push(states.join(" ")));
    expect(told).toEqual([]);
    manager.ready();
    expect(told.splice(0)).toEqual([`READY=1 MAINPID=${process.pid}`]);
    vi.advanceTimersByTime(45_000);
    expect(told.splice(0)).toEqual(["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]);
    manager.reloading();
    manager.ready();
    expect(told.splice(0)).toEqual([
      expect.stringMatching(/^RELOADING=1 MONOTONIC_USEC=\d+$/),
      `READY=1 MAINPID=${process.pid}`,
    ]);
    vi.advanceTimersByTime(15_000);
    expect(told.splice(0)).toEqual(["WATCHDOG=1"]);
    manager.stopping();
    manager.end();
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(["STOPPING=1"]);
  });

  it("is left alone where there is none", () => {
    const told: string[] = [];
    const manager = openServiceManager({}, (states) => told.push(states.join(" ")));
    manager.ready();
    manager.stopping();
    expect(told).toEqual([]);
  });
});
