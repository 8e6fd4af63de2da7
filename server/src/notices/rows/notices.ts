import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { NoticeRow } from "./schema.ts";

const noticeColumns = columnsOf<NoticeRow>({
  id: true,
  kind: true,
  partner_id: true,
  person_id: true,
  facts: true,
  once_key: true,
  told_at: true,
  noted_at: true,
});

const insertQuery = query<NoticeRow>()((db, p) =>
  db
    .insertInto("notices")
    .values(valuesOf(noticeColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes a notice, unless one of its key was noted before. */
export const insertNotice = (tx: Tx, notice: NoticeRow) => tx.run(insertQuery, notice);

const untoldQuery = query<{ limit: number }>()((db, p) =>
  db
    .selectFrom("notices")
    .selectAll()
    .where("told_at", "is", null)
    .orderBy("id")
    .limit(p.limit as never),
);

/** The oldest notices that nobody was told of. */
export const findUntold = (tx: Tx, limit: number): Promise<NoticeRow[]> => tx.all(untoldQuery, { limit });

const toldQuery = query<{ id: string; told_at: Instant }>()((db, p) =>
  db.updateTable("notices").set({ told_at: p.told_at }).where("id", "=", p.id).where("told_at", "is", null),
);

/** Notes that a notice was told; false when another process was faster. */
export const markTold = async (tx: Tx, told: { id: string; told_at: Instant }): Promise<boolean> =>
  (await tx.run(toldQuery, told)) === 1;

const pruneQuery = query<{ before: Instant; limit: number }>()((db, p) =>
  db.deleteFrom("notices").where("id", "in", (inner) =>
    inner
      .selectFrom("notices")
      .select("id")
      .where("told_at", "<", p.before)
      .orderBy("told_at")
      .limit(p.limit as never),
  ),
);

/** Deletes a page of notices that were told long ago; returns how many. */
export const deleteTold = (tx: Tx, page: { before: Instant; limit: number }) => tx.run(pruneQuery, page);
