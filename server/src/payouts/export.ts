import { createHash } from "node:crypto";
import { electronicFormatIBAN, isSEPACountry, isValidIBAN } from "ibantools";
import { readDetailsVersion } from "../partner-details/details.ts";
import type { PayoutAccount } from "../partner-details/details-document.ts";
import { accountFor } from "../partner-details/details-document.ts";
import type { Tx } from "../store/store.ts";
import { isCalendarDay } from "../words/calendar-day.ts";
import { addDays, type Instant } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { refuseState, requireBatch, settleIfDone } from "./change-batch.ts";
import { pain001 } from "./pain001.ts";
import { formatNamed, type Payment, paymentList } from "./payment-list.ts";
import { type PayoutRecord, readPayout } from "./payout.ts";
import type { PayoutDeps } from "./payout-block.ts";
import { actorNow, dayOf } from "./propose.ts";
import { type TakenOut, takeOutUnfit } from "./recheck.ts";
import { findBatch, markExported, markFile } from "./rows/batches.ts";
import { markSent, readItems } from "./rows/items.ts";
import type { PayoutBatchRow } from "./rows/schema.ts";

/** How a batch leaves. */
export interface ExportTerms {
  format: "pain.001" | "csv";
  /** Which payment list; that of the batch's channel by default. */
  columns?: string | undefined;
  /** The day on which the bank is to pay, YYYY-MM-DD; today by default. Of a batch that was exported before it stays. */
  executeOn?: string | undefined;
}

/** A payment file. */
export interface PayoutFile {
  payout: PayoutRecord;
  takenOut: TakenOut[];
  /** What it is called when it is saved. */
  name: string;
  mediaType: string;
  content: string;
}

/**
 * The payment file of an approved batch. The first time, what may not be sent any more is taken out and the batch is
 * marked; from then on the same file is made, to the byte, in the same form: sent twice, the bank knows it by its id.
 * Where the configuration has changed since, so that it would be another file, none is made.
 *
 * @throws {Refusal} `payout_unknown`; `payout_state`, also when every payment was taken out, or the file would be another;
 * `payer_missing`, `request_invalid` for an unknown list or a day on which no bank pays
 */
export async function exportPayout(deps: PayoutDeps, id: string, terms: ExportTerms): Promise<PayoutFile> {
  const { takenOut } = await deps.store.write((tx) => markOnce(tx, deps, id, terms));
  const { batch, payments, payout } = await deps.store.read(async (tx) => {
    const row = await findBatch(tx, id);
    if (row === undefined) throw new Error("a batch is never removed");
    return { batch: row, payments: await readPayments(tx, deps, id), payout: await readPayout(tx, id) };
  });
  // No bank takes a file without a payment.
  if (payments.length === 0) refuseState(batch, "has no payment left: each was taken out, with its reason");
  const file = await fileOf(deps, batch, batch.format ?? "", payments);
  const file_hash = createHash("sha256").update(file.content).digest("hex");
  if (batch.file_hash !== file_hash) await deps.store.write((tx) => keepHash(tx, { id, file_hash }));
  return { payout, takenOut, ...file };
}

/** Nobody has the file before this is kept; of two that are made at once, the first is the batch's for good. */
async function keepHash(tx: Tx, file: { id: string; file_hash: string }): Promise<void> {
  const batch = await requireBatch(tx, file.id);
  if (batch.file_hash === null) await markFile(tx, file);
  else if (batch.file_hash !== file.file_hash)
    refuseState(
      batch,
      "left as another file: the payer, the remittance or the list in the configuration was changed since",
    );
}

