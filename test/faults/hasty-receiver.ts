/**
 * The control of the kill test: the same receiver, but for one thing. It acknowledges when the work has been done and
 * commits it when `heldBack` more were, as a receiver does that answers from a queue in memory. Killed in between, it
 * has lost what it acknowledged; never killed, it loses nothing.
 */

import { loadConfig } from "../../server/src/config/load-config.ts";
import { readServerSecrets } from "../../server/src/config/secrets.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { createHttpServer } from "../../server/src/http/listen.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import { openShops } from "../../server/src/shops/open-shops.ts";
import type { OpenedStore, Store, Tx } from "../../server/src/store/store.ts";

const heldBack = 16;

/** What a rehearsal gave, thrown so that its transaction is undone. */
class Rehearsed<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super("rehearsed");
    this.result = result;
  }
}

/** A store whose writes resolve before they are committed. They are committed one after another, in their order. */
function hastyStore(store: OpenedStore): Store & { settled(): Promise<unknown> } {
  let last: Promise<unknown> = Promise.resolve();
  const acknowledged: ((tx: Tx) => Promise<unknown>)[] = [];
  const commitAllBut = (some: number) => {
    for (const work of acknowledged.splice(0, acknowledged.length - some))
      last = last.then(() => store.write(work)).catch((error) => log.error("server.failed", {}, error));
    return last;
  };
  return {
    ...store,
    async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      try {
        return await store.write(async (tx): Promise<T> => {
          throw new Rehearsed(await work(tx));
        });
      } catch (thrown) {
        if (!(thrown instanceof Rehearsed)) throw thrown;
        acknowledged.push(work);
        if (acknowledged.length > heldBack) commitAllBut(heldBack);
        return thrown.result;
      }
    },
    settled: () => commitAllBut(0),
  };
}

const config = await loadConfig({ env: process.env });
const secrets = await readServerSecrets(config, process.env);
const log = await createLog({ destination: 1 });
const deps = await openDeps(config, { log, env: process.env, store: { longRunning: true } });
const store = hastyStore(deps.store);
const app = createApp(
  { ...deps, store },
  { shops: openShops(secrets.shops), adminToken: secrets.adminToken },
);
const { server, drain } = createHttpServer(app.fetch, { log, isStopping: () => false });
server.listen(config.listen.port, config.listen.host, () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was asked for");
  log.info("server.listening", { url: `http://${config.listen.host}:${address.port}` });
});
process.once("SIGTERM", async () => {
  await drain(5_000);
  await store.settled();
  await deps.store.close();
});
