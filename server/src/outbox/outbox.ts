import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import type { CreditFacts } from "./adapter.ts";
import { listOutboxRows } from "./rows/lists.ts";
import { findOutboxRow, markDropped, markReplayed, wakeNext } from "./rows/outbox.ts";
import type { OutboxKind, OutboxRow, OutboxState } from "./rows/schema.ts";

/** A message as it is listed. Times are ISO 8601 in UTC, amounts minor units. */
export interface OutboxEntry {
  id: string;
  destination: string;
  state: OutboxState;
  kind: OutboxKind;
  seq: number;
  shop: string;
  /** The order's id in its shop. */
  order: string;
  partner: string;
  creditMinor: number;
  previousCreditMinor: number;
  currency: string;
  attempts: number;
  /** When it is tried next; null when it is settled, or waits for an earlier message about its order. */
  dueAt: string | null;
  /** HTTP status of the last answer. */
  status: number | null;
  /** Why it was not delivered, or for `manual` what to do by hand. */
  problem: string | null;
  /** How the destination named the conversion. */
  conversionId: string | null;
  note: string | null;
  createdAt: string;
  settledAt: string | null;
}

/** A message with all that is sent of it. */
export type OutboxRecord = OutboxEntry & { facts: CreditFacts };

/** A page of messages, the newest first; `next` is the `after` of the page behind it. */
export interface OutboxPage {
  messages: OutboxEntry[];
  next: string | null;
}

/** What to list: 100 messages by default, 1,000 at the most. */
export interface OutboxFilter {
  state?: OutboxState | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

const idPattern = /^msg_[a-z0-9]{29}$/;
const afterAll = "msg_~";
const longestNote = 1000;

type Needs = Pick<Deps, "store" | "clock">;

/** @throws {Refusal} `request_invalid` when `after` is not a `next` that was answered before. */
export async function listOutbox({ store }: Needs, filter: OutboxFilter = {}): Promise<OutboxPage> {
  const { state, after = afterAll } = filter;
  if (after !== afterAll && !idPattern.test(after)) refuseCursor();
  const limit = rowsOfPage(filter.limit);
  const rows = await store.read((tx) => listOutboxRows(tx, { state, before: after, limit: limit + 1 }));
  const { shown, next } = cutPage(rows, limit, ({ id }) => id);
  return { messages: shown.map(entryOf), next };
}

/** @throws {Refusal} `message_unknown` */
export async function showOutboxMessage({ store }: Needs, id: string): Promise<OutboxRecord> {
  const row = await store.read((tx) => findOutboxRow(tx, id));
  if (row === undefined) return refuseUnknown(id);
  return { ...entryOf(row), facts: JSON.parse(row.facts) as CreditFacts };
}

/**
 * Makes a message due again that was given up, or that no request could say. It is sent with the same key.
 *
 * @throws {Refusal} `message_unknown`, `message_settled` when it is not one of these
 */
export async function replayMessage({ store, clock }: Needs, id: string): Promise<OutboxEntry> {
  const now = clock();
  return store.write(async (tx) => {
    const isDone = await markReplayed(tx, { id, now });
    const row = (await findOutboxRow(tx, id)) ?? refuseUnknown(id);
    if (!isDone)
      throw new Refusal("message_settled", `${id} is ${row.state}: only what failed is sent again.`);
    return entryOf(row);
  });
}

const pageSize = 200;

/** Makes everything due again that was given up; returns how many messages, or with `dryRun` would be. */
export async function replayAllFailed(
  { store, clock }: Needs,
  { dryRun = false }: { dryRun?: boolean | undefined } = {},
): Promise<{ dryRun: boolean; messages: number }> {
  const now = clock();
  let messages = 0;
  for (let before = afterAll; ; ) {
    const rows = await store.read((tx) => listOutboxRows(tx, { state: "failed", before, limit: pageSize }));
    const last = rows.at(-1);
    if (last === undefined) return { dryRun, messages };
    messages += dryRun
      ? rows.length
      : await store.write(async (tx) => {
          let replayed = 0;
          for (const { id } of rows) if (await markReplayed(tx, { id, now })) replayed++;
          return replayed;
        });
    before = last.id;
  }
}

/**
 * Why a message is dropped, as it is kept.
 *
 * @throws {Refusal} `request_invalid` for a note that is empty, too long or of several lines
 */
export function fitDropNote(note: string): string {
  const text = note.trim();
  if (text === "" || text.length > longestNote || !text.isWellFormed() || /\p{Cc}/u.test(text))
    throw new Refusal("request_invalid", `Say in a note why: 1 to ${longestNote} characters on one line.`);
  return text;
}

/**
 * Drops a message that is not delivered, with a note on why: it was told by hand, or need not be told. The next message
 * about its order is sent then.
 *
 * @throws {Refusal} `message_unknown`, `message_settled`, `request_invalid`
 */
export async function dropMessage(
  { store, clock }: Needs,
  { id, note }: { id: string; note: string },
): Promise<OutboxEntry> {
  const text = fitDropNote(note);
  const now = clock();
  return store.write(async (tx) => {
    const isDone = await markDropped(tx, { id, note: text, now });
    const row = (await findOutboxRow(tx, id)) ?? refuseUnknown(id);
    if (!isDone) throw new Refusal("message_settled", `${id} is ${row.state} already.`);
    await wakeNext(tx, row, now);
    return entryOf(row);
  });
}

function entryOf(row: OutboxRow): OutboxEntry {
  const facts = JSON.parse(row.facts) as CreditFacts;
  return {
    id: row.id,
    destination: row.destination_id,
    state: row.state,
    kind: row.kind,
    seq: row.seq,
    shop: facts.shop,
    order: facts.shopOrder,
    partner: facts.partner,
    creditMinor: facts.creditMinor,
    previousCreditMinor: facts.previousCreditMinor,
    currency: facts.currency,
    attempts: row.attempts,
    dueAt: row.due_at === null ? null : isoTime(row.due_at),
    status: row.status,
    problem: row.problem,
    conversionId: row.conversion_id,
    note: row.note,
    createdAt: isoTime(row.created_at),
    settledAt: row.settled_at === null ? null : isoTime(row.settled_at),
  };
}

function refuseUnknown(id: string): never {
  throw new Refusal("message_unknown", `There is no message ${JSON.stringify(id)} in the outbox.`);
}
