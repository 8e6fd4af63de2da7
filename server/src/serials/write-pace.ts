import { setTimeout } from "node:timers/promises";
import type { Engine } from "../store/query.ts";

const fewest = 500;
const most = 20_000;

/** SQLite has one writer: a transaction of 40 ms, and a pause in which a receiver beside it, which asks each 10 ms, gets its turn. */
const paces = {
  sqlite: { targetMs: 40, pauseMs: 12, atOnce: 1 },
  postgres: { targetMs: 250, pauseMs: 0, atOnce: 2 },
} as const;

/** How much of a long import is written in one transaction, so that whoever writes beside it never waits for long. */
export class WritePace {
  readonly #pace: (typeof paces)[Engine];
  /** How many transactions may be under way. */
  readonly atOnce: number;
  /** How many rows the next transaction should write. */
  rows = 4_000;

  constructor(engine: Engine) {
    this.#pace = paces[engine];
    this.atOnce = this.#pace.atOnce;
  }

  /** Runs one transaction of so many rows, and leaves room for others. */
  async take<T>(rows: number, work: () => Promise<T>): Promise<T> {
    const { targetMs, pauseMs } = this.#pace;
    const begun = performance.now();
    const result = await work();
    const perRowMs = (performance.now() - begun) / Math.max(1, rows);
    const wanted = Math.min(targetMs / perRowMs, this.rows * 2);
    this.rows = Math.round(Math.max(fewest, Math.min(most, wanted)));
    if (pauseMs > 0) await setTimeout(pauseMs);
    return result;
  }
}
