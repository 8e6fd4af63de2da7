import { closeSync, openSync, realpathSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
// Taken from the module rather than the global object, so that a test's false clock does not stop the store.
import { clearInterval, setInterval } from "node:timers";
import { Worker } from "node:worker_threads";
import type { WriteTurn } from "../write-turn.ts";

/** Keeps the write-ahead log short without stalling the writer. */
export interface Checkpointer {
  /** Resolves once the thread has ended. */
  stop(): Promise<void>;
  /** To be called when the store's connections are closed, never before. */
  release(): void;
}

/** The log's length and how much of it is in the database file, in pages. */
interface LogState {
  log: number;
  checkpointed: number;
}

// What is left may be copied while the writer waits: some milliseconds.
const tailPages = 500;
const passesBeforeHold = 4;

// Whoever writes, in whatever thread, the log is looked at: two microseconds, and 1,500 pages at the most in between.
const lookEveryMs = 100;

// A log at rest is copied, so that what people copy of the folder by hand is not an old state; and one that is never
// at rest is not left uncopied for longer than the second of these.
const copyRestingMs = 1_000;
const copyOldMs = 30_000;

// CommonJS text rather than a file of its own, so that it runs the same from the source and from the bundle.
// `fdatasync` comes first: the checkpoint that empties the log, for which the writer waits, then finds little to sync.
const workerCode = `
const { parentPort, workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const { fdatasyncSync } = require("node:fs");
const db = new DatabaseSync(workerData.path, { timeout: 1000 });
db.exec("pragma synchronous = full; pragma cache_size = -512; pragma wal_autocheckpoint = 0");
const checkpoint = db.prepare("pragma wal_checkpoint(passive)");
parentPort.on("message", (message) => {
  if (message === "stop") { db.close(); parentPort.close(); return; }
  try {
    const { log, checkpointed } = checkpoint.get();
    if (message === "pass") fdatasyncSync(workerData.file);
    parentPort.postMessage({ log, checkpointed });
  } catch (error) {
    parentPort.postMessage({ log: -1, checkpointed: -1 });
  }
});
`;

/**
 * Starts a thread that copies the log into the database file while the writer goes on. A log to which something is
 * always being added can never be begun anew, so the writer waits for the last, short pass. The next commit then
 * begins the log from its start, and the log does not grow without bound under a load that never ends. A copy begins
 * when the log has `checkpointAtPages` pages, when nothing was added for a second, and when pages have waited for half
 * a minute. A failure of the thread is thrown as an error.
 */
export function startCheckpointer(
  path: string,
  db: DatabaseSync,
  turn: WriteTurn,
  checkpointAtPages: number,
): Checkpointer {
  const file = shareDescriptor(path);
  const worker = new Worker(workerCode, {
    eval: true,
    name: "tallystick-checkpointer",
    workerData: { path, file: file.descriptor },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  worker.unref();
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const look = db.prepare("pragma wal_checkpoint(noop)");
  let state: "resting" | "passing" | "holding" = "resting";
  let passes = 0;
  let restAtPages = checkpointAtPages;

  const pass = () => {
    state = "passing";
    worker.postMessage("pass");
  };
  const passWhileHolding = async () => {
    state = "holding";
    await turn.take();
    worker.postMessage("last");
  };
  const rest = (log: LogState) => {
    // A reader that is slow, perhaps in another process, can keep the log from being emptied: try again later.
    const stuck = log.log - log.checkpointed;
    restAtPages = log.log < 0 || stuck > 0 ? Math.max(log.log, 0) + checkpointAtPages : checkpointAtPages;
    state = "resting";
    passes = 0;
  };

  worker.on("message", (log: LogState) => {
    if (state === "holding") {
      turn.pass();
      return rest(log);
    }
    passes += 1;
    const now = look.get() as unknown as LogState;
    const left = now.log - now.checkpointed;
    if (log.log < 0) rest(now);
    else if (left <= tailPages || passes >= passesBeforeHold) void passWhileHolding();
    else pass();
  });
  const age = logAge();
  const looking = setInterval(() => {
    if (state !== "resting") return;
    const now = look.get() as unknown as LogState;
    const isOld = age.isOld(now);
    // What was copied whole keeps its length until the next commit begins the log anew.
    if (now.checkpointed < now.log && (now.log >= restAtPages || isOld)) pass();
  }, lookEveryMs).unref();

  return {
    async stop() {
      clearInterval(looking);
      worker.ref();
      worker.postMessage("stop");
      await ended;
    },
    release: file.release,
  };
}

/** Tells from one look to the next whether pages have waited long enough to be copied, however few they are. */
function logAge() {
  let grewAtMs = 0;
  let uncopiedSinceMs: number | undefined;
  let length = 0;
  return {
    isOld({ log, checkpointed }: LogState): boolean {
      const nowMs = performance.now();
      if (log !== length) grewAtMs = nowMs;
      length = log;
      if (checkpointed >= log) uncopiedSinceMs = undefined;
      else uncopiedSinceMs ??= nowMs;
      if (uncopiedSinceMs === undefined) return false;
      const isOld = nowMs - grewAtMs >= copyRestingMs || nowMs - uncopiedSinceMs >= copyOldMs;
      // A reader that keeps pages from being copied is asked again after the longer span, not ten times a second.
      if (isOld) [grewAtMs, uncopiedSinceMs] = [nowMs + copyOldMs, nowMs];
      return isOld;
    },
  };
}

interface SharedDescriptor {
  readonly descriptor: number;
  uses: number;
}

const descriptors = new Map<string, SharedDescriptor>();

// Closing a descriptor of a database file drops the locks that every SQLite connection of this process holds on it
// (https://sqlite.org/howtocorrupt.html, 2.2). So it is one for all stores of a file, and the last of them
// closes it once its connections are closed.
function shareDescriptor(path: string): { descriptor: number; release(): void } {
  const real = realpathSync(path);
  const shared = descriptors.get(real) ?? { descriptor: openSync(real, "r+"), uses: 0 };
  descriptors.set(real, shared);
  shared.uses += 1;
  return {
    descriptor: shared.descriptor,
    release() {
      shared.uses -= 1;
      if (shared.uses > 0) return;
      descriptors.delete(real);
      closeSync(shared.descriptor);
    },
  };
}
