import { availableParallelism } from "node:os";
import type { Config } from "../../config/config.ts";
import type { Environment } from "../../config/load-config.ts";
import { readServerSecrets } from "../../config/secrets.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import { checkInstallers } from "../../downloads/check-installers.ts";
import { createHttpServer, type httpLimits } from "../../http/listen.ts";
import { createMetrics } from "../../http/metrics.ts";
import { recorderOn } from "../../intake/recorder.ts";
import {
  type RecorderThread,
  startRecorderThread,
} from "../../intake/recorder-thread/start-recorder-thread.ts";
import { networkAdapters } from "../../networks/network-adapter.ts";
import { openNetworks } from "../../networks/open-networks.ts";
import { startOutbox, wakingLog } from "../../outbox/start-outbox.ts";
import { openShops } from "../../shops/open-shops.ts";
import type { Clock } from "../../words/clock.ts";
import type { Log } from "../../words/log.ts";
import { recorderProgram } from "../recorder-program.ts";
import { type AppOptions, createApp } from "../routes/app.ts";
import { knownSeries } from "../routes/known-series.ts";
import { createClockWatch, sayJump } from "./clock-watch.ts";
import { addressOf, listen } from "./listen.ts";
import { listenForScrapers } from "./metrics-listener.ts";
import { openDeps } from "./open-deps.ts";
import { startRounds } from "./rounds.ts";
import { type RunningParts, stopParts } from "./running-parts.ts";
import { startLicenceCheck } from "./start-licence-check.ts";
import { startMail } from "./start-mail.ts";
import { startTracing, tracedRecorder } from "./start-tracing.ts";
import { addressWarnings, connectionsFor, startWarnings } from "./start-warnings.ts";

/** What a receiver is started with. */
export interface StartOptions {
  /** What `loadConfig` returned. */
  config: Config;
  /** Where the secrets are that the configuration names; by default the process's own environment. */
  env?: Environment;
  /** Where its lines go, such as what `createLog` made. */
  log: Log;
  /** Milliseconds since 1970; by default the machine's. */
  clock?: Clock;
  /** A clock that nobody sets, in milliseconds, beside which the other is watched; by default the machine's. */
  steadyMs?: () => number;
  /** Hears in a sentence what was made because it was missing. */
  say?: (sentence: string) => void;
  /** Called once all is opened, before it listens: whoever had the address until then gives it up here. */
  beforeListening?: () => void;
  /** Other limits than the usual ones, for tests of the limits. */
  limits?: Partial<typeof httpLimits>;
}

/** A receiver that listens. */
export interface Receiver {
  /** Address for this machine, without a slash at the end. */
  url: string;
  /** The network address it listens on. */
  host: string;
  /** The real one, also when the configuration says 0. */
  port: number;
  /** Address of `/metrics` where it has its own. */
  metricsUrl: string | undefined;
  /** From now on `/readyz` says that requests should go elsewhere; they are served as before. */
  retire(): void;
  /** Listens no more, so that another may have the address. What is under way goes on, until `stop`. */
  release(): void;
  /** Finishes what is under way, at most `withinMilliseconds` (10 s by default), and closes everything. Idempotent. */
  stop(withinMilliseconds?: number): Promise<void>;
}

const drainMilliseconds = 10_000;

/**
 * Starts a receiver: secrets, database, shops, routes, socket, and what is done again and again beside them.
 * Touches nothing of the process, so a test or another program can hold several.
 *
 * @throws {ConfigError} for a secret that is missing or unfit
 * @throws {StartError} when it cannot listen; what was opened until then is closed
 */
export async function startReceiver(options: StartOptions): Promise<Receiver> {
  const { config, log, env = process.env } = options;
  const secrets = await readServerSecrets(config, env);
  const shops = openShops(secrets.shops);
  const networks = networkAdapters(openNetworks(secrets.networks));
  await checkInstallers(config);
  const deps = await openDeps(config, {
    log,
    env,
    store: { longRunning: true },
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.say ? { say: options.say } : {}),
  });
  const parts: RunningParts = { deps, rounds: [] };
  try {
    return await startParts(parts, { ...options, env, secrets, shops, networks });
  } catch (error) {
    await stopParts(parts, 0);
    throw error;
  }
}

