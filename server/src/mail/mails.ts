import type { Deps } from "../deps/deps.ts";
import { openIfSound, openSealed, sealText, unopened } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import type { Letter } from "./letter.ts";
import { findMail, insertMail, isWritten, listMailRows, markRetried } from "./rows/mails.ts";
import type { MailRow } from "./rows/schema.ts";

/** A mail that is to be sent. */
export interface NewMail {
  kind: string;
  to: string;
  letter: Letter;
  /** Mail of one key is written once, whatever is repeated. */
  once: string;
  /** Does not wait for other mail to the same address. */
  urgent?: boolean;
  /** When it is worth nothing any more: a code that has run out. */
  expiresAt?: Instant;
}

/** What is sealed in a row. */
export interface SealedMail {
  to: string;
  letter: Letter;
}

/**
 * Writes a mail in a transaction; it goes out after the commit.
 *
 * @returns its id; undefined where one of its key was written before
 */
export async function enqueueMail(
  tx: Tx,
  { clock, hashes }: Pick<Deps, "clock" | "hashes">,
  { kind, to, letter, once, urgent = false, expiresAt }: NewMail,
): Promise<string | undefined> {
  const now = clock();
  const { former } = hashes;
  if (former !== undefined && (await isWritten(tx, former.signIn(`mail ${kind} ${once}`)))) return undefined;
  const id = `ml_${orderedId(now)}`;
  const hash = hashes.email(to);
  const sealed: SealedMail = { to, letter };
  const written = await insertMail(tx, {
    id,
    kind,
    lane: `${urgent ? "urgent" : "usual"} ${hash}`,
    recipient_hash: hash,
    sealed: sealText(JSON.stringify(sealed), Buffer.from(id), hashes.mailAddressKey),
    once_key: hashes.signIn(`mail ${kind} ${once}`),
    state: "pending",
    due_at: now,
    lease: null,
    attempts: 0,
    tried_since: null,
    problem: null,
    created_at: now,
    expires_at: expiresAt ?? null,
    settled_at: null,
  });
  return written === 1 ? id : undefined;
}

/** What a row has sealed. */
export const openMail = (
  hashes: Deps["hashes"],
  { id, sealed }: Pick<MailRow, "id" | "sealed">,
): SealedMail => JSON.parse(openSealed(sealed, Buffer.from(id), hashes.mailAddressKey)) as SealedMail;

/** A mail's subject, for a list of what is kept; of a row that was changed by hand that it cannot be opened. */
export function subjectOf(hashes: Deps["hashes"], { id, sealed }: Pick<MailRow, "id" | "sealed">): string {
  const text = openIfSound(sealed, Buffer.from(id), hashes.mailAddressKey);
  return text === undefined ? unopened : (JSON.parse(text) as SealedMail).letter.subject;
}

/** A mail as it is listed. Times are ISO 8601 in UTC. The address is the reader's to see, the letter is not. */
export interface ListedMail {
  id: string;
  kind: string;
  to: string;
  state: MailRow["state"];
  attempts: number;
  problem: string | null;
  createdAt: string;
  dueAt: string | null;
}

/** What to list: mail that was given up by default, 100 by default, 1,000 at the most. */
export interface MailFilter {
  state?: MailRow["state"] | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

/**
 * Mail in a state, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` that was returned before
 */
export async function listMail(
  { store, hashes }: Pick<Deps, "store" | "hashes">,
  { state = "failed", limit, after }: MailFilter = {},
): Promise<{ mails: ListedMail[]; next: string | null }> {
  if (after !== undefined && !/^ml_[a-z0-9]{25}$/.test(after)) refuseCursor();
  const rows = rowsOfPage(limit);
  const found = await store.read((tx) =>
    listMailRows(tx, { state, before: after ?? "ml_~", limit: rows + 1 }),
  );
  const { shown, next } = cutPage(found, rows, ({ id }) => id);
  return { mails: shown.map((row) => listed(hashes, row)), next };
}

/**
 * Makes a mail that was given up due again.
 *
 * @throws {Refusal} `message_unknown`, `message_settled`
 */
export async function retryMail(
  { store, clock, hashes }: Pick<Deps, "store" | "clock" | "hashes">,
  id: string,
) {
  const row = await store.write(async (tx) => {
    const isRetried = await markRetried(tx, { id, now: clock() });
    const found = await findMail(tx, id);
    if (found === undefined) throw new Refusal("message_unknown", `There is no mail ${id}.`);
    if (!isRetried)
      throw new Refusal("message_settled", `The mail ${id} was not given up: it is ${found.state}.`);
    return found;
  });
  return listed(hashes, row);
}

const listed = (hashes: Deps["hashes"], row: MailRow): ListedMail => ({
  id: row.id,
  kind: row.kind,
  to: recipientOf(hashes, row),
  state: row.state,
  attempts: row.attempts,
  problem: row.problem,
  createdAt: isoTime(row.created_at),
  dueAt: row.due_at === null ? null : isoTime(row.due_at),
});

/** A row that was changed by hand does not open, and hides none of the others. */
function recipientOf(hashes: Deps["hashes"], row: MailRow): string {
  const text = openIfSound(row.sealed, Buffer.from(row.id), hashes.mailAddressKey);
  return text === undefined ? unopened : (JSON.parse(text) as SealedMail).to;
}