async function markOnce(tx: Tx, deps: PayoutDeps, id: string, terms: ExportTerms) {
  const batch = await requireBatch(tx, id);
  const format = formatOf(batch, terms);
  if (terms.format === "pain.001") refuseWithoutPayer(deps, batch);
  else if (formatNamed(format.slice("csv ".length), deps.config.payouts) === undefined)
    throw new Refusal("request_invalid", `There is no payment list ${format.slice("csv ".length)}.`);
  if (batch.state === "proposed") return refuseState(batch, "waits for another person's approval");
  if (batch.state === "cancelled") return refuseState(batch, "was cancelled");
  if (batch.state !== "approved") {
    if (batch.format !== null && batch.format !== format)
      return refuseState(batch, `left as ${batch.format} and is not sent in a second form`);
    return { takenOut: [] };
  }
  const at = deps.clock();
  if (terms.executeOn !== undefined) refuseUnfitDay(terms.executeOn, at);
  const takenOut = await takeOutUnfit(tx, deps, id, at);
  await markExported(tx, { id, by: actorNow(), at, format, execute_on: terms.executeOn ?? dayOf(at) });
  await markSent(tx, id);
  await settleIfDone(tx, id, at);
  return { takenOut };
}

/** A day that has passed everywhere, or one that is more than a year ahead, is a slip: the bank would refuse the file. */
function refuseUnfitDay(day: string, now: Instant): void {
  if (!isCalendarDay(day) || day < dayOf(addDays(now, -1)) || day > dayOf(addDays(now, 366)))
    throw new Refusal("request_invalid", `No bank pays on ${day}: name a day from today on, within a year.`, {
      field: "executeOn",
    });
}

const formatOf = ({ channel }: PayoutBatchRow, { format, columns }: ExportTerms): string =>
  format === "pain.001" ? format : `csv ${columns ?? channel}`;

function refuseWithoutPayer({ config }: Pick<PayoutDeps, "config">, batch: PayoutBatchRow): void {
  if (batch.channel !== "bank") refuseState(batch, `is paid through ${batch.channel}: export it as csv`);
  const { payer } = config.payouts;
  if (payer === undefined || !isValidIBAN(electronicFormatIBAN(payer.iban) ?? ""))
    throw new Refusal(
      "payer_missing",
      "Set `payouts.payer` in the configuration: the account that pays, by an IBAN whose check digits are right.",
    );
}

/** What was sent, with where it went: by the details of that time, so that the file never changes. */
export async function readPayments(
  tx: Tx,
  { hashes }: Pick<PayoutDeps, "hashes">,
  batchId: string,
): Promise<Payment[]> {
  const payments: Payment[] = [];
  for (const item of await readItems(tx, batchId)) {
    if (item.sent === 0) continue;
    const of = { partner: item.partner_id, version: item.details_version };
    const details = await readDetailsVersion(tx, hashes, of);
    const account = details === undefined ? undefined : accountFor(details, item.currency);
    if (details === undefined || account === undefined)
      throw new Error("what was sent has the details by which it was sent");
    payments.push({ item, details, account });
  }
  return payments;
}

/** Whether an account lies in the single euro payments area. */
export const isSepaAccount = (account: PayoutAccount): boolean =>
  account.kind === "iban" && isSEPACountry(account.iban.slice(0, 2));

async function fileOf(
  { config }: Pick<PayoutDeps, "config">,
  batch: PayoutBatchRow,
  format: string,
  payments: readonly Payment[],
): Promise<Pick<PayoutFile, "name" | "mediaType" | "content">> {
  const { payer, remittance } = config.payouts;
  if (format === "pain.001") {
    if (payer === undefined)
      throw new Refusal("payer_missing", "The configuration names no account that pays.");
    const content = await pain001({ batch, payer, remittance, isSepa: isSepaAccount }, payments);
    return { name: `${batch.id}.xml`, mediaType: "application/xml; charset=utf-8", content };
  }
  const list = formatNamed(format.slice("csv ".length), config.payouts);
  if (list === undefined)
    throw new Refusal("payout_state", `The payment list ${format} is not in the configuration any more.`);
  const content = paymentList(batch, payments, { format: list, remittance });
  return { name: `${batch.id}.csv`, mediaType: "text/csv; charset=utf-8", content };
}
