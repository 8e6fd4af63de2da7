/** What the threads of a process share to write to one SQLite file in turn: the next number, and the one whose turn it is. */
export type SharedTurn = SharedArrayBuffer;

const nextNumber = 0;
const nowServing = 1;

/** Makes what `WriteTurn` shares between threads. */
export const createSharedTurn = (): SharedTurn => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);

/**
 * The turn to write, first come, first served, between the connections of one process. SQLite lets one connection
 * write at a time and the others try again by chance: beside a thread that always writes, another would hardly ever.
 */
export class WriteTurn {
  readonly #counters: Int32Array;

  constructor(shared: SharedTurn) {
    this.#counters = new Int32Array(shared);
  }

  /** Undefined when the turn is the caller's at once; otherwise resolves when it is. Then `pass` it on. */
  take(): Promise<void> | undefined {
    const number = Atomics.add(this.#counters, nextNumber, 1);
    return this.#isServed(number) ? undefined : this.#wait(number);
  }

  /** Gives the turn to whoever came next. */
  pass(): void {
    Atomics.add(this.#counters, nowServing, 1);
    Atomics.notify(this.#counters, nowServing);
  }

  #isServed(number: number): boolean {
    return Atomics.load(this.#counters, nowServing) === number;
  }

  async #wait(number: number): Promise<void> {
    while (!this.#isServed(number)) {
      const now = Atomics.load(this.#counters, nowServing);
      if (now === number) return;
      const { value } = Atomics.waitAsync(this.#counters, nowServing, now);
      await value;
    }
  }
}
