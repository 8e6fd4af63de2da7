import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import type { Store } from "../../server/src/store/store.ts";

/**
 * Opens a receiver's world as the environment configures it, for a process that is killed: it says a letter on standard
 * output before and after each write, so that whoever kills it does so between any two.
 */
export async function openToldDeps() {
  const config = await loadConfig({ env: process.env });
  const log = await createLog({ destination: { write: () => {} } });
  const opened = await openDeps(config, { log });
  const write: Store["write"] = async (work) => {
    process.stdout.write("b");
    const result = await opened.store.write(work);
    process.stdout.write("c");
    return result;
  };
  return { opened, deps: { ...opened, store: { ...opened.store, engine: opened.store.engine, write } } };
}
