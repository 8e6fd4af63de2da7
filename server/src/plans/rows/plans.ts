import type { Generated } from "kysely";
import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";

/** One version of a plan, append-only. */
export interface PlanRow {
  plan_id: string;
  /** From 1 for each plan. */
  version: number;
  /** JSON: the plan as it was parsed, its defaults filled in. */
  document: string;
  added_at: Instant;
}

/** Whom a version of a plan pays from a moment on, append-only. Of two for one moment the later recorded counts. */
export interface PlanAssignmentRow {
  assignment_no: Generated<number>;
  plan_id: string;
  version: number;
  target: "partner" | "kind" | "default";
  /** A partner, a kind of partners, or nothing. */
  target_id: string;
  since: Instant;
  recorded_at: Instant;
}

/** An assignment before the database has numbered it. */
export type NewPlanAssignment = Omit<PlanAssignmentRow, "assignment_no">;

declare module "../../store/schema.ts" {
  interface Schema {
    plans: PlanRow;
    plan_assignments: PlanAssignmentRow;
  }
}

const insertPlanQuery = query<PlanRow>()((db, p) =>
  db
    .insertInto("plans")
    .values({ plan_id: p.plan_id, version: p.version, document: p.document, added_at: p.added_at }),
);

/** Appends a version of a plan. */
export const insertPlan = (tx: Tx, row: PlanRow) => tx.run(insertPlanQuery, row);

const versionsQuery = query<{ plan_id: string }>()((db, p) =>
  db.selectFrom("plans").selectAll().where("plan_id", "=", p.plan_id).orderBy("version"),
);

/** All versions of a plan, the oldest first. */
export const listVersions = (tx: Tx, plan: string) => tx.all(versionsQuery, { plan_id: plan });

const plansQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("plans").selectAll().orderBy("plan_id").orderBy("version"),
);

/** All versions of all plans. */
export const listPlanRows = (tx: Tx) => tx.all(plansQuery, {});

const versionQuery = query<{ plan_id: string; version: number }>()((db, p) =>
  db.selectFrom("plans").selectAll().where("plan_id", "=", p.plan_id).where("version", "=", p.version),
);

/** One version of a plan. */
export const findPlan = (tx: Tx, plan: string, version: number) =>
  tx.one(versionQuery, { plan_id: plan, version });

const insertAssignmentQuery = query<NewPlanAssignment>()((db, p) =>
  db.insertInto("plan_assignments").values({
    plan_id: p.plan_id,
    version: p.version,
    target: p.target,
    target_id: p.target_id,
    since: p.since,
    recorded_at: p.recorded_at,
  }),
);

/** Appends whom a plan pays. */
export const insertAssignment = (tx: Tx, row: NewPlanAssignment) => tx.run(insertAssignmentQuery, row);

const assignmentsQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("plan_assignments").selectAll().orderBy("since").orderBy("assignment_no"),
);

/** All assignments, in the order in which they came to hold. */
export const listAssignments = (tx: Tx) => tx.all(assignmentsQuery, {});

const assignedQuery = query<{ partner: PartnerId; at: Instant }>()((db, { partner, at }) => ({
  compile: () =>
    sql<PlanRow>`select plans.plan_id, plans.version, plans.document, plans.added_at
      from plan_assignments join plans
        on plans.plan_id = plan_assignments.plan_id and plans.version = plan_assignments.version
      where since <= ${at} and (
        (target = 'partner' and target_id = ${partner})
        or (target = 'kind' and target_id = (select kind from partners where id = ${partner}))
        or (target = 'default' and target_id = ''))
      order by case target when 'partner' then 0 when 'kind' then 1 else 2 end, since desc, assignment_no desc
      limit 1`.compile(db),
}));

/** The plan that pays a partner's sales of a moment: its own, that of its kind, or the default one, in this order. */
export const findAssignedPlan = (tx: Tx, about: { partner: PartnerId; at: Instant }) =>
  tx.one(assignedQuery, about);
