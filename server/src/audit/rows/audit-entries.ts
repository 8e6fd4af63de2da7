import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { AuditEntryRow } from "./schema.ts";

/** An entry before it has its number. */
export type NewAuditEntry = Omit<AuditEntryRow, "entry_no">;

const insertQuery = query<NewAuditEntry>()((db, p) =>
  db.insertInto("audit_entries").values({ at: p.at, actor: p.actor, action: p.action, subject: p.subject }),
);

/** Appends an entry. */
export const insertAuditEntry = (tx: Tx, entry: NewAuditEntry) => tx.run(insertQuery, entry);

/** Which entries to list: with a number below `before`, the newest first. An empty text is any; a subject may have more words. */
export interface AuditPage {
  before: number;
  since: Instant;
  actor: string;
  subject: string;
  limit: number;
}

const listQuery = query<AuditPage>()((db, p) =>
  db
    .selectFrom("audit_entries")
    .selectAll()
    .where("entry_no", "<", p.before)
    .where("at", ">=", p.since)
    .where(sql<boolean>`(${p.actor} = '' or actor = ${p.actor})`)
    .where(
      sql<boolean>`(${p.subject} = '' or subject = ${p.subject}
        or substr(subject, 1, length(cast(${p.subject} as text)) + 1) = cast(${p.subject} as text) || ' ')`,
    )
    .orderBy("entry_no", "desc")
    .limit(p.limit as never),
);

/** A page of entries, the newest first. */
export const listAuditEntries = (tx: Tx, page: AuditPage) => tx.all(listQuery, page);
