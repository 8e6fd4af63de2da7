import { setTimeout } from "node:timers/promises";
import type { Engine } from "../store/query.ts";

const targetMs = 40;
const pauseMs = 12;
const fewest = 500;
const most = 20_000;

/**
 * How much of a long import is written in one transaction: as much as takes about 40 ms. On SQLite, which has one
 * writer, there is a pause between two, in which a receiver beside it gets its turn: it asks every 10 ms.
 */
export class WritePace {
  readonly #engine: Engine;
  /** How many rows the next transaction should write. */
  rows = 4_000;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Runs one transaction of so many rows, and leaves room for others. */
  async take<T>(rows: number, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    const perRowMs = (performance.now() - begun) / Math.max(1, rows);
    const wanted = Math.min(targetMs / perRowMs, this.rows * 2);
    this.rows = Math.round(Math.max(fewest, Math.min(most, wanted)));
    if (this.#engine === "sqlite") await setTimeout(pauseMs);
    return result;
  }
}
