import type { Agreement } from "../agreements/agreement.ts";
import { bookForPartner } from "../books/book-partner.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import type { Period } from "../words/period.ts";
import { findLeftMovement, findMovementOf, insertStatementLine, listOpenMovements } from "./rows/lines.ts";
import {
  type Account,
  findNewestStatement,
  findScanStart,
  findStatementOfPeriod,
  insertStatement,
  type NewStatementRow,
  takeNextSerial,
} from "./rows/statements.ts";
import {
  type BillingFacts,
  billedNet,
  billFor,
  kindOf,
  type OpenReason,
  readBillingFacts,
} from "./self-billing.ts";
import type { SelfBilling, StatementDocument, StatementKind } from "./statement.ts";
import { statementSource } from "./statement-check.ts";
import { type Draft, documentOf, hashOfText, sumByKind } from "./statement-document.ts";
import { LineWriter } from "./statement-lines.ts";

/** What is closed: an account for a period. */
export interface Closing {
  account: Account;
  period: Period;
  /** Only says what would be closed. */
  dryRun: boolean;
}

/** What became of an account: closed, or left as it is and why. */
export type Closed =
  | { closed: Omit<StatementDocument, "number"> & { number: string | null } }
  | { left: "closed_before" | "later_period_closed" | "nothing_moved" | OpenReason };

const pageSize = 2000;

/** Closes one account for a period, in the caller's transaction: all of it or nothing. */
export async function closeAccount(tx: Tx, deps: Deps, closing: Closing): Promise<Closed> {
  const { account, period } = closing;
  if (!closing.dryRun) await lockName(tx, `statement ${account.partner_id} ${account.currency}`);
  const previous = await findNewestStatement(tx, account);
  if ((await findStatementOfPeriod(tx, { ...account, period: period.name })) !== undefined)
    return { left: "closed_before" };
  if (previous !== undefined && previous.period_until > period.until) return { left: "later_period_closed" };
  const agreement = await readAgreement(tx, account.partner_id, deps.clock());
  const writer = new LineWriter(tx, account, agreement.sharing);
  const scanned = await readMovements(tx, deps, closing, writer);
  if (writer.lines.length === 0) return { left: "nothing_moved" };
  const facts = agreement.selfBilling
    ? await readBillingFacts(tx, deps, { partner: account.partner_id, period })
    : null;
  if (typeof facts === "string") return { left: facts };
  return { closed: await write(tx, deps, { closing, previous, agreement, facts, writer, scanned }) };
}

/** How long a transaction may have been under way whose movements have lower numbers than what was closed. */
const longestTransactionDays = 1;

/** Reads what is in no statement yet; returns from which movement on it looked. */
async function readMovements(
  tx: Tx,
  deps: Deps,
  { account, period }: Closing,
  writer: LineWriter,
): Promise<number> {
  // On SQLite movements are numbered in the order of their commits.
  const margin = tx.engine === "sqlite" ? 0 : longestTransactionDays;
  const scanned = await findScanStart(tx, { ...account, closed_before: addDays(deps.clock(), -margin) });
  for (let from = scanned; ; ) {
    const page = await listOpenMovements(tx, { ...account, from, until: period.until, limit: pageSize });
    for (const row of page) await writer.add(row);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return scanned;
    from = last.id + 1;
  }
}

interface Found {
  closing: Closing;
  previous: NewStatementRow | undefined;
  agreement: Agreement;
  facts: BillingFacts | null;
  writer: LineWriter;
  /** From which movement on was looked. */
  scanned: number;
}

async function write(tx: Tx, deps: Deps, found: Found) {
  const { closing, writer, facts, agreement, previous } = found;
  const { account, period } = closing;
  const closedAt = deps.clock();
  const netMinor = billedNet(sumByKind(writer.lines));
  const bill = facts === null ? null : billFor(deps.config, facts, { netMinor, period, closedAt, agreement });
  const kind = kindOf(bill);
  const selfBilling = kind === "statement" ? null : bill;
  const partnerName = (await findPartner(tx, account.partner_id))?.name ?? account.partner_id;
  const language = agreement.language ?? facts?.seller.language ?? null;
  const { lines } = writer;
  const draft = {
    account,
    partnerName,
    period,
    kind,
    previous,
    agreement,
    language,
    selfBilling,
    lines,
    closedAt,
  };
  if (closing.dryRun) return { ...documentOf(deps.config, draft, ""), number: null };
  const { number, ...place } = await numberFor(tx, deps, kind, closedAt);
  if (selfBilling !== null && selfBilling.taxMinor !== 0)
    await bookTax(tx, { account, writer, selfBilling, number, closedAt });
  const document = documentOf(deps.config, draft, number);
  for (const line of lines) {
    const row = { number, line: line.line, transfer_id: line.transfer, data: JSON.stringify(line) };
    await insertStatementLine(tx, row);
  }
  const scan_from = await scanFrom(tx, found);
  await insertStatement(tx, { ...place, number, ...rowFacts(document, draft), scan_from });
  await noteReady(tx, document, account, closedAt);
  return document;
}

