import { findPartner } from "../channel/rows/partners.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { isLimited } from "../four-eyes/limit.ts";
import type { MoneyRequest } from "../four-eyes/requests.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { type AskedAssignment, askToAssign } from "./assignment-request.ts";
import type { PlanDocument } from "./plan-schema.ts";
import {
  findPlan,
  insertAssignment,
  insertPlan,
  listAssignments,
  listPlanRows,
  listVersions,
  type NewPlanAssignment,
  type PlanAssignmentRow,
  type PlanRow,
} from "./rows/plans.ts";

/** A version of a plan as it is shown. Times are ISO 8601 in UTC. */
export interface ShownPlan {
  plan: string;
  version: number;
  name: string;
  addedAt: string;
  document: PlanDocument;
}

/** Whom a version of a plan pays, and since when. */
export interface Assignment {
  plan: string;
  version: number;
  target: PlanAssignmentRow["target"];
  /** The partner or kind; null for everybody. */
  of: string | null;
  since: string;
  recordedAt: string;
}

/** The most versions of one plan that the receiver keeps. */
const mostVersions = 1000;

/**
 * Adds a plan, or the next version of one. It pays nobody until it is assigned. The newest version said again is no new one.
 *
 * @throws {Refusal} `request_invalid`, with the path of each error
 */
export async function addPlan(deps: Pick<Deps, "store" | "clock">, document: unknown): Promise<ShownPlan> {
  // Loaded where a plan is added: those that are stored were held to their schema then.
  const { readPlan } = await import("./plan-schema.ts");
  const plan = readPlan(document);
  const text = JSON.stringify(plan);
  const row = await deps.store.write(async (tx) => {
    nameSubject(plan.plan);
    await lockName(tx, `plan ${plan.plan}`);
    const newest = (await listVersions(tx, plan.plan)).at(-1);
    if (newest?.document === text) return newest;
    if ((newest?.version ?? 0) >= mostVersions)
      throw new Refusal("request_invalid", `A plan has ${mostVersions} versions at the most.`);
    const added = {
      plan_id: plan.plan,
      version: (newest?.version ?? 0) + 1,
      document: text,
      added_at: deps.clock(),
    };
    await insertPlan(tx, added);
    return added;
  });
  return shownPlan(row);
}

/** All versions of all plans, and whom they pay. */
export async function listPlans(
  deps: Pick<Deps, "store">,
): Promise<{ plans: ShownPlan[]; assignments: Assignment[] }> {
  return deps.store.read(async (tx) => ({
    plans: (await listPlanRows(tx)).map(shownPlan),
    assignments: (await listAssignments(tx)).map(shownAssignment),
  }));
}

/**
 * A plan, in its newest version unless another is named.
 *
 * @throws {Refusal} `plan_unknown`
 */
export async function showPlan(
  deps: Pick<Deps, "store">,
  id: string,
  { version }: { version?: number | undefined } = {},
): Promise<ShownPlan> {
  return shownPlan(await deps.store.read((tx) => findVersion(tx, id, version)));
}

/** Whom a plan is to pay from a moment on: a partner, a kind of partners, or with neither of them everybody. */
export interface NewAssignment {
  plan: string;
  version?: number | undefined;
  partner?: string | undefined;
  kind?: string | undefined;
  /** Now by default. Sales from then on are paid by it; what was decided stays. */
  since?: Instant | undefined;
}

/**
 * Assigns a version of a plan, the newest by default. What is assigned to a partner stands before what is to its kind, and
 * that before what is to everybody. Nobody can say what it will move: where the configuration has limits for one person,
 * it waits for a second one.
 *
 * @throws {Refusal} `plan_unknown`, `partner_unknown`
 */
export async function assignPlan(deps: AssigningDeps, asked: NewAssignment): Promise<PlanAssigned> {
  const { partner, ...rest } = asked;
  if (partner === undefined) return assignOrAsk(deps, [asked]).then(onlyOne);
  return assignPlanToPartners(deps, rest, [partner]).then(onlyOne);
}

const onlyOne = ([first]: readonly PlanAssigned[]): PlanAssigned => {
  if (first === undefined) throw new Error("a plan is assigned to somebody");
  return first;
};

/**
 * Assigns a version of a plan to several partners from the same moment on: to all of them, or to none.
 *
 * @throws {Refusal} `plan_unknown`, `partner_unknown`
 */
export const assignPlanToPartners = (
  deps: AssigningDeps,
  asked: Omit<NewAssignment, "partner" | "kind">,
  partners: readonly string[],
): Promise<PlanAssigned[]> =>
  assignOrAsk(
    deps,
    [...new Set(partners)].map((partner) => ({ ...asked, partner })),
  );

/** An assignment, which counts unless it waits for a second person. */
export type PlanAssigned = Assignment & { waits: MoneyRequest | null };

/** What assigning needs of the world. */
export type AssigningDeps = Pick<Deps, "store" | "clock" | "config">;

function assignOrAsk(deps: AssigningDeps, asked: readonly NewAssignment[]): Promise<PlanAssigned[]> {
  const now = deps.clock();
  return deps.store.write(async (tx) => {
    const found: AskedAssignment[] = [];
    for (const one of asked) found.push(await readAssignment(tx, one));
    const rows = found.map((one) => ({ ...one, since: one.since ?? now, recorded_at: now }));
    const waits =
      isLimited(deps, "assignments") && found.length > 0 ? await askToAssign(tx, found, now) : null;
    if (waits === null) for (const row of rows) await insertAssignment(tx, row);
    return rows.map((row) => ({ ...shownAssignment(row), waits }));
  });
}

async function readAssignment(
  tx: Tx,
  { plan, version, partner, kind, since }: NewAssignment,
): Promise<AskedAssignment> {
  const found = await findVersion(tx, plan, version);
  if (partner !== undefined && (await findPartner(tx, as.partner(partner))) === undefined)
    throw new Refusal("partner_unknown", `There is no partner ${partner}.`);
  return {
    plan_id: found.plan_id,
    version: found.version,
    target: partner !== undefined ? "partner" : kind !== undefined ? "kind" : "default",
    target_id: partner ?? kind ?? "",
    since: since ?? null,
  };
}

async function findVersion(tx: Tx, id: string, version: number | undefined): Promise<PlanRow> {
  const row = version === undefined ? (await listVersions(tx, id)).at(-1) : await findPlan(tx, id, version);
  if (row !== undefined) return row;
  const what = version === undefined ? "" : ` in a version ${version}`;
  throw new Refusal("plan_unknown", `There is no plan ${JSON.stringify(id)}${what}.`);
}

const shownPlan = (row: PlanRow): ShownPlan => {
  const document = planOf(row);
  return {
    plan: row.plan_id,
    version: row.version,
    name: document.name,
    addedAt: isoTime(row.added_at),
    document,
  };
};

const shownAssignment = (row: NewPlanAssignment): Assignment => ({
  plan: row.plan_id,
  version: row.version,
  target: row.target,
  of: row.target === "default" ? null : row.target_id,
  since: isoTime(row.since),
  recordedAt: isoTime(row.recorded_at),
});

const parsed = new Map<string, PlanDocument>();
const mostParsed = 200;

/** A stored plan, parsed once. It was held to its schema when it was added. */
export function planOf({ document }: Pick<PlanRow, "document">): PlanDocument {
  let plan = parsed.get(document);
  if (plan === undefined) {
    plan = JSON.parse(document) as PlanDocument;
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.set(document, plan);
  }
  return plan;
}
