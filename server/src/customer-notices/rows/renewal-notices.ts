import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { NoticeStopRow, RenewalNoticeRow } from "./schema.ts";

const columns = columnsOf<RenewalNoticeRow>({
  notice_key: true,
  customer_id: true,
  product: true,
  licence_end: true,
  partner_id: true,
  ends_at: true,
  days_before: true,
  outcome: true,
  reason: true,
  mail_id: true,
  noted_at: true,
});

const insertQuery = query<RenewalNoticeRow>()((db, p) =>
  db
    .insertInto("renewal_notices")
    .values(valuesOf(columns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes a notice, or why there is none; false where it was noted before. */
export const insertRenewalNotice = async (tx: Tx, row: RenewalNoticeRow): Promise<boolean> =>
  (await tx.run(insertQuery, row)) === 1;

const mailedQuery = query<{ notice_key: string; mail_id: string }>()((db, p) =>
  db.updateTable("renewal_notices").set({ mail_id: p.mail_id }).where("notice_key", "=", p.notice_key),
);

/** Notes which mail carries a notice. */
export const markNoticeMailed = (tx: Tx, mailed: { notice_key: string; mail_id: string }) =>
  tx.run(mailedQuery, mailed);

const byMailQuery = query<{ mail_id: string }>()((db, p) =>
  db.selectFrom("renewal_notices").selectAll().where("mail_id", "=", p.mail_id),
);

/** The notice that a mail carries. */
export const findNoticeOfMail = (tx: Tx, mail_id: string) => tx.one(byMailQuery, { mail_id });

const pageQuery = query<{ noted_at: number; notice_key: string; limit: number; outcome: string }>()(
  (db, p) => ({
    compile: () =>
      sql<RenewalNoticeRow>`select * from renewal_notices
        where (noted_at, notice_key) < (${p.noted_at}, ${p.notice_key}) and (${p.outcome} = '' or outcome = ${p.outcome})
        order by noted_at desc, notice_key desc limit ${p.limit}`.compile(db),
  }),
);

/** A page of notices, the newest first; of one outcome, or with an empty one of all. */
export const listRenewalNoticeRows = (
  tx: Tx,
  page: { noted_at: number; notice_key: string; limit: number; outcome: string },
) => tx.all(pageQuery, page);

const stopQuery = query<NoticeStopRow>()((db, p) =>
  db
    .insertInto("notice_stops")
    .values({ stop_key: p.stop_key, stopped_at: p.stopped_at })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes that an address wants no more. */
export const insertStop = (tx: Tx, row: NoticeStopRow) => tx.run(stopQuery, row);

const stoppedQuery = query<{ stop_key: string }>()((db, p) =>
  db.selectFrom("notice_stops").select("stop_key").where("stop_key", "=", p.stop_key),
);

/** Whether an address wants no more. */
export const isStopped = async (tx: Tx, stop_key: string): Promise<boolean> =>
  (await tx.one(stoppedQuery, { stop_key })) !== undefined;
