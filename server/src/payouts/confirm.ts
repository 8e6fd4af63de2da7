import { bookForPartner } from "../books/book-partner.ts";
import { noteNotice } from "../notices/notices.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { refuseState, settleIfDone } from "./change-batch.ts";
import {
  type Confirmation,
  confirmationOf,
  nothingTold,
  readConfirmationList,
  type SentPayment,
  type ToldPayment,
} from "./confirmation.ts";
import { isSepaAccount, readPayments } from "./export.ts";
import { bankReference, paymentInformationId } from "./pain001.ts";
import { readPain002 } from "./pain002.ts";
import { type PayoutRecord, readPayout, refuseUnknownPayout } from "./payout.ts";
import type { PayoutDeps } from "./payout-block.ts";
import { actorNow } from "./propose.ts";
import { findBatch, lockBatch } from "./rows/batches.ts";
import { changeItem, lockItem } from "./rows/items.ts";
import type { PayoutItemRow } from "./rows/schema.ts";

/** What a person or a file tells of a batch. */
export type ToldOfBatch =
  /** A bank's pain.002, or a list in CSV. */
  | { file: string }
  /** All that is open was paid. */
  | { all: true }
  /** One row was paid, or failed with a reason; one that was paid already came back. */
  | { row: number; failed?: string | undefined };

/** What came of a confirmation. */
export interface ConfirmedPayout {
  payout: PayoutRecord;
  /** How many rows were confirmed, failed, returned or noted as under way by it. */
  changed: { confirmed: number; failed: number; returned: number; pending: number };
  /** How many rows said nothing new. */
  unchanged: number;
  /** Ids that the batch does not have. */
  unmatched: string[];
  /** Rows of which another amount is told than was sent, of each or of all together: nothing was changed. */
  amountsDiffer: string[];
  /**
   * Rows that failed before and are said to be paid, or that one file says both of: a person has to look, as their amount
   * may be on its way twice.
   */
  contradicted: string[];
}

const rowsPerWrite = 100;

/**
 * Takes what became of a batch's payments. Confirmed ones are booked as paid; failed ones are payable again with the
 * reason; one that was paid and comes back is booked back. Told again, nothing changes; broken off, it goes on where it
 * was.
 *
 * @throws {Refusal} `payout_unknown`, `payout_state`, `payout_file_invalid`, `request_invalid`
 */
export async function confirmPayout(
  deps: Pick<PayoutDeps, "store" | "clock" | "config" | "hashes">,
  id: string,
  told: ToldOfBatch,
): Promise<ConfirmedPayout> {
  const { reference, payments, open } = await readSent(deps, id);
  const confirmation = await readTold(deps, told, { reference, payments, open });
  const result: Omit<ConfirmedPayout, "payout"> = {
    changed: { confirmed: 0, failed: 0, returned: 0, pending: 0 },
    unchanged: 0,
    unmatched: confirmation.unmatched,
    amountsDiffer: confirmation.amountsDiffer,
    contradicted: confirmation.contradicted,
  };
  // Always in the order of the ids, so that two confirmations never wait for each other crosswise.
  const rows = confirmation.told.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (let at = 0; at < rows.length; at += rowsPerWrite) {
    const changes = await deps.store.write((tx) =>
      applyAll(tx, rows.slice(at, at + rowsPerWrite), deps.clock()),
    );
    for (const [item, change] of changes) {
      if (change === "unchanged") result.unchanged += 1;
      else if (change === "contradicted") result.contradicted.push(item);
      else result.changed[change] += 1;
    }
  }
  const payout = await deps.store.write(async (tx) => {
    await lockBatch(tx, id);
    await settleIfDone(tx, id, deps.clock());
    return readPayout(tx, id);
  });
  return { payout, ...result };
}

interface Sent {
  reference: string;
  payments: (SentPayment & { row: number })[];
  /** Ids of what is open. */
  open: ReadonlySet<string>;
}

async function readSent({ store, hashes }: Pick<PayoutDeps, "store" | "hashes">, id: string): Promise<Sent> {
  return store.read(async (tx) => {
    const batch = await findBatch(tx, id);
    if (batch === undefined) return refuseUnknownPayout(id);
    if (batch.exported_at === null) return refuseState(batch, "was not exported yet");
    const sent = await readPayments(tx, { hashes }, id);
    return {
      reference: bankReference(id),
      payments: sent.map((payment) => ({
        id: payment.item.id,
        row: payment.item.row_no,
        amountMinor: payment.item.amount_minor,
        currency: payment.item.currency,
        paymentInformation: paymentInformationId({ batch, isSepa: isSepaAccount }, payment),
      })),
      open: new Set(sent.filter(({ item }) => item.state === "open").map(({ item }) => item.id)),
    };
  });
}

