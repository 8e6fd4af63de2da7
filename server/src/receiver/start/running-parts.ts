import type { Server } from "node:http";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { HttpServer } from "../../http/listen.ts";
import type { RecorderThread } from "../../intake/recorder-thread/start-recorder-thread.ts";
import type { OutboxWorker } from "../../outbox/worker.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import { stopWork } from "../../work/work.ts";
import { atMost, type Repetition } from "./repeating.ts";
import type { RunningLicenceCheck } from "./start-licence-check.ts";

/** What a receiver has opened. A start that fails has opened some of it. */
export interface RunningParts {
  deps: OpenedDeps;
  /** The store that requests are served on. */
  store?: OpenedDeps["store"];
  http?: HttpServer;
  scraped?: { server: Server; url: string } | undefined;
  /** What is done again and again, mail among it. */
  rounds: (Repetition | undefined)[];
  outbox?: OutboxWorker;
  licences?: RunningLicenceCheck | undefined;
  recorder?: RecorderThread | undefined;
  tracing?: Tracing | undefined;
}

/** Finishes what is under way, for so long at most, and closes everything. */
export async function stopParts(parts: RunningParts, withinMilliseconds: number): Promise<void> {
  const { deps, store, http, scraped, rounds, outbox, licences, recorder, tracing } = parts;
  // A round that waits for a database which does not answer is not waited for: closing the store ends it.
  const rounded = Promise.all(rounds.map((one) => one?.stop()));
  await Promise.all([
    http?.drain(withinMilliseconds),
    atMost(withinMilliseconds, rounded),
    atMost(withinMilliseconds, outbox?.stop(withinMilliseconds)),
    atMost(withinMilliseconds, licences?.stop()),
    atMost(withinMilliseconds, store && stopWork(store)),
  ]);
  // After the drain, so that it can be watched.
  scraped?.server.close();
  scraped?.server.closeAllConnections();
  await recorder?.stop();
  await atMost(withinMilliseconds, tracing?.close());
  await deps.store.close();
  deps.log.flush();
}
