import { loadConfig } from "../../server/src/config/load-config.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { startOutboxWorker } from "../../server/src/outbox/worker.ts";
import { createSender } from "../../server/src/outgoing/send-request.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";

/**
 * A worker as `outbox run` starts one, in more of a hurry: short leases, and retries after a hundredth of the usual
 * time, so that a test need not wait for what a killed worker had.
 */
const config = await loadConfig({ env: process.env });
const log = await createLog({ destination: { write: () => {} } });
const deps = await openDeps(config, { log, store: { poolSize: 8 } });
const { allowPrivate } = config.outbox;
startOutboxWorker(deps, {
  workers: 64,
  perDestination: 24,
  networks: new Map(),
  sender: createSender({ allowPrivate, wholeMilliseconds: 1_000, connections: 24 }),
  pollMilliseconds: 50,
  leaseMilliseconds: 3_000,
  chance: () => Math.random() / 100,
});
setInterval(() => {}, 2 ** 30);
