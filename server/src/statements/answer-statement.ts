import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { acceptanceOf, requireStatement, type StatementSummary, summaryOf } from "./read-statements.ts";
import { findNewestAnswer, findUnaccepted, insertAnswer } from "./rows/answers.ts";
import type { StatementAnswerRow } from "./rows/schema.ts";

/** What is said to a statement, and by whom. */
export interface Answering {
  answer: "accepted" | "contested";
  /** Why, on one line; needed where it is contested. */
  note?: string | undefined;
  /** Who asks, where it is the partner: another's statement is not there. */
  partner?: PartnerId | undefined;
}

/**
 * Notes that a partner accepts a statement, or contests it. What was contested can still be accepted; what is accepted, by
 * word or by silence, stays so, and accepting it again changes nothing.
 *
 * @throws {Refusal} `statement_unknown`, `statement_settled`, `request_invalid`
 */
export async function answerStatement(
  { store, clock }: Pick<Deps, "store" | "clock">,
  number: string,
  { answer, note, partner }: Answering,
): Promise<StatementSummary> {
  const text = readNote(answer, note);
  nameSubject(number);
  const now = clock();
  return store.write(async (tx) => {
    const row = await requireStatement(tx, number, partner);
    await lockName(tx, `statement ${row.partner_id} ${row.currency}`);
    const before = await findNewestAnswer(tx, number);
    const stands = acceptanceOf(row, before, now);
    const isAccepted = stands === "accepted" || stands === "accepted_by_silence";
    if (isAccepted && answer === "contested")
      throw new Refusal("statement_settled", `The statement ${number} is accepted.`);
    if (isAccepted || stands === answer) return summaryOf(row, before, now);
    const said: StatementAnswerRow = {
      number,
      seq: (before?.seq ?? 0) + 1,
      answer,
      actor: currentActor(),
      note: text,
      answered_at: now,
    };
    await insertAnswer(tx, said);
    return summaryOf(row, said, now);
  });
}

const longestNote = 500;

function readNote(answer: Answering["answer"], note: string | undefined): string | null {
  const text = note?.trim() ?? "";
  if (
    text.length > longestNote ||
    !text.isWellFormed() ||
    /\p{Cc}/u.test(text) ||
    (text === "" && answer === "contested")
  )
    throw new Refusal(
      "request_invalid",
      `Say why it is contested, in up to ${longestNote} characters on one line.`,
    );
  return text === "" ? null : text;
}

/**
 * The number of a partner's oldest self-billed document that is not accepted yet, by word or by silence, or that is
 * contested; undefined when nothing is open. Until then the partner should not be paid.
 */
export const findUnacceptedStatement = async (
  tx: Tx,
  about: { partner: PartnerId; now: Instant },
): Promise<string | undefined> =>
  (await findUnaccepted(tx, { partner_id: about.partner, now: about.now }))?.number;
