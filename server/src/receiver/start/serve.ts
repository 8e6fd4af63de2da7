import { setTimeout as pause } from "node:timers/promises";
import { limitHeapGrowth } from "./heap-growth.ts";
import { openServiceManager } from "./notify-systemd.ts";
import { type StartOptions, startReceiver } from "./start-receiver.ts";
import { hearStopSignals } from "./stop-signals.ts";

/** How a receiver is run as a process. */
export interface ServeOptions extends StartOptions {
  /** How long requests are served after the signal, unless the configuration says it. Default 5. */
  drainSeconds?: number;
}

/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const codeOf = { SIGTERM: 143, SIGINT: 130 } as const;

/**
 * Runs a receiver until it is told to stop. SIGTERM or SIGINT: `/readyz` says 503 at once, requests are served for
 * `drainSeconds`, so that a load balancer can look elsewhere first, then new ones are refused and what is under way is
 * finished. The same signal twice within a second is one; a later one ends the process at once.
 *
 * @returns the exit code
 * @throws what `startReceiver` throws
 */
export async function serve(options: ServeOptions): Promise<number> {
  limitHeapGrowth();
  const { log, config } = options;
  const leave = (code: number): never => {
    log.flush();
    process.exit(code);
  };
  const fail = (error: unknown): never => {
    log.error("server.failed", {}, error);
    return leave(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  // Heard from the first moment: who reads `server.listening` may say so in the very next.
  const { first } = hearStopSignals(process, (signal) => leave(codeOf[signal]));
  const starting = startReceiver(options);
  const receiver = await Promise.race([starting, first]);
  if (typeof receiver === "string") {
    // It may wait for a database that does not answer. What it had begun there is undone when it is gone.
    log.info("server.stopping", { signal: receiver });
    return leave(0);
  }
  const manager = openServiceManager(options.env ?? {});
  manager.ready();
  const signal = await first;
  log.info("server.stopping", { signal });
  manager.stopping();
  receiver.retire();
  await pause((config.drainSeconds ?? options.drainSeconds ?? 5) * 1_000);
  await receiver.stop();
  manager.end();
  return 0;
}
