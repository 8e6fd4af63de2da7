import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash } from "../../words/ids.ts";
import type { MailBounceRow } from "./schema.ts";

type Bounce = Omit<MailBounceRow, "bounces">;

const noteQuery = query<Bounce>()((db, p) =>
  db
    .insertInto("mail_bounces")
    .values({
      recipient_hash: p.recipient_hash,
      bounces: sql.lit(1),
      bounced_at: p.bounced_at,
      problem: p.problem,
    })
    .onConflict((conflict) =>
      conflict.column("recipient_hash").doUpdateSet({
        bounces: sql<number>`mail_bounces.bounces + 1`,
        bounced_at: sql<Instant>`excluded.bounced_at`,
        problem: sql<string>`excluded.problem`,
      }),
    ),
);

/** Counts one more mail that a server refused to an address for good, with what it said last. */
export const noteBounce = (tx: Tx, bounce: Bounce) => tx.run(noteQuery, bounce);

const forgetQuery = query<{ recipient_hash: EmailHash }>()((db, p) =>
  db.deleteFrom("mail_bounces").where("recipient_hash", "=", p.recipient_hash),
);

/** Forgets what came back from an address: mail to it was taken. */
export const forgetBounces = (tx: Tx, recipient_hash: EmailHash) => tx.run(forgetQuery, { recipient_hash });

const findQuery = query<{ recipient_hash: EmailHash }>()((db, p) =>
  db.selectFrom("mail_bounces").selectAll().where("recipient_hash", "=", p.recipient_hash),
);

/** What came back from an address since mail to it was last taken; undefined where nothing did. */
export const findBounces = (tx: Tx, recipient_hash: EmailHash) => tx.one(findQuery, { recipient_hash });

/** Whether a mail server refused an address for good, and took nothing for it since. */
export const hasBounced = async (tx: Tx, recipient_hash: EmailHash): Promise<boolean> =>
  (await findBounces(tx, recipient_hash)) !== undefined;
