import { createHmac } from "node:crypto";
import type { Hashes } from "../secrets/hashes.ts";
import { type AnyRow, type RowWalk, rowsReaderOf, rowWalkOf } from "./rows/receipts.ts";

/** A table whose rows people or jobs have the receiver write, each with a receipt. */
export interface ReceiptedTable extends RowWalk {
  /** What a person calls a row. */
  noun: string;
  /** The columns by which a sentence names a row. */
  named: readonly string[];
  /** A row that is changed later is found by this column, and has a receipt for each of its states. */
  changedBy?: string;
  /** A keyed hash that another of the same text may take the place of: a row that had a receipt then has one again. */
  movedBy?: string;
  /** The mark that its rows have receipts. */
  mark: string;
  /** A second row that says the very same would count: it is written once. */
  once?: boolean;
}

const table = (
  name: string,
  noun: string,
  columns: string,
  more: Partial<ReceiptedTable> & Pick<ReceiptedTable, "key" | "at" | "named">,
): ReceiptedTable => ({
  table: name,
  noun,
  columns: columns.split(" "),
  which: "1 = 1",
  mark: adoptedMark,
  ...more,
});

/** The mark of a database whose rows have receipts: from here on a row without one is not the receiver's. */
export const adoptedMark = "adopted";
/** The same of evidence, and of who may act. */
const evidenceMark = "adopted evidence";

/** The same of where partners' money is sent. What is in them is sealed for their row by itself. */
const detailsMark = "adopted details";

/** The same of which numbers stand in which batch of serials. */
const serialsMark = "adopted serials";

/** The same of what partners offer for renewals. */
const offersMark = "adopted offers";

const evidence: typeof table = (name, noun, columns, more) =>
  table(name, noun, columns, { ...more, mark: evidenceMark });

/**
 * What money rests upon and no shop tells: who stands where, what was agreed, what is paid and to whom, what was ruled,
 * booked, closed and approved, and what the audit says of it. Only columns that never change unless `changedBy` finds the
 * row; a column that erasing a person clears is not among them.
 */
