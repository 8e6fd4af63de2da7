import type { Deps } from "../deps/deps.ts";
import { createSender, type Sender } from "../outgoing/send-request.ts";
import type { Log } from "../words/log.ts";
import type { NetworkAdapters } from "./adapter.ts";
import { type OutboxWorker, startOutboxWorker } from "./worker.ts";

/** A sender as the configuration asks for. */
export const openSender = ({ outbox }: Deps["config"]): Sender =>
  createSender({ allowPrivate: outbox.allowPrivate, connections: outbox.perDestination });

/** Starts sending as the configuration asks for; `workers` may be another number than the configuration's. */
export function startOutbox(
  deps: Pick<Deps, "config" | "store" | "clock" | "log" | "hashes">,
  networks: NetworkAdapters,
  workers: number = deps.config.outbox.workers,
): OutboxWorker {
  const { perDestination } = deps.config.outbox;
  return startOutboxWorker(deps, { workers, perDestination, networks, sender: openSender(deps.config) });
}

/**
 * The same log, with the worker woken by what has changed a credit: each commit that did has its line, so nothing waits
 * for the worker's next look at the database.
 */
export function wakingLog(log: Log, worker: OutboxWorker | undefined): Log {
  if (worker === undefined) return log;
  return {
    info(event, fields) {
      log.info(event, fields);
      if (event === "order.credited" || event === "order.reversed") worker.wake();
    },
    warn: (event, fields, cause) => log.warn(event, fields, cause),
    error: (event, fields, cause) => log.error(event, fields, cause),
    flush: () => log.flush(),
  };
}
