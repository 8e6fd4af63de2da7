import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { WorkRow } from "./schema.ts";

const workColumns = columnsOf<WorkRow>({
  work_id: true,
  kind: true,
  about: true,
  state: true,
  progress: true,
  result: true,
  problem: true,
  started_by: true,
  started_at: true,
  beat_at: true,
  ended_at: true,
  input: true,
});

const insertQuery = query<WorkRow>()((db, p) => db.insertInto("works").values(valuesOf(workColumns, p)));

/** Notes that something was set off. */
export const insertWork = (tx: Tx, row: WorkRow) => tx.run(insertQuery, row);

const beatQuery = query<{ work_id: string; progress: string; beat_at: Instant }>()((db, p) =>
  db
    .updateTable("works")
    .set({ progress: p.progress, beat_at: p.beat_at })
    .where("work_id", "=", p.work_id)
    .where("state", "=", "running"),
);

/** Notes how far it is. */
export const noteBeat = (tx: Tx, beat: Pick<WorkRow, "work_id" | "progress" | "beat_at">) =>
  tx.run(beatQuery, beat);

type Ending = Pick<WorkRow, "work_id" | "state" | "progress" | "result" | "problem" | "beat_at" | "ended_at">;

const endQuery = query<Ending>()((db, p) =>
  db
    .updateTable("works")
    .set({
      state: p.state,
      progress: p.progress,
      result: p.result,
      problem: p.problem,
      beat_at: p.beat_at,
      ended_at: p.ended_at,
    })
    .where("work_id", "=", p.work_id),
);

/** Notes what came of it. */
export const endWork = (tx: Tx, ending: Ending) => tx.run(endQuery, ending);

const findQuery = query<{ work_id: string }>()((db, p) =>
  db.selectFrom("works").selectAll().where("work_id", "=", p.work_id),
);

/** One by its id. */
export const findWork = (tx: Tx, work_id: string) => tx.one(findQuery, { work_id });

const pageQuery = query<{ before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("works")
    .selectAll()
    .where("work_id", "<", p.before)
    .orderBy("work_id", "desc")
    .limit(p.limit as never),
);

/** The newest before an id. */
export const listWorkRows = (tx: Tx, page: { before: string; limit: number }) => tx.all(pageQuery, page);
