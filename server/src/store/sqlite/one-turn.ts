// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { clearImmediate, setImmediate } from "node:timers";

/** Work on a transaction awaited something that is not the transaction. */
export class ForeignAwaitError extends Error {
  constructor() {
    super("work on a transaction awaited something other than its transaction: do that before or after");
    this.name = "ForeignAwaitError";
  }
}

/**
 * Notices work that leaves the event loop's turn it began in. Statements on SQLite never do, so work that does has
 * awaited a file, a timer or a network, while all other work waits for it and might wait for ever.
 */
export class OneTurn {
  #stop: ((error: unknown) => void) | undefined;
  #immediate: NodeJS.Immediate | undefined;

  /** The turn begins; `finish` ends it. */
  begin(): void {
    this.#immediate = setImmediate(() => this.#stop?.(new ForeignAwaitError()));
  }

  /** Waits for one piece of work; rejects when it outlives the turn. */
  await<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#stop = reject;
      work.then(resolve, reject);
    });
  }

  finish(): void {
    this.#stop = undefined;
    clearImmediate(this.#immediate);
  }
}