export const receiptedTables: readonly ReceiptedTable[] = [
  table(
    "adjustments",
    "adjustment",
    "adjustment_id partner_id kind amount_minor currency reference note allowance budget claim reverses status entered_by entered_at decided_by decided_at",
    { key: ["adjustment_no"], at: "entered_at", named: ["adjustment_id"], changedBy: "adjustment_id" },
  ),
  table(
    "money_requests",
    "request for a second person",
    "request_id kind subject document moves status entered_by entered_at decided_by decided_at",
    { key: ["request_no"], at: "entered_at", named: ["request_id"], changedBy: "request_id" },
  ),
  table(
    "corrections",
    "correction",
    "shop correction_id reference reverses movements entered_by approved_by booked_at",
    { key: ["correction_no"], at: "booked_at", named: ["correction_id"] },
  ),
  table("rulings", "ruling", "order_key seq partner_id note ruled_at", {
    key: ["order_key", "seq"],
    at: "ruled_at",
    named: ["order_key", "seq"],
  }),
  table("plans", "plan", "plan_id version document added_at", {
    key: ["plan_id", "version"],
    at: "added_at",
    named: ["plan_id", "version"],
  }),
  table("plan_assignments", "assignment of plan", "plan_id version target target_id since recorded_at", {
    key: ["assignment_no"],
    at: "recorded_at",
    named: ["plan_id", "version", "target", "target_id"],
    once: true,
  }),
  table("partners", "partner", "id added_percent_bp created_at", {
    key: ["id"],
    at: "created_at",
    named: ["id"],
  }),
  table("partner_history", "change of partner", "partner_id change changed recorded_at", {
    key: ["change_no"],
    at: "recorded_at",
    named: ["partner_id"],
  }),
  table("partner_positions", "position of partner", "partner_id parent_id since recorded_at", {
    key: ["position_no"],
    at: "recorded_at",
    named: ["partner_id"],
    once: true,
  }),
  table(
    "partner_agreements",
    "agreement with partner",
    "partner_id version since sharing notices rights_before_days rights_after_days territories self_billing silence_days currency language note file_hash recorded_at",
    { key: ["partner_id", "version"], at: "recorded_at", named: ["partner_id", "version"] },
  ),
  table("coupons", "coupon of partner", "code partner_id products valid_from valid_until created_at", {
    key: ["code", "created_at"],
    at: "created_at",
    named: ["partner_id"],
  }),
  table(
    "serial_assignments",
    "assignment of serials to partner",
    "batch_no first_open last_open partner_id effective_from note recorded_at",
    { key: ["assignment_no"], at: "recorded_at", named: ["partner_id"], once: true },
  ),
  table("serial_batches", "batch of serials", "batch product kind created_at", {
    key: ["batch_no"],
    at: "created_at",
    named: ["batch"],
    mark: serialsMark,
  }),
  table("serial_ranges", "range of serials in batch", "product first_open last_open batch_no", {
    key: ["product", "first_open"],
    at: "added_at",
    named: ["batch_no", "first_open"],
    mark: serialsMark,
  }),
  table("deal_steps", "step of deal", "deal_id step note protected_until at", {
    key: ["step_no"],
    at: "at",
    named: ["deal_id", "step"],
  }),
  table(
    "rewards",
    "reward",
    "reward_id order_key partner_id offer_id kind product plan_id plan_version period currency credit_minor points partner_minor vendor_minor occurred_at written_at",
    { key: ["reward_id"], at: "written_at", named: ["reward_id"] },
  ),
  table("reward_steps", "step of reward", "reward_id seq step points partner_minor vendor_minor note at", {
    key: ["step_no"],
    at: "at",
    named: ["reward_id", "step"],
  }),
  table(
    "reward_offers",
    "offer of partner",
    "offer_id partner_id kind title product points points_per_unit currency amount_minor from_at until_at created_at state offered_at ended_at ended_note",
    {
      key: ["offer_id"],
      at: "created_at",
      named: ["partner_id", "offer_id"],
      changedBy: "offer_id",
      mark: offersMark,
    },
  ),
  table(
    "period_terms",
    "term of period",
    "closed_in partner_id term currency period plan_id version counted amount_minor change_minor why closed_at",
    {
      key: ["closed_in", "partner_id", "term", "currency", "period"],
      at: "closed_at",
      named: ["closed_in", "term", "partner_id"],
    },
  ),
  table(
    "statements",
    "statement",
    "number series year serial kind partner_id currency period period_until chain_seq closed_at due_at closing_held_minor closing_payable_minor closing_paid_minor line_count scan_from accept_by document hash",
    { key: ["statement_no"], at: "closed_at", named: ["number"] },
  ),
  table("payout_batches", "payout", "id currency channel proposed_by proposed_at approved_by approved_at", {
    key: ["id"],
    at: "proposed_at",
    named: ["id"],
    changedBy: "id",
    which: "approved_by is not null",
  }),
  table(
    "payout_items",
    "payment",
    "id batch_id partner_id currency amount_minor details_version state settled_at settled_by returned_at",
    {
      key: ["id"],
      at: "settled_at",
      named: ["id"],
      changedBy: "id",
      // One that the journal does not know is named by the check of payouts.
      which: `(state = 'confirmed' or state = 'returned')
        and exists (select 1 from transfers where source = 'payout' and source_id = payout_items.id)`,
    },
  ),
  table(
    "import_rows",
    "imported row",
    "programme kind source_id partner_id status amount_minor currency account earned_at due_at version imported_at",
    {
      key: ["programme", "kind", "source_id"],
      at: "imported_at",
      named: ["programme", "source_id"],
      which: "account is not null",
    },
  ),
  evidence("closed_periods", "closed period", "period closed_at", {
    key: ["period"],
    at: "closed_at",
    named: ["period"],
  }),
  evidence(
    "registrations",
    "registration for",
    "product licence_hash partner_id jti token_issued_at bound_at",
    {
      key: ["licence_hash", "product"],
      at: "bound_at",
      named: ["partner_id"],
      movedBy: "licence_hash",
    },
  ),
  evidence("registered_emails", "address registered by", "email_hash product partner_id registered_at", {
    key: ["email_hash", "product"],
    at: "registered_at",
    named: ["partner_id"],
    movedBy: "email_hash",
  }),
  evidence("voucher_batches", "batch of vouchers", "id partner_id product issued_at", {
    key: ["id"],
    at: "issued_at",
    named: ["id"],
  }),
  evidence("customer_mandates", "mandate", "mandate_id partner_id product licence_hash given_at", {
    key: ["mandate_id"],
    at: "given_at",
    named: ["mandate_id"],
    movedBy: "licence_hash",
  }),
  evidence("people", "person", "id partner_id role added_at added_by", {
    key: ["id"],
    at: "added_at",
    named: ["id"],
  }),
  evidence("partner_keys", "key of partner", "id secret_hash partner_id created_at", {
    key: ["id"],
    at: "created_at",
    named: ["partner_id", "id"],
  }),
  table(
    "partner_details",
    "details of partner",
    "partner_id version since accounts_changed recorded_by recorded_at",
    {
      key: ["partner_id", "version"],
      at: "recorded_at",
      named: ["partner_id", "version"],
      mark: detailsMark,
    },
  ),
  table("audit_entries", "audit entry", "at actor action subject", {
    key: ["entry_no"],
    at: "at",
    named: ["entry_no"],
  }),
];

/** What receipts are made with. */
export type ReceiptKey = Pick<Hashes, "receiptKey">;

/** The receipt of a row, 128 bits: whoever changes a column of it, or lacks the pepper, gets another. */
export function receiptOf({ receiptKey }: ReceiptKey, { table, columns }: RowWalk, row: AnyRow): string {
  const values = columns.map((name) => {
    const value = row[name] ?? null;
    return typeof value === "string" ? value.toWellFormed() : value;
  });
  const digest = createHmac("sha256", receiptKey)
    .update(JSON.stringify([table, ...values]))
    .digest();
  return digest.subarray(0, 16).toString("base64url");
}

/** How a table is walked, and how a row that was changed is read anew. */
export const readersOf = (one: ReceiptedTable) => ({
  walk: rowWalkOf(one),
  ...(one.changedBy === undefined
    ? {}
    : { changed: rowsReaderOf(one.table, one.columns, one.changedBy), changedBy: one.changedBy }),
  ...(one.movedBy === undefined
    ? {}
    : { moved: rowsReaderOf(one.table, one.columns, one.movedBy), movedBy: one.movedBy }),
});