/** What the configuration's secrets opened. */
type Opened = Pick<AppOptions, "shops"> & {
  env: Environment;
  secrets: Awaited<ReturnType<typeof readServerSecrets>>;
  networks: ReturnType<typeof networkAdapters>;
};

/** Starts one part after the other; each stands in `parts` as soon as it is there. */
async function startParts(parts: RunningParts, options: StartOptions & Opened): Promise<Receiver> {
  const { config, log, env, secrets, shops, networks } = options;
  const { deps } = parts;
  let stopping = false;
  const isStopping = () => stopping;
  const tracing = await startTracing(config, log);
  parts.tracing = tracing;
  for (const detail of await startWarnings(deps)) log.warn("server.warning", { detail });
  const aboutPartners = await addressWarnings(deps);
  const recorder = await startRecorderBeside(deps);
  parts.recorder = recorder;
  const metrics = createMetrics(knownSeries(config));
  if (config.outbox.workers > 0)
    parts.outbox = startOutbox({ ...deps, log: metrics.counting(log) }, networks);
  const waking = wakingLog(log, parts.outbox);
  const wakingDeps = { ...deps, log: waking };
  parts.licences = startLicenceCheck(wakingDeps, config, secrets.licenceCheck);
  parts.store = tracing?.store(deps.store) ?? deps.store;
  const app = createApp(
    {
      ...wakingDeps,
      store: parts.store,
      ...(parts.licences ? { askLicence: parts.licences.ask } : {}),
    },
    {
      shops,
      adminToken: secrets.adminToken,
      isStopping,
      metrics,
      providerSecrets: secrets.providers,
      env,
      ...(tracing ? { before: tracing.requests } : {}),
      ...(recorder ? { recorder: tracedRecorder(recorder, tracing) } : {}),
    },
  );
  const http = createHttpServer(app.fetch, {
    log,
    isStopping,
    limits: { connections: connectionsFor(config.downloads.inAll), ...options.limits },
  });
  options.beforeListening?.();
  parts.http = http;
  const { address: host, port } = await listen(http.server, config.listen);
  parts.scraped = config.metricsListen && (await listenForScrapers(metrics, config.metricsListen));
  parts.rounds.push(await startMail(deps, secrets.mailPassword));
  const watch = createClockWatch(deps.clock, {
    steadyMs: options.steadyMs ?? (() => performance.now()),
    onJump: (milliseconds) => log.warn("server.warning", { detail: sayJump(milliseconds) }),
  });
  const retrying = { ...wakingDeps, shops, recorder: recorder ?? recorderOn(deps) };
  parts.rounds.push(startRounds(deps, { waking, retrying, watch, isStopping }));
  const url = addressOf(host, port);
  log.info("server.listening", { url, host, port });
  for (const detail of aboutPartners) log.warn("server.warning", { detail });
  let stopped: Promise<void> | undefined;
  return {
    url,
    host,
    port,
    metricsUrl: parts.scraped?.url,
    retire: () => {
      stopping = true;
    },
    release: () => {
      http.release();
      parts.scraped?.server.close();
    },
    stop: (within = drainMilliseconds) => {
      stopping = true;
      stopped ??= stopParts(parts, within);
      return stopped;
    },
  };
}

/** SQLite alone gains by a second thread, and only where there is a second processor. PostgreSQL has its own. */
async function startRecorderBeside({
  config,
  store,
  hashes,
}: OpenedDeps): Promise<RecorderThread | undefined> {
  if (store.sharedTurn === undefined || availableParallelism() < 2) return undefined;
  const { receiptKey } = hashes;
  return startRecorderThread({ config, turn: store.sharedTurn, receiptKey }, recorderProgram());
}
