import { availableParallelism } from "node:os";
import { sortJournal } from "../../books/sort-movements.ts";
import type { Config } from "../../config/config.ts";
import type { Environment } from "../../config/load-config.ts";
import { readServerSecrets } from "../../config/secrets.ts";
import { resealCustomers } from "../../customers/reseal-customers.ts";
import { settleDealSites } from "../../deals/settle-deal-sites.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import { remindDisputes } from "../../disputes/answer-dispute.ts";
import { checkInstallers } from "../../downloads/check-installers.ts";
import { createHttpServer, type httpLimits } from "../../http/listen.ts";
import { createMetrics } from "../../http/metrics.ts";
import { releaseImported } from "../../imports/release-imported.ts";
import { workOffImports } from "../../imports/work-off-imports.ts";
import { recorderOn } from "../../intake/recorder.ts";
import {
  type RecorderThread,
  startRecorderThread,
} from "../../intake/recorder-thread/start-recorder-thread.ts";
import { retryWaiting } from "../../intake/waiting-room.ts";
import { pruneLimits } from "../../limits/prune-limits.ts";
import { pruneMail } from "../../mail/send-due.ts";
import { pruneNotices } from "../../mail/tell-notices.ts";
import { networkAdapters } from "../../networks/network-adapter.ts";
import { openNetworks } from "../../networks/open-networks.ts";
import { decideWaiting } from "../../orders/decide/decide-some.ts";
import { sortOrders } from "../../orders/record/sort-orders.ts";
import { releaseDue } from "../../orders/rule/release.ts";
import { startOutbox, wakingLog } from "../../outbox/start-outbox.ts";
import type { OutboxWorker } from "../../outbox/worker.ts";
import { createEmailPruner } from "../../registered-emails/prune-emails.ts";
import { createClickPruner } from "../../renewal/prune-clicks.ts";
import { createRegistrationPruner } from "../../renewal/prune-registrations.ts";
import { refreshEarningsQuietly } from "../../reports/refresh-earnings.ts";
import { followRewards } from "../../rewards/follow-rewards.ts";
import { Unopened } from "../../secrets/unopened.ts";
import { pruneSessions } from "../../sessions/sessions.ts";
import { openShops } from "../../shops/open-shops.ts";
import type { Clock } from "../../words/clock.ts";
import type { Log } from "../../words/log.ts";
import { stopWork } from "../../work/work.ts";
import { recorderProgram } from "../recorder-program.ts";
import { createApp } from "../routes/app.ts";
import { knownSeries } from "../routes/known-series.ts";
import { createClockWatch, sayJump } from "./clock-watch.ts";
import { addressOf, listen } from "./listen.ts";
import { listenForScrapers } from "./metrics-listener.ts";
import { openDeps } from "./open-deps.ts";
import { atMost, repeat } from "./repeating.ts";
import { setDueRight } from "./set-due-right.ts";
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
const releasePauseMilliseconds = 60_000;
const decidePauseMilliseconds = 1_000;
const prunePauseMilliseconds = 60_000;
const confirmPauseMilliseconds = 5_000;
const remindPauseMilliseconds = 60_000;
const sortPauseMilliseconds = 1_000;

