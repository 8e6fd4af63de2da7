import type { PayoutsConfig } from "../config/payouts-config.ts";
import { Refusal } from "../words/refusal.ts";
import type { BankReport, BankStatus } from "./pain002.ts";

/** What is told of one payment. */
export interface ToldPayment {
  /** The item's id. */
  id: string;
  outcome: "paid" | "failed" | "pending";
  why: string | null;
  /** In the words of whoever tells it. */
  bankStatus: string | null;
}

/** A confirmation as it is read: what it tells, and what of it fits no payment of the batch. */
export interface Confirmation {
  told: ToldPayment[];
  /** Ids that the batch does not have. */
  unmatched: string[];
  /** Payments of the batch of which another amount is told than was sent. */
  amountsDiffer: string[];
}

/** A payment of the batch, as a bank's answer is held against it. */
export interface SentPayment {
  id: string;
  amountMinor: number;
  currency: string;
  /** The payment information that it stands in. */
  paymentInformation: string;
}

/** Statuses in which nothing was or will be paid. */
const failed = new Set(["RJCT", "CANC", "BLCK"]);

/**
 * What a bank's answer says of each payment: what is said of the payment itself, else of its payment information, else
 * of the whole message. `PART` says that it differs, and nothing of any one.
 *
 * @throws {Refusal} `payout_file_invalid` when it answers another message
 */
export function confirmationOf(
  report: BankReport,
  batch: { reference: string; payments: readonly SentPayment[] },
  { paidStatuses }: Pick<PayoutsConfig, "paidStatuses">,
): Confirmation {
  if (report.originalMessage !== batch.reference)
    throw new Refusal(
      "payout_file_invalid",
      `The answer is about the message ${JSON.stringify(report.originalMessage.slice(0, 35))}, and this payout is ${batch.reference}.`,
    );
  const rows = new Map(
    report.payments.flatMap(({ transactions }) => transactions.map((row) => [row.endToEndId, row] as const)),
  );
  const groups = new Map(report.payments.map(({ id, status }) => [id, status] as const));
  const result: Confirmation = { told: [], unmatched: [], amountsDiffer: [] };
  for (const payment of batch.payments) {
    const row = rows.get(payment.id);
    rows.delete(payment.id);
    if (row?.amountMinor !== undefined && !isSameAmount(row, payment)) {
      result.amountsDiffer.push(payment.id);
      continue;
    }
    const said = [row?.status, groups.get(payment.paymentInformation), report.group].find(isOfEach);
    if (said !== undefined) result.told.push(toldOf(payment.id, said, paidStatuses));
  }
  result.unmatched.push(...rows.keys());
  return result;
}

const isOfEach = (status: BankStatus | undefined): boolean => status !== undefined && status.code !== "PART";

const isSameAmount = (
  row: { amountMinor: number | undefined; currency: string | undefined },
  payment: SentPayment,
): boolean => row.amountMinor === payment.amountMinor && row.currency === payment.currency;

const toldOf = (id: string, { code, why }: BankStatus, paidStatuses: readonly string[]): ToldPayment => ({
  id,
  outcome: paidStatuses.includes(code) ? "paid" : failed.has(code) ? "failed" : "pending",
  why: failed.has(code) ? (why ?? code) : why,
  bankStatus: code,
});

/** A confirmation is no longer than this, in bytes. */
const longestList = 32 * 1_048_576;
const mostRows = 100_000;

const idHeadings = ["id", "endtoendid", "reference", "referenceid", "paymentreference", "uniqueid"];
const statusHeadings = ["status", "transactionstatus", "state"];
const reasonHeadings = ["reason", "why", "error", "note", "details"];

const paidWords = new Set([
  "paid",
  "confirmed",
  "completed",
  "complete",
  "success",
  "sent",
  "settled",
  "acsc",
]);
const failedWords = new Set([
  "failed",
  "rejected",
  "returned",
  "denied",
  "refunded",
  "reversed",
  "cancelled",
  "canceled",
  "bounced",
  "rjct",
]);

/**
 * Reads a confirmation in CSV: a column with the payment's id or reference, one with its status, and one with a reason
 * where there is one. Words that mean neither paid nor failed say that it is under way.
 *
 * @throws {Refusal} `payout_file_invalid`
 */
export async function readConfirmationList(
  text: string,
  payments: readonly SentPayment[],
): Promise<Confirmation> {
  if (text.length > longestList) refuse("it is too long");
  const rows = await readRows(text);
  const [head = []] = rows;
  const names = head.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const column = (among: readonly string[]) => names.findIndex((name) => among.includes(name));
  const [idAt, statusAt, reasonAt] = [idHeadings, statusHeadings, reasonHeadings].map(column);
  if (idAt === undefined || idAt < 0 || statusAt === undefined || statusAt < 0)
    return refuse("its first line names no columns `id` and `status`");
  const known = new Set(payments.map(({ id }) => id));
  const result: Confirmation = { told: [], unmatched: [], amountsDiffer: [] };
  for (const row of rows.slice(1)) {
    const id = (row[idAt] ?? "").trim();
    if (id === "") continue;
    if (!known.has(id)) {
      result.unmatched.push(id.slice(0, 64));
      continue;
    }
    const status = (row[statusAt] ?? "").trim();
    const why = plain(reasonAt === undefined || reasonAt < 0 ? "" : (row[reasonAt] ?? ""));
    result.told.push(toldInWords(id, status, why));
  }
  return result;
}

function toldInWords(id: string, status: string, why: string): ToldPayment {
  const word = status.toLowerCase();
  const isFailed = failedWords.has(word);
  return {
    id,
    outcome: paidWords.has(word) ? "paid" : isFailed ? "failed" : "pending",
    why: why === "" ? (isFailed ? plain(status) : null) : why,
    bankStatus: plain(status).slice(0, 40) || null,
  };
}

async function readRows(text: string): Promise<string[][]> {
  const { parse } = await import("csv-parse/sync");
  const firstLine = text.slice(0, 4_096).split(/\r?\n/, 1)[0] ?? "";
  const delimiter = [",", ";", "\t"].toSorted(
    (a, b) => firstLine.split(b).length - firstLine.split(a).length,
  )[0];
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiter ?? ",",
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 65_536,
      to: mostRows,
    }) as string[][];
  } catch (error) {
    return refuse((error as { code?: string }).code ?? "it is no CSV");
  }
}

const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 300);

function refuse(why: string): never {
  throw new Refusal("payout_file_invalid", `The file cannot be read as a list of confirmations: ${why}.`);
}
