import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { NewsRow } from "./schema.ts";

const newsColumns = columnsOf<NewsRow>({
  news_id: true,
  title: true,
  body: true,
  written_by: true,
  written_at: true,
  withdrawn_at: true,
});

const insertQuery = query<NewsRow>()((db, p) => db.insertInto("news").values(valuesOf(newsColumns, p)));

/** Keeps what was written. */
export const insertNews = (tx: Tx, row: NewsRow) => tx.run(insertQuery, row);

const byIdQuery = query<{ news_id: string }>()((db, p) =>
  db.selectFrom("news").selectAll().where("news_id", "=", p.news_id),
);

/** What was written under an id. */
export const findNews = (tx: Tx, news_id: string) => tx.one(byIdQuery, { news_id });

const pageQuery = query<{ before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("news")
    .selectAll()
    .where("news_id", "<", p.before)
    .orderBy("news_id", "desc")
    .limit(p.limit as never),
);

/** The newest that come before an id. */
export const listNewsRows = (tx: Tx, page: { before: string; limit: number }) => tx.all(pageQuery, page);

const withdrawQuery = query<{ news_id: string; withdrawn_at: Instant }>()((db, p) =>
  db
    .updateTable("news")
    .set({ withdrawn_at: p.withdrawn_at })
    .where("news_id", "=", p.news_id)
    .where("withdrawn_at", "is", null),
);

/** Notes that something is shown no more; false when it was withdrawn already, or was never there. */
export const markWithdrawn = async (
  tx: Tx,
  row: { news_id: string; withdrawn_at: Instant },
): Promise<boolean> => (await tx.run(withdrawQuery, row)) === 1;
