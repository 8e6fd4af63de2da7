import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash } from "../../words/ids.ts";

interface EmailPage {
  after: EmailHash;
  limit: number;
}

const pageQuery = query<EmailPage>()((db, p) =>
  db
    .selectFrom("registered_emails")
    .select("email_hash")
    .where("email_hash", ">", p.after)
    .orderBy("email_hash")
    .limit(p.limit as never),
);

/** The last address of a page; undefined behind the last row. */
export const findLastEmail = async (tx: Tx, page: EmailPage): Promise<EmailHash | undefined> =>
  (await tx.all(pageQuery, page)).at(-1)?.email_hash;

interface OldEmails {
  after: EmailHash;
  upTo: EmailHash;
  before: Instant;
}

const deleteQuery = query<OldEmails>()((db, p) =>
  db
    .deleteFrom("registered_emails")
    .where("email_hash", ">", p.after)
    .where("email_hash", "<=", p.upTo)
    .where("registered_at", "<", p.before),
);

/** Deletes those of a page that were registered before an instant. */
export const deleteOldEmails = (tx: Tx, page: OldEmails) => tx.run(deleteQuery, page);
