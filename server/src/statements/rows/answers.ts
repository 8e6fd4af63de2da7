import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { StatementAnswerRow } from "./schema.ts";

const insertQuery = query<StatementAnswerRow>()((db, p) =>
  db.insertInto("statement_answers").values({
    number: p.number,
    seq: p.seq,
    answer: p.answer,
    actor: p.actor,
    note: p.note,
    answered_at: p.answered_at,
  }),
);

/** Appends an answer. */
export const insertAnswer = (tx: Tx, row: StatementAnswerRow) => tx.run(insertQuery, row);

const newestQuery = query<{ number: string }>()((db, p) =>
  db
    .selectFrom("statement_answers")
    .selectAll()
    .where("number", "=", p.number)
    .orderBy("seq", "desc")
    .limit(1),
);

/** What was said to a statement last. */
export const findNewestAnswer = (tx: Tx, number: string) => tx.one(newestQuery, { number });

const unansweredQuery = query<{ partner_id: PartnerId; now: Instant }>()((db, p) =>
  db
    .selectFrom("statements")
    .select("number")
    .where("partner_id", "=", p.partner_id)
    .where("kind", "<>", "statement")
    .where(({ eb, or, not, exists, selectFrom }) => {
      const answers = selectFrom("statement_answers").whereRef(
        "statement_answers.number",
        "=",
        "statements.number",
      );
      const newest = answers.select("answer").orderBy("seq", "desc").limit(1);
      return or([
        eb(newest, "=", "contested"),
        eb.and([
          not(exists(answers.select("seq"))),
          or([eb("accept_by", "is", null), eb("accept_by", ">", p.now)]),
        ]),
      ]);
    })
    .orderBy("statement_no")
    .limit(1),
);

/** The oldest of a partner's self-billed documents that is contested, or not accepted yet by word or silence. */
export const findUnaccepted = (tx: Tx, about: { partner_id: PartnerId; now: Instant }) =>
  tx.one(unansweredQuery, about);
