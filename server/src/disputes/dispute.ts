import type { Config } from "../config/config.ts";
import { type OrderSummary, summaryOf } from "../orders/explain/list-orders.ts";
import { type OwnEvidence, readOwnEvidence, readSides } from "../orders/explain/own-evidence.ts";
import { findOrder } from "../orders/rows/orders.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { candidatesOf, type KeptClaim, type ShownClaim, shownClaim } from "./claim.ts";
import { listDisputesOfOrder } from "./rows/disputes.ts";
import { type ListedEntry, listEntries } from "./rows/entries.ts";
import type { DisputeRow, DisputeState, EntryKind } from "./rows/schema.ts";

/** A file in a thread, by what is known of it without opening it. */
export interface ListedFile {
  name: string;
  type: string;
  bytes: number;
}

/** An entry as the vendor sees it. */
export interface DisputeEntry {
  entry: number;
  author: "partner" | "vendor" | "receiver";
  kind: EntryKind;
  text: string | null;
  file: ListedFile | null;
  actor: string | null;
  at: string;
}

/** A contested decision in the vendor's lists. Times are ISO 8601 in UTC. */
export interface DisputeSummary {
  id: string;
  partner: string;
  state: DisputeState;
  claim: ShownClaim;
  openedAt: string;
  /** By when the vendor answers; null where it is not the vendor's turn. */
  answerDueAt: string | null;
  ruledAt: string | null;
  granted: boolean | null;
}

/** One partner's part in a contested order. */
export interface DisputeSide {
  partner: string;
  credited: boolean;
  evidence: OwnEvidence[];
  /** Its disputes about this order. */
  disputes: string[];
}

/** A contested decision with all that the vendor needs to rule. */
export interface DisputeRecord extends DisputeSummary {
  /** The order that is meant, where that is certain. */
  order: OrderSummary | null;
  /** The orders that may be meant. */
  candidates: OrderSummary[];
  /** Everybody with a part in the order, side by side. */
  sides: DisputeSide[];
  thread: DisputeEntry[];
}

/** A contested decision as its partner sees it: what it said, what it was told, and what became of its own evidence. */
export interface PartnerDispute {
  id: string;
  state: DisputeState;
  claim: ShownClaim;
  openedAt: string;
  answerDueAt: string | null;
  ruledAt: string | null;
  granted: boolean | null;
  /** What became of its own evidence, where it has any. */
  evidence: OwnEvidence[];
  thread: {
    entry: number;
    author: "you" | "vendor";
    text: string | null;
    file: ListedFile | null;
    at: string;
  }[];
}

const claimOf = (row: DisputeRow): KeptClaim => JSON.parse(row.claim) as KeptClaim;

/** A dispute's row in the vendor's lists. */
export const disputeSummary = (row: DisputeRow): DisputeSummary => ({
  id: row.id,
  partner: row.partner_id,
  state: row.state,
  claim: shownClaim(claimOf(row)),
  openedAt: isoTime(row.opened_at),
  answerDueAt: row.due_at === null ? null : isoTime(row.due_at),
  ruledAt: row.ruled_at === null ? null : isoTime(row.ruled_at),
  granted: row.granted === null ? null : row.granted === 1,
});

/** A dispute with all that the vendor needs, as a transaction sees it. */
export async function readDispute(
  tx: Tx,
  config: Pick<Config, "shops">,
  row: DisputeRow,
): Promise<DisputeRecord> {
  const order = row.order_key === null ? undefined : await findOrder(tx, row.order_key);
  const candidates = await candidatesOf(tx, config, claimOf(row));
  return {
    ...disputeSummary(row),
    order: order === undefined ? null : summaryOf(order),
    candidates: candidates.map(summaryOf),
    sides: await sidesOf(tx, row),
    thread: (await listEntries(tx, row.id)).map(entryOf),
  };
}

async function sidesOf(tx: Tx, { order_key }: DisputeRow): Promise<DisputeSide[]> {
  if (order_key === null) return [];
  const sides = await readSides(tx, order_key);
  const disputes = await listDisputesOfOrder(tx, order_key);
  const partners = new Set([
    ...(sides?.byPartner.keys() ?? []),
    ...disputes.map(({ partner_id }) => partner_id),
    ...(sides?.credited === null || sides === undefined ? [] : [sides.credited]),
  ]);
  return [...partners].sort().map((partner) => ({
    partner,
    credited: sides?.credited === partner,
    evidence: sides?.byPartner.get(partner) ?? [],
    disputes: disputes.filter(({ partner_id }) => partner_id === partner).map(({ id }) => id),
  }));
}

/**
 * A dispute as its partner sees it, as a transaction sees it. Nothing in it depends on another partner, nor on whether
 * the order is there: only evidence that names the partner itself is told.
 */
export async function readPartnerDispute(tx: Tx, row: DisputeRow): Promise<PartnerDispute> {
  const { partner: _, ...summary } = disputeSummary(row);
  const evidence = row.order_key === null ? [] : await readOwnEvidence(tx, row.order_key, row.partner_id);
  return { ...summary, evidence, thread: partnersThread(await listEntries(tx, row.id)) };
}

/** Without the vendor's notes and reminders, and numbered anew, so that nobody counts them. */
function partnersThread(entries: readonly ListedEntry[]): PartnerDispute["thread"] {
  return entries.filter(isForPartner).map((row, at) => ({
    entry: at + 1,
    author: row.author === "partner" ? "you" : "vendor",
    text: row.text,
    file: fileOf(row),
    at: isoTime(row.at),
  }));
}

/** Whether an entry is shown to the partner. */
export const isForPartner = ({ kind }: Pick<ListedEntry, "kind">): boolean =>
  kind !== "note" && kind !== "reminder";

const entryOf = (row: ListedEntry): DisputeEntry => ({
  entry: row.seq,
  author: row.author,
  kind: row.kind,
  text: row.text,
  file: fileOf(row),
  actor: row.actor,
  at: isoTime(row.at),
});

const fileOf = ({ file_name, file_type, file_bytes }: ListedEntry): ListedFile | null =>
  file_name === null || file_type === null || file_bytes === null
    ? null
    : { name: file_name, type: file_type, bytes: file_bytes };

/** @throws {Refusal} `dispute_unknown`, always: in the same words for one that is not there and for another's. */
export function refuseUnknownDispute(): never {
  throw new Refusal("dispute_unknown", "There is no such contested decision.");
}
