import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "../../config/config.ts";
import { limitHeapGrowth } from "./heap-growth.ts";
import { openServiceManager, type ServiceManager } from "./notify-systemd.ts";
import { type Receiver, type StartOptions, startReceiver } from "./start-receiver.ts";
import { hearStopSignals } from "./stop-signals.ts";

/** How a receiver is run as a process. */
export interface ServeOptions extends StartOptions {
  /** How long requests are served after the signal, unless the configuration says it. Default 5. */
  drainSeconds?: number;
  /** Reads the configuration anew; without it SIGHUP ends the process, as where a terminal is closed. */
  reread?: () => Promise<Config>;
}

/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const codeOf = { SIGTERM: 143, SIGINT: 130 } as const;

/**
 * Runs a receiver until it is told to stop. SIGTERM or SIGINT: `/readyz` says 503 at once, requests are served for
 * `drainSeconds`, so that a load balancer can look elsewhere first, then new ones are refused and what is under way is
 * finished. The same signal twice within a second is one; a later one ends the process at once. SIGHUP: the configuration
 * is read anew.
 *
 * @returns the exit code
 * @throws what `startReceiver` throws
 */
export async function serve(options: ServeOptions): Promise<number> {
  limitHeapGrowth();
  const { log } = options;
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
  const reloads = hearReloads(options, { manager, receiver });
  const signal = await first;
  log.info("server.stopping", { signal });
  manager.stopping();
  const { now, config, before } = await reloads.end();
  now.retire();
  await pause((config.drainSeconds ?? options.drainSeconds ?? 5) * 1_000);
  await Promise.all([now.stop(), before]);
  manager.end();
  return 0;
}

/** What serves, since the last reload. */
interface Serving {
  now: Receiver;
  config: Config;
  /** Until the receivers of before have finished what they had begun. */
  before: Promise<unknown>;
}

/**
 * At each SIGHUP a new receiver is opened beside the one that serves, of the configuration as it stands in its file and with
 * the secrets that it names now. Once all of it is opened it takes the address over, and the former one finishes what is
 * under way. A configuration that cannot be used changes nothing, and is said.
 */
function hearReloads(
  options: ServeOptions,
  { manager, receiver }: { manager: ServiceManager; receiver: Receiver },
): { end(): Promise<Serving> } {
  const { reread, log } = options;
  let serving: Serving = { now: receiver, config: options.config, before: Promise.resolve() };
  let under: Promise<unknown> = Promise.resolve();
  const reload = async (): Promise<void> => {
    if (reread === undefined) return;
    const former = serving;
    let isReleased = false;
    manager.reloading();
    try {
      const config = await reread();
      const beforeListening = () => {
        isReleased = true;
        former.now.retire();
        former.now.release();
      };
      const now = await startReceiver({ ...options, config, beforeListening });
      serving = { now, config, before: Promise.all([former.before, former.now.stop()]) };
    } catch (error) {
      // Nobody listens any more: the process ends, and is started again by whoever keeps it.
      if (isReleased) throw error;
      const cause = error instanceof Error ? error.message : String(error);
      log.warn("server.warning", { detail: `The configuration was not taken: ${cause}` });
    }
    manager.ready();
  };
  const hear = (): void => {
    under = under.then(reload);
  };
  if (reread !== undefined) process.on("SIGHUP", hear);
  return {
    async end() {
      process.off("SIGHUP", hear);
      await under;
      return serving;
    },
  };
}
