import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import type { WorkRow } from "./rows/schema.ts";
import { endWork, findWork, insertWork, listWorkRows, noteBeat } from "./rows/works.ts";

/** How far something is: counts by name, such as `{ orders: 12000 }`. */
export type Progress = Readonly<Record<string, number>>;

/** Something long that a person set off. Times are ISO 8601 in UTC. */
export interface Work {
  id: string;
  kind: string;
  about: string | null;
  /** `interrupted` is one whose process has ended: what it did until then stays, and it can be set off again. */
  state: "running" | "done" | "failed" | "interrupted";
  progress: Progress;
  /** What it was set off with; null where there is nothing to know. */
  input: unknown;
  /** What came of it; null until it is done. */
  result: unknown;
  problem: string | null;
  startedBy: string;
  startedAt: string;
  endedAt: string | null;
}

/** What is set off. */
export interface NewWork {
  kind: string;
  about?: string | undefined;
  /** What it is done with, kept as JSON: by it the same can be set off again. */
  input?: unknown;
  /** Does it, and says now and then how far it is. What it returns is kept as JSON. */
  run: (tell: (progress: Progress) => void) => Promise<unknown>;
}

type Needs = Pick<Deps, "store" | "clock" | "log">;

/** How often it is noted how far something is. */
const beatMs = 1_000;
/** Of what was not heard for so long the process has ended: it notes itself at least every `quietBeatMs`. */
const deadAfterMs = 60_000;
const quietBeatMs = 15_000;
const longestProblem = 2_000;
/** A result is shown on one page: a longer one is left out. */
const longestResult = 400_000;

const underWay = new Map<string, { store: Needs["store"]; done: Promise<void> }>();
/** The receivers of this process that are being stopped, by their stores. */
const stopping = new WeakSet<Needs["store"]>();

/** The receiver is being stopped: what runs ends where it next says how far it is. */
class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * Sets something off and returns as soon as that is noted: it goes on in this process when nobody looks. It is the deed of
 * whoever set it off.
 *
 * @returns its id
 */
export async function startWork(deps: Needs, { kind, about, input, run }: NewWork): Promise<string> {
  const now = deps.clock();
  const id = `wk_${orderedId(now)}`;
  nameSubject(id);
  await deps.store.write((tx) =>
    insertWork(tx, {
      work_id: id,
      kind,
      about: about ?? null,
      state: "running",
      progress: "{}",
      result: null,
      problem: null,
      started_by: currentActor(),
      started_at: now,
      beat_at: now,
      ended_at: null,
      input: input === undefined ? null : JSON.stringify(input),
    }),
  );
  const done = carryOut(deps, id, run).finally(() => underWay.delete(id));
  underWay.set(id, { store: deps.store, done });
  return id;
}

/** Waits for something that this process does. */
export const workEnded = (id: string): Promise<void> => underWay.get(id)?.done ?? Promise.resolve();

/** Ends what a receiver does, so that it can stop. It is found interrupted, and can be set off again. */
export async function stopWork(store: Needs["store"]): Promise<void> {
  stopping.add(store);
  await Promise.all([...underWay.values()].filter((one) => one.store === store).map(({ done }) => done));
}

async function carryOut({ store, clock, log }: Needs, id: string, run: NewWork["run"]): Promise<void> {
  let progress: Progress = {};
  let beaten = performance.now();
  let beat: Promise<unknown> = Promise.resolve();
  const note = () => {
    beaten = performance.now();
    beat = store
      .write((tx) => noteBeat(tx, { work_id: id, progress: JSON.stringify(progress), beat_at: clock() }))
      .catch(() => {});
  };
  const quiet = setInterval(note, quietBeatMs).unref();
  const end = async (state: "done" | "failed", result: string | null, problem: string | null) => {
    clearInterval(quiet);
    await beat;
    const now = clock();
    const ending = { work_id: id, state, progress: JSON.stringify(progress), result, problem };
    await store.write((tx) => endWork(tx, { ...ending, beat_at: now, ended_at: now }));
  };
  try {
    const result = await run((told) => {
      if (stopping.has(store)) throw new Stopped("the receiver is being stopped");
      progress = told;
      if (performance.now() - beaten >= beatMs) note();
    });
    await end("done", textOf(result), null);
  } catch (error) {
    if (error instanceof Stopped) return;
    // Where the receiver is being stopped the store is closed too: then it is found interrupted.
    const isTold = error instanceof Refusal;
    if (!isTold) log.error("server.failed", { cause: "work" }, error);
    const problem = isTold ? error.message : "It failed; the receiver's log says why.";
    await end("failed", null, problem.slice(0, longestProblem)).catch(() => {});
  } finally {
    clearInterval(quiet);
  }
}

function textOf(result: unknown): string {
  const text = JSON.stringify(result ?? null);
  return text.length <= longestResult ? text : JSON.stringify({ tooLong: text.length });
}

/** The newest first. */
export async function listWork(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { limit: asked, after }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<{ works: Work[]; next: string | null }> {
  const limit = rowsOfPage(asked);
  const rows = await store.read((tx) => listWorkRows(tx, { before: after ?? "wl", limit: limit + 1 }));
  const { shown, next } = cutPage(rows, limit, ({ work_id }) => work_id);
  const now = clock();
  return { works: shown.map((row) => workOf(row, now)), next };
}

/** One by its id. @throws {Refusal} `not_found` */
export async function showWork({ store, clock }: Pick<Deps, "store" | "clock">, id: string): Promise<Work> {
  const row = await store.read((tx) => findWork(tx, id));
  if (row === undefined) throw new Refusal("not_found", "There is no such work.");
  return workOf(row, clock());
}

function workOf(row: WorkRow, now: Instant): Work {
  const isDead = row.state === "running" && !underWay.has(row.work_id) && now - row.beat_at > deadAfterMs;
  return {
    id: row.work_id,
    kind: row.kind,
    about: row.about,
    state: isDead ? "interrupted" : row.state,
    progress: JSON.parse(row.progress) as Progress,
    input: row.input === null ? null : JSON.parse(row.input),
    result: row.result === null ? null : JSON.parse(row.result),
    problem: row.problem,
    startedBy: row.started_by,
    startedAt: isoTime(row.started_at),
    endedAt: row.ended_at === null ? null : isoTime(row.ended_at),
  };
}
