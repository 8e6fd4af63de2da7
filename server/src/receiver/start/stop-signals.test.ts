import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { hearStopSignals, type StopSignal } from "./stop-signals.ts";

describe("signals to stop", () => {
  const openTerminal = () => {
    const source = new EventEmitter();
    const again: StopSignal[] = [];
    const state = { nowMs: 5_000 };
    const { first } = hearStopSignals(
      source,
      (signal) => again.push(signal),
      () => state.nowMs,
    );
    return { source, again, state, first };
  };

  it("are one when they come within a second, whichever they are", async () => {
    const { source, again, state, first } = openTerminal();
    source.emit("SIGINT");
    source.emit("SIGINT");
    state.nowMs += 999;
    source.emit("SIGTERM");
    expect(await first).toBe("SIGINT");
    expect(again).toEqual([]);
  });

  it("mean at once when they come again later", async () => {
    const { source, again, state, first } = openTerminal();
    source.emit("SIGTERM");
    state.nowMs += 1_000;
    source.emit("SIGTERM");
    source.emit("SIGINT");
    expect(await first).toBe("SIGTERM");
    expect(again).toEqual(["SIGTERM", "SIGINT"]);
  });
});
