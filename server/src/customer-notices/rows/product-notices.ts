import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { NoticeLicenceRow, ServiceNoticeRow } from "./schema.ts";

const columns = columnsOf<ServiceNoticeRow>({
  notice_id: true,
  product: true,
  version: true,
  title: true,
  body: true,
  written_by: true,
  written_at: true,
  gathered_to: true,
  gathered_at: true,
  finished_at: true,
});

const insertQuery = query<ServiceNoticeRow>()((db, p) =>
  db.insertInto("service_notices").values(valuesOf(columns, p)),
);

/** Keeps what was written. */
export const insertServiceNotice = (tx: Tx, row: ServiceNoticeRow) => tx.run(insertQuery, row);

const oneQuery = query<{ notice_id: string }>()((db, p) =>
  db.selectFrom("service_notices").selectAll().where("notice_id", "=", p.notice_id),
);

/** A service notice by its id. */
export const findServiceNotice = (tx: Tx, notice_id: string) => tx.one(oneQuery, { notice_id });

const pageQuery = query<{ before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("service_notices")
    .selectAll()
    .where("notice_id", "<", p.before)
    .orderBy("notice_id", "desc")
    .limit(p.limit as never),
);

/** A page of service notices, the newest first. */
export const listServiceNoticeRows = (tx: Tx, page: { before: string; limit: number }) =>
  tx.all(pageQuery, page);

const unfinishedQuery = query<object>()((db) =>
  db
    .selectFrom("service_notices")
    .selectAll()
    .where("finished_at", "is", null)
    .orderBy("notice_id")
    .limit(sql.lit(100)),
);

/** Those of which not every letter is written, the oldest first. */
export const findUnfinishedNotices = (tx: Tx) => tx.all(unfinishedQuery, {});

interface Gathered {
  notice_id: string;
  was: string;
  gathered_to: string;
  gathered_at: Instant | null;
}

const gatheredQuery = query<Gathered>()((db, p) =>
  db
    .updateTable("service_notices")
    .set({ gathered_to: p.gathered_to, gathered_at: p.gathered_at })
    .where("notice_id", "=", p.notice_id)
    .where("gathered_to", "=", p.was)
    .where("gathered_at", "is", null),
);

/** Notes how far customers were gathered; false where another process was faster. */
export const markGathered = async (tx: Tx, step: Gathered): Promise<boolean> =>
  (await tx.run(gatheredQuery, step)) === 1;

const finishedQuery = query<{ notice_id: string; finished_at: Instant }>()((db, p) =>
  db
    .updateTable("service_notices")
    .set({ finished_at: p.finished_at })
    .where("notice_id", "=", p.notice_id)
    .where("gathered_at", "is not", null)
    .where("finished_at", "is", null),
);

/** Notes that every letter is written. */
export const markFinished = (tx: Tx, end: { notice_id: string; finished_at: Instant }) =>
  tx.run(finishedQuery, end);

const licenceColumns = columnsOf<NoticeLicenceRow>({
  notice_id: true,
  recipient_key: true,
  licence_key: true,
  customer_id: true,
  licence_end: true,
  partner_id: true,
  outcome: true,
  reason: true,
});

const licenceQuery = query<NoticeLicenceRow>()((db, p) =>
  db
    .insertInto("service_notice_licences")
    .values(valuesOf(licenceColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes a licence that a notice is for, once for each address. */
export const insertNoticeLicence = (tx: Tx, row: NoticeLicenceRow) => tx.run(licenceQuery, row);

const waitingQuery = query<{ notice_id: string; limit: number }>()((db, p) =>
  db
    .selectFrom("service_notice_licences")
    .select("recipient_key")
    .distinct()
    .where("notice_id", "=", p.notice_id)
    .where("outcome", "=", sql.lit("waiting"))
    .orderBy("recipient_key")
    .limit(p.limit as never),
);

/** Some of the addresses that have no letter yet. */
export const findWaitingRecipients = async (
  tx: Tx,
  page: { notice_id: string; limit: number },
): Promise<string[]> => (await tx.all(waitingQuery, page)).map(({ recipient_key }) => recipient_key);

const ofRecipientQuery = query<{ notice_id: string; recipient_key: string }>()((db, p) =>
  db
    .selectFrom("service_notice_licences")
    .selectAll()
    .where("notice_id", "=", p.notice_id)
    .where("recipient_key", "=", p.recipient_key)
    .where("outcome", "=", sql.lit("waiting"))
    .orderBy("licence_key"),
);

/** The licences that an address's letter is about. */
export const findLicencesOfRecipient = (tx: Tx, of: { notice_id: string; recipient_key: string }) =>
  tx.all(ofRecipientQuery, of);

interface Settled {
  notice_id: string;
  recipient_key: string;
  outcome: "written" | "blocked";
  reason: string | null;
}

const settleQuery = query<Settled>()((db, p) =>
  db
    .updateTable("service_notice_licences")
    .set({ outcome: p.outcome, reason: p.reason })
    .where("notice_id", "=", p.notice_id)
    .where("recipient_key", "=", p.recipient_key)
    .where("outcome", "=", sql.lit("waiting")),
);

/** Notes what became of an address's letter. */
export const settleRecipient = (tx: Tx, settled: Settled) => tx.run(settleQuery, settled);

/** How many addresses and licences of a notice have one outcome, for one reason. */
export interface NoticeCount {
  outcome: NoticeLicenceRow["outcome"];
  reason: string | null;
  recipients: number;
  licences: number;
}

const countQuery = query<{ notice_id: string }>()((db, p) => ({
  compile: () =>
    sql<NoticeCount>`select outcome, reason, count(distinct recipient_key) as recipients, count(*) as licences
      from service_notice_licences where notice_id = ${p.notice_id} group by outcome, reason order by outcome, reason`.compile(
      db,
    ),
}));

/** What became of a notice, counted. */
export const countNotice = async (tx: Tx, notice_id: string): Promise<NoticeCount[]> =>
  (await tx.all(countQuery, { notice_id })).map((row) => ({
    ...row,
    recipients: Number(row.recipients),
    licences: Number(row.licences),
  }));
