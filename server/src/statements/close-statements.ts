import { findPartner } from "../channel/rows/partners.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { as, type Currency, type PartnerId } from "../words/ids.ts";
import { type Period, readPeriod } from "../words/period.ts";
import { Refusal } from "../words/refusal.ts";
import { type Closed, closeAccount } from "./close-one.ts";
import { listAccounts } from "./rows/statements.ts";
import type { StatementKind, Sums } from "./statement.ts";

/** What was closed, or with `dryRun` would be. */
export interface ClosedStatement {
  /** Null of what would be closed. */
  number: string | null;
  kind: StatementKind;
  partner: PartnerId;
  currency: Currency;
  opening: Sums;
  closing: Sums;
  lines: number;
  dueAt: string | null;
}

/** What a close did. */
export interface CloseReport {
  period: string;
  dryRun: boolean;
  statements: ClosedStatement[];
  /** Accounts with movements that were left as they are, with why; the next close takes them up. */
  left: { partner: PartnerId; currency: Currency; why: string }[];
}

/** What to close. */
export interface CloseRequest {
  period: string;
  /** All partners by default. */
  partner?: string | undefined;
  dryRun?: boolean | undefined;
  /** Hears after each account how many were looked at. */
  onProgress?: (accounts: number) => void;
}

const pageSize = 200;

/**
 * Closes a period for every account in which something moved since its last statement. Each account is a transaction of its
 * own: killed in the midst, the next close goes on; closing twice, or in two processes at once, closes nothing twice.
 * Of a period that still runs it takes what has been booked; the rest comes in the next.
 *
 * @throws {Refusal} `request_invalid`, `period_not_begun`, `partner_unknown`
 */
export async function closeStatements(deps: Deps, request: CloseRequest): Promise<CloseReport> {
  const { partner, dryRun = false, onProgress = () => {} } = request;
  const period = requirePeriod(deps, request.period);
  const only = partner === undefined ? undefined : await requirePartner(deps, partner);
  nameSubject(period.name);
  const report: CloseReport = { period: period.name, dryRun, statements: [], left: [] };
  let accounts = 0;
  let after = { partner_id: only ?? as.partner(""), currency: "" as Currency };
  for (;;) {
    const page = await deps.store.read((tx) => listAccounts(tx, { ...after, limit: pageSize }));
    for (const account of page) {
      if (only !== undefined && account.partner_id !== only) return report;
      const closing = { account, period, dryRun };
      const closed = await (dryRun
        ? deps.store.read((tx) => closeAccount(tx, deps, closing))
        : deps.store.write((tx) => closeAccount(tx, deps, closing)));
      note(deps, report, { partner: account.partner_id, currency: account.currency }, closed);
      onProgress(++accounts);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return report;
    after = last;
  }
}

function note(
  { log }: Pick<Deps, "log">,
  report: CloseReport,
  account: { partner: PartnerId; currency: Currency },
  closed: Closed,
): void {
  if ("left" in closed) {
    if (closed.left !== "nothing_moved" && closed.left !== "closed_before")
      report.left.push({ ...account, why: closed.left });
    return;
  }
  const { number, kind, opening, closing, lineCount, dueAt } = closed.closed;
  report.statements.push({ number, kind, ...account, opening, closing, lines: lineCount, dueAt });
  if (number !== null)
    log.info("statement.closed", {
      subject: number,
      type: kind,
      ...account,
      amountMinor: closing.payableMinor,
    });
}

function requirePeriod({ clock }: Pick<Deps, "clock">, text: string): Period {
  const period = readPeriod(text);
  if (period === undefined)
    throw new Refusal("request_invalid", "Expected a month, a quarter or a year: 2026-11, 2026-Q4, 2026.");
  if (period.from > clock()) throw new Refusal("period_not_begun", `${period.name} has not begun.`);
  return period;
}

async function requirePartner({ store }: Pick<Deps, "store">, id: string): Promise<PartnerId> {
  const partner = as.partner(id);
  if ((await store.read((tx) => findPartner(tx, partner))) === undefined)
    throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partner;
}
