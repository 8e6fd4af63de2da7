import { currentActor } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import {
  addUp,
  hasLimits,
  lockHands,
  type Move,
  movesToApprove,
  noteAlone,
  purseOf,
} from "../four-eyes/limit.ts";
import { askSecondPerson, decideRequest, type MoneyRequest, requestOf } from "../four-eyes/requests.ts";
import { completeRequest, findRequest, listRequestRows } from "../four-eyes/rows/requests.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { randomHex } from "../words/random-hex.ts";
import type { ImportReport } from "./import-report.ts";
import { findWaitingRows } from "./rows/waiting-rows.ts";
import type { RowPlan } from "./take-row.ts";
import { movesOfRow, waitingRow } from "./waiting-row.ts";
import { workOffImports } from "./work-off-imports.ts";

/** What of an import is known before its rows are taken, and what its rows wait for. */
export interface ImportRun {
  id: string;
  programme: string;
  /** For each purse that the files move, whether a second person must approve it; undefined where nobody has to. */
  purses: ReadonlyMap<string, boolean> | undefined;
  /** The request that rows of this run wait for, once there is one. */
  request: string | undefined;
}

const movesOf = (plans: Iterable<RowPlan>): Move[] =>
  addUp([...plans].flatMap(({ before, row }) => movesOfRow(before, row)));

/** Sums up, page by page, what an import would move. */
export function createForesight() {
  let moves: Move[] = [];
  return {
    add: (plans: Iterable<RowPlan>): void => {
      moves = addUp([...moves, ...movesOf(plans)]);
    },
    /** What of it all a second person would have to approve, were it taken by whoever acts now. */
    waits: (deps: Deps): Promise<Move[]> =>
      deps.store.read((tx) => movesToApprove(tx, deps, { actor: currentActor(), moves }, deps.clock())),
    moves: () => moves,
  };
}

/** Begins a run; rows of one that was killed wait for what this one ends with. */
export function beginRun(
  programme: string,
  foreseen: { moves: readonly Move[]; waits: readonly Move[] } | undefined,
): ImportRun {
  const run = { id: `imp_${randomHex(10)}`, programme, request: undefined };
  if (foreseen === undefined) return { ...run, purses: undefined };
  const purses = new Map(foreseen.moves.map((move) => [purseOf(move), false]));
  for (const move of foreseen.waits) purses.set(purseOf(move), true);
  return { ...run, purses };
}

/** Which rows of a page wait, and for what. */
export interface PageApproval {
  waits: ReadonlySet<RowPlan>;
  request: string | undefined;
}

/**
 * Finds out which rows of a page are more than one person may book alone, counted with what the run and the person booked
 * before, asks a second person for them, and keeps what the others book.
 */
export async function approvePage(
  tx: Tx,
  deps: Deps,
  run: ImportRun,
  plans: readonly RowPlan[],
  now: Instant,
): Promise<PageApproval> {
  const { purses } = run;
  if (purses === undefined || !hasLimits(deps)) return { waits: new Set(), request: run.request };
  const actor = currentActor();
  const moves = movesOf(plans);
  await lockHands(
    tx,
    moves.map(({ partner }) => partner),
  );
  const above = new Set((await movesToApprove(tx, deps, { actor, moves }, now)).map(purseOf));
  const isWaiting = (move: Move) => above.has(purseOf(move)) || (purses.get(purseOf(move)) ?? true);
  const waits = new Set(plans.filter(({ before, row }) => movesOfRow(before, row).some(isWaiting)));
  const free = movesOf(plans.filter((one) => !waits.has(one)));
  if (free.length > 0) await noteAlone(tx, deps, { id: run.id, actor, moves: free }, now);
  return { waits, request: waits.size === 0 ? run.request : await gather(tx, run, now) };
}

async function gather(tx: Tx, { programme, request }: ImportRun, now: Instant): Promise<string> {
  if (request !== undefined && (await findRequest(tx, request))?.status === "gathering") return request;
  const asked = {
    kind: "import",
    subject: `import ${programme}`,
    document: {},
    moves: [],
    status: "gathering",
  } as const;
  return (await askSecondPerson(tx, asked, now)).id;
}

const mostAtOnce = 100;

/** Ends a run: what its rows wait for, and what rows of killed runs wait for, can now be decided. */
export async function endRun(
  deps: Deps,
  { programme, request }: ImportRun,
): Promise<Pick<ImportReport, "waits" | "request">> {
  return deps.store.write(async (tx) => {
    await lockName(tx, "imports");
    const open = await listRequestRows(tx, {
      before: Number.MAX_SAFE_INTEGER,
      limit: mostAtOnce,
      status: "gathering",
    });
    for (const { request_id, subject } of open)
      if (subject === `import ${programme}`)
        await completeRequest(tx, request_id, JSON.stringify(await sumWaiting(tx, request_id)));
    const ended = request === undefined ? undefined : await findRequest(tx, request);
    return ended === undefined
      ? { request: null, waits: [] }
      : { request: ended.request_id, waits: requestOf(ended).moves };
  });
}

async function sumWaiting(tx: Tx, request: string): Promise<Move[]> {
  const rows = await findWaitingRows(tx, request);
  return addUp(
    rows.flatMap((row) => {
      const booked = row.account === null ? undefined : row;
      const will = waitingRow(row);
      return will === undefined ? [] : movesOfRow(booked, will);
    }),
  );
}

/**
 * Has the rows that wait for a request booked, as its second person, or left as they are.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`
 */
export async function settleImport(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  const row = await deps.store.write((tx) => decideRequest(tx, deps, { id, status, now: deps.clock() }));
  await workOffImports(deps);
  return requestOf(row);
}