async function readTold(
  { config }: Pick<PayoutDeps, "config">,
  told: ToldOfBatch,
  { reference, payments, open }: Sent,
): Promise<Confirmation> {
  const byHand = (id: string): ToldPayment => ({ id, outcome: "paid", why: null, bankStatus: null });
  if ("all" in told) return { ...nothingTold(), told: [...open].map(byHand) };
  if ("file" in told) {
    if (/^\uFEFF?\s*</.test(told.file))
      return confirmationOf(await readPain002(told.file), { reference, payments }, config.payouts);
    return readConfirmationList(told.file, payments);
  }
  const payment = payments.find(({ row }) => row === told.row);
  if (payment === undefined)
    throw new Refusal("request_invalid", `Row ${told.row} is not in the payment file.`, { field: "row" });
  if (told.failed === undefined) return { ...nothingTold(), told: [byHand(payment.id)] };
  const why = told.failed.trim();
  if (why === "" || why.length > 300 || !why.isWellFormed() || /\p{Cc}/u.test(why))
    throw new Refusal("request_invalid", "Say why it failed: 1 to 300 characters on one line.", {
      field: "failed",
    });
  const failed: ToldPayment = { id: payment.id, outcome: "failed", why, bankStatus: null };
  return { ...nothingTold(), told: [failed] };
}

type Change = "confirmed" | "failed" | "returned" | "pending" | "unchanged" | "contradicted";

async function applyAll(
  tx: Tx,
  rows: readonly ToldPayment[],
  now: Instant,
): Promise<[id: string, change: Change][]> {
  const changes: [string, Change][] = [];
  for (const told of rows) {
    const item = await lockItem(tx, told.id);
    if (item === undefined) throw new Error("an item is never removed");
    changes.push([told.id, await apply(tx, item, told, now)]);
  }
  return changes;
}

/** What is told of an item in a state. The item is locked. */
async function apply(tx: Tx, item: PayoutItemRow, told: ToldPayment, now: Instant): Promise<Change> {
  const bank_status = told.bankStatus ?? item.bank_status;
  const settled = { settled_at: now, settled_by: actorNow() };
  switch (`${item.state} ${told.outcome}` as const) {
    case "open paid":
      await changeItem(tx, { ...item, state: "confirmed", why: null, bank_status, ...settled });
      await book(tx, item, "payout", now);
      await noteNotice(tx, { kind: "payout.sent", ...aboutOf(item) }, { once: item.id, now });
      return "confirmed";
    case "open failed":
      await changeItem(tx, { ...item, state: "failed", why: told.why, bank_status, ...settled });
      await noteRejected(tx, item, told, now);
      return "failed";
    case "open pending":
      if (item.bank_status === bank_status) return "unchanged";
      await changeItem(tx, { ...item, why: told.why, bank_status });
      return "pending";
    case "confirmed failed":
      await changeItem(tx, { ...item, state: "returned", why: told.why, bank_status, returned_at: now });
      await book(tx, item, "payout_return", now);
      await noteRejected(tx, item, told, now);
      return "returned";
    case "failed paid":
    case "cancelled paid":
      return "contradicted";
    default:
      return "unchanged";
  }
}

const aboutOf = ({ id, partner_id: partner, amount_minor: amountMinor, currency }: PayoutItemRow) => ({
  partner,
  facts: { payout: id, amountMinor, currency },
});

/** The partner's people are told why, so that they can put their details right. */
async function noteRejected(tx: Tx, item: PayoutItemRow, { why }: ToldPayment, now: Instant): Promise<void> {
  const { partner, facts } = aboutOf(item);
  const rejected = { kind: "payout.rejected", partner, facts: { ...facts, why: why ?? "" } } as const;
  await noteNotice(tx, rejected, { once: item.id, now });
}

const book = (tx: Tx, item: PayoutItemRow, kind: "payout" | "payout_return", now: Instant) =>
  bookForPartner(
    tx,
    [
      {
        partner: item.partner_id,
        kind,
        debit: kind === "payout" ? "payable" : "paid",
        credit: kind === "payout" ? "paid" : "payable",
        amountMinor: item.amount_minor,
        currency: item.currency,
        source: "payout",
        sourceId: item.id,
        cause: kind === "payout" ? "confirmed" : "returned",
      },
    ],
    now,
  );
