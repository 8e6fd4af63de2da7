import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Log } from "../words/log.ts";

const silent: Log = { info() {}, warn() {}, error() {}, flush() {} };

/**
 * The same dependencies, on which all work is done and none is kept: each transaction is rolled back, and nothing is
 * logged. For dry runs, which so take the very way of the real ones.
 */
export const rehearsing = (deps: Deps): Deps => ({
  ...deps,
  log: silent,
  store: { ...deps.store, write: (work) => writeNothing(deps, work) },
});

async function writeNothing<T>(deps: Deps, work: (tx: Tx) => Promise<T>): Promise<T> {
  const undo = new Error("a rehearsal is rolled back");
  let done: { result: T } | undefined;
  try {
    await deps.store.write(async (tx) => {
      done = { result: await work(tx) };
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  if (done === undefined) throw new Error("a rehearsal ran to its end");
  return done.result;
}
