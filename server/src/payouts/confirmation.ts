import type { PayoutsConfig } from "../config/payouts-config.ts";
import { minorOf } from "../words/money.ts";
import { Refusal } from "../words/refusal.ts";
import type { BankControls, BankReport, BankStatus, BankTransaction } from "./pain002.ts";

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
  /** Payments of the batch of which another amount is told than was sent, of each or of all together. */
  amountsDiffer: string[];
  /** Payments that the same file says are paid and are not: a person has to look. */
  contradicted: string[];
}

/** What is told of nothing yet. */
export const nothingTold = (): Confirmation => ({
  told: [],
  unmatched: [],
  amountsDiffer: [],
  contradicted: [],
});

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
 * of the whole message. `PART` says that it differs, and nothing of any one. What is said of many at once counts only
 * where the bank repeats their number and sum as they were sent, or not at all.
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
  const rows = Map.groupBy(report.transactions, ({ endToEndId }) => endToEndId);
  const ofMany = statusesOfMany(report, batch.payments);
  const result = nothingTold();
  for (const payment of batch.payments) {
    const own = rows.get(payment.id) ?? [];
    rows.delete(payment.id);
    const said = own.map(({ status }) => status).filter(isOfEach);
    // Of several words about one payment, one that is final says more than one that is under way.
    const final = said.findLast((one) => finality(one, paidStatuses) !== "pending");
    const word = final ?? said.at(-1) ?? ofMany(payment);
    if (own.some((row) => !isSameAmount(row, payment)) || word === "differs")
      result.amountsDiffer.push(payment.id);
    else if (
      new Set(said.map((one) => finality(one, paidStatuses)).filter((one) => one !== "pending")).size > 1
    )
      result.contradicted.push(payment.id);
    else if (word !== undefined) result.told.push(toldOf(payment.id, word, paidStatuses));
  }
  result.unmatched.push(...rows.keys());
  return result;
}

const isOfEach = (status: BankStatus | undefined): status is BankStatus =>
  status !== undefined && status.code !== "PART";

/** What is said of a payment by what is said of many: `differs` where the bank had other ones before it. */
function statusesOfMany(
  { group, controls, payments }: BankReport,
  sent: readonly SentPayment[],
): (payment: SentPayment) => BankStatus | "differs" | undefined {
  const informations = Map.groupBy(payments, ({ id }) => id);
  const sentIn = Map.groupBy(sent, ({ paymentInformation }) => paymentInformation);
  const words = new Map<string, BankStatus | "differs" | undefined>();
  for (const [id, some] of sentIn) {
    const told = (informations.get(id) ?? []).filter(({ status }) => isOfEach(status));
    const status = told.at(-1)?.status;
    const differs = told.some((one) => !areThese(one.controls, some));
    words.set(id, differs ? "differs" : status);
  }
  const ofAll = isOfEach(group) ? (areThese(controls, sent) ? group : "differs") : undefined;
  return ({ paymentInformation }) => words.get(paymentInformation) ?? ofAll;
}

/** Whether the payments that a bank counted are those that were sent, as far as it says. */
function areThese({ payments, sum }: BankControls, sent: readonly SentPayment[]): boolean {
  const currency = sent[0]?.currency ?? "";
  const sentMinor = sent.reduce((all, { amountMinor }) => all + amountMinor, 0);
  return (
    (payments === undefined || Number(payments) === sent.length) &&
    (sum === undefined || toldMinor(sum, currency) === sentMinor)
  );
}

const isSameAmount = ({ amount, currency }: BankTransaction, payment: SentPayment): boolean =>
  amount === undefined ||
  ((currency ?? payment.currency) === payment.currency &&
    toldMinor(amount, payment.currency) === payment.amountMinor);

/** An amount as banks write it: zeros before it and behind it say nothing (ISO 20022 allows five decimals in any currency). */
const toldMinor = (text: string, currency: string): number | undefined =>
  minorOf(
    text
      .replace(/^\+?0+(?=\d)/, "")
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, ""),
    currency,
  );

const finality = ({ code }: BankStatus, paidStatuses: readonly string[]): ToldPayment["outcome"] =>
  paidStatuses.includes(code) ? "paid" : failed.has(code) ? "failed" : "pending";

function toldOf(id: string, status: BankStatus, paidStatuses: readonly string[]): ToldPayment {
  const outcome = finality(status, paidStatuses);
  const { code, why } = status;
  return { id, outcome, why: outcome === "failed" ? (why ?? code) : why, bankStatus: code };
}

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
  const result = nothingTold();
  const said = new Map<string, ToldPayment>();
  for (const row of rows.slice(1)) {
    const id = (row[idAt] ?? "").trim();
    if (id === "") continue;
    if (!known.has(id)) {
      result.unmatched.push(id.slice(0, 64));
      continue;
    }
    const status = (row[statusAt] ?? "").trim();
    const why = plain(reasonAt === undefined || reasonAt < 0 ? "" : (row[reasonAt] ?? ""));
    const told = toldInWords(id, status, why);
    const before = said.get(id);
    const isOther = before !== undefined && before.outcome !== told.outcome;
    if (isOther && before.outcome !== "pending" && told.outcome !== "pending") result.contradicted.push(id);
    // Of several lines about one payment, one that is final says more than one that is under way.
    if (before === undefined || told.outcome !== "pending") said.set(id, told);
  }
  const contradicted = new Set(result.contradicted);
  result.contradicted = [...contradicted];
  result.told = [...said.values()].filter(({ id }) => !contradicted.has(id));
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