/** The partner's people are told with what the account closes. */
const noteReady = (
  tx: Tx,
  { number, period, closing }: StatementDocument,
  { partner_id, currency }: Account,
  now: Instant,
) =>
  noteNotice(
    tx,
    {
      kind: "statement.ready",
      partner: partner_id,
      facts: { number, period: period.name, amountMinor: closing.payableMinor, currency },
    },
    { once: number, now },
  );

const seriesNames: Record<StatementKind, "statement" | "invoice" | "creditNote"> = {
  statement: "statement",
  invoice: "invoice",
  credit_note: "creditNote",
};

async function numberFor(tx: Tx, { config }: Pick<Deps, "config">, kind: StatementKind, closedAt: Instant) {
  const series = config.statements.series[seriesNames[kind]];
  const year = new Date(closedAt).getUTCFullYear();
  const serial = await takeNextSerial(tx, { series, year });
  return { number: `${series}-${year}-${String(serial).padStart(5, "0")}`, series, year, serial };
}

/** The tax that is owed on top of an invoice is a movement too, of this invoice itself. */
async function bookTax(
  tx: Tx,
  about: {
    account: Account;
    writer: LineWriter;
    selfBilling: SelfBilling;
    number: string;
    closedAt: Instant;
  },
): Promise<void> {
  const { account, writer, selfBilling, number, closedAt } = about;
  const { partner_id: partner, currency } = account;
  const source = { source: statementSource, sourceId: number };
  const movement = {
    kind: "adjustment",
    ...(selfBilling.taxMinor > 0
      ? ({ debit: "expense", credit: "payable" } as const)
      : ({ debit: "payable", credit: "expense" } as const)),
    cause: "tax",
  } as const;
  const amountMinor = Math.abs(selfBilling.taxMinor);
  await bookForPartner(tx, [{ ...movement, ...source, partner, currency, amountMinor }], closedAt);
  const id = await findMovementOf(tx, { source: source.source, source_id: number });
  await writer.add({
    ...movement,
    id,
    amount_minor: amountMinor,
    booked_at: closedAt,
    source: source.source,
    source_id: number,
    ...withoutOrder,
  });
}

const withoutOrder = {
  order_key: null,
  shop: null,
  order_id: null,
  product: null,
  cycle: null,
  net_minor: null,
  occurred_at: null,
  reason: null,
  evidence_kind: null,
  winner: null,
  credits: null,
  plan: null,
} as const;

function rowFacts(document: StatementDocument, { account, period, previous, closedAt }: Draft) {
  const text = JSON.stringify(document);
  const momentOf = (text: string | null | undefined) => (text == null ? null : instant(Date.parse(text)));
  return {
    kind: document.kind,
    ...account,
    period: period.name,
    period_until: period.until,
    chain_seq: (previous?.chain_seq ?? 0) + 1,
    closed_at: closedAt,
    due_at: momentOf(document.dueAt),
    closing_held_minor: document.closing.heldMinor,
    closing_payable_minor: document.closing.payableMinor,
    closing_paid_minor: document.closing.paidMinor,
    line_count: document.lineCount,
    accept_by: momentOf(document.selfBilling?.acceptBy),
    document: text,
    hash: hashOfText(text),
  };
}

/** The first movement that the next statement has to look at: whatever was left for it has no lower number. */
async function scanFrom(tx: Tx, { closing, writer, scanned }: Found): Promise<number> {
  const { account, period } = closing;
  const left = await findLeftMovement(tx, { ...account, from: scanned, until: period.until });
  return left ?? Math.max(scanned, ...writer.lines.map(({ transfer }) => transfer + 1));
}