/**
 * Starts a receiver: secrets, database, shops, routes, socket, and the release of held credits each minute.
 * Touches nothing of the process, so a test or another program can hold several.
 *
 * @throws {ConfigError} for a secret that is missing or unfit
 * @throws {StartError} when it cannot listen
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
  const tracing = await startTracing(config, log);
  let stopping = false;
  const isStopping = () => stopping;
  let outbox: OutboxWorker | undefined;
  let recorder: RecorderThread | undefined;
  try {
    for (const detail of await startWarnings(deps)) log.warn("server.warning", { detail });
    const aboutPartners = await addressWarnings(deps);
    recorder = await startRecorderBeside(deps);
    const metrics = createMetrics(knownSeries(config));
    if (config.outbox.workers > 0) outbox = startOutbox({ ...deps, log: metrics.counting(log) }, networks);
    const { adminToken, providers: providerSecrets } = secrets;
    const waking = wakingLog(log, outbox);
    const licences = startLicenceCheck({ ...deps, log: waking }, config, secrets.licenceCheck);
    const store = tracing?.store(deps.store) ?? deps.store;
    const app = createApp(
      {
        ...deps,
        store,
        log: waking,
        ...(licences ? { askLicence: licences.ask } : {}),
      },
      {
        shops,
        adminToken,
        isStopping,
        metrics,
        providerSecrets,
        env,
        ...(tracing ? { before: tracing.requests } : {}),
        ...(recorder ? { recorder: tracedRecorder(recorder, tracing) } : {}),
      },
    );
    const retrying = { ...deps, log: waking, shops, recorder: recorder ?? recorderOn(deps) };
    const {
      server,
      drain,
      release: freeAddress,
    } = createHttpServer(app.fetch, {
      log,
      isStopping,
      limits: { connections: connectionsFor(config.downloads.inAll), ...options.limits },
    });
    options.beforeListening?.();
    const { address: host, port } = await listen(server, config.listen);
    const scraped = config.metricsListen && (await listenForScrapers(metrics, config.metricsListen));
    const watch = createClockWatch(deps.clock, {
      steadyMs: options.steadyMs ?? (() => performance.now()),
      onJump: (milliseconds) => log.warn("server.warning", { detail: sayJump(milliseconds) }),
    });
    const release = () => Promise.all([releaseDue(deps), releaseImported(deps), workOffImports(deps)]);
    const releasing = repeat(async () => watch.isSteady() && (await release()), {
      pause: releasePauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "release" }, error),
    });
    const clicks = createClickPruner(deps);
    const registrations = createRegistrationPruner(deps);
    const emails = createEmailPruner(deps);
    const prune = () =>
      Promise.all([
        pruneLimits(deps),
        pruneSessions(deps),
        pruneMail(deps),
        pruneNotices(deps),
        clicks.prune(),
        registrations.prune(),
        emails.prune(),
      ]);
    const pruning = repeat(
      async () => {
        await setDueRight(deps);
        if (watch.isSteady()) await prune();
      },
      {
        pause: prunePauseMilliseconds,
        onError: (error) => log.error("server.failed", { cause: "limits" }, error),
      },
    );
    const deciding = repeat(() => decideWaiting({ ...deps, log: waking }), {
      pause: decidePauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "waiting_decisions" }, error),
    });
    const confirming = repeat(() => retryWaiting(retrying), {
      pause: confirmPauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "confirm" }, error),
    });
    const mailing = await startMail(deps, secrets.mailPassword);
    const reminding = repeat(() => remindDisputes(deps), {
      pause: remindPauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "reminders" }, error),
    });
    const summing = repeat(() => refreshEarningsQuietly(deps, isStopping), {
      pause: releasePauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "earnings" }, error),
    });
    const sortNew = async () => {
      await sortJournal(deps, { isStopping });
      await sortOrders(deps, { isStopping });
    };
    const sorting = repeat(sortNew, {
      pause: sortPauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "sorting" }, error),
    });
    // A process of an older version beside this one keeps deals without a site.
    const unopened = new Unopened();
    const sealing = () =>
      Promise.all([resealCustomers(deps, { unopened }), settleDealSites(deps, { unopened })]);
    const resealing = repeat(sealing, {
      pause: prunePauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "customers" }, error),
    });
    const rewarding = repeat(() => followRewards({ ...deps, log: waking }), {
      pause: confirmPauseMilliseconds,
      onError: (error) => log.error("server.failed", { cause: "rewards" }, error),
    });
    const url = addressOf(host, port);
    log.info("server.listening", { url, host, port });
    for (const detail of aboutPartners) log.warn("server.warning", { detail });
    let stopped: Promise<void> | undefined;
    const stop = async (withinMilliseconds: number): Promise<void> => {
      stopping = true;
      // A round that waits for a database which does not answer is not waited for: closing the store ends it.
      const rounds = Promise.all([
        releasing.stop(),
        pruning.stop(),
        deciding.stop(),
        confirming.stop(),
        mailing?.stop(),
        reminding.stop(),
        summing.stop(),
        resealing.stop(),
        sorting.stop(),
        rewarding.stop(),
      ]);
      await Promise.all([
        drain(withinMilliseconds),
        atMost(withinMilliseconds, rounds),
        atMost(withinMilliseconds, outbox?.stop(withinMilliseconds)),
        atMost(withinMilliseconds, licences?.stop()),
        atMost(withinMilliseconds, stopWork(store)),
      ]);
      // After the drain, so that it can be watched.
      scraped?.server.close();
      scraped?.server.closeAllConnections();
      await recorder?.stop();
      await atMost(withinMilliseconds, tracing?.close());
      await deps.store.close();
      log.flush();
    };
    const retire = () => {
      stopping = true;
    };
    return {
      url,
      host,
      port,
      metricsUrl: scraped?.url,
      retire,
      release: () => {
        freeAddress();
        scraped?.server.close();
      },
      stop: (within = drainMilliseconds) => (stopped ??= stop(within)),
    };
  } catch (error) {
    await Promise.all([outbox?.stop(0), recorder?.stop(), atMost(0, tracing?.close())]);
    await deps.store.close();
    throw error;
  }
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
