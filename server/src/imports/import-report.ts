import type { Move } from "../four-eyes/limit.ts";
import type { FlatRow } from "./flat-row.ts";
import type { ImportRecord } from "./import-record.ts";
import type { RowPlan } from "./take-row.ts";

/** What became of one row, or would. */
export interface RowReport {
  file: string;
  row: number;
  action: "new" | "changed" | "unchanged" | "problem";
  problem?: string;
  kind?: ImportRecord["kind"];
  id?: string;
  partner?: string;
  addsPartner?: boolean;
  status?: string;
  /** Where its amount stands in the books. */
  account?: string | null;
  amountMinor?: number | null;
  currency?: string | null;
  /** What it is counted in that is no money. */
  unit?: string | null;
  unitAmount?: string | null;
  parent?: string;
  licences?: number;
  emails?: number;
  /** Its money waits for a second person, or would. */
  waits?: boolean;
  /** What of its customer another partner had already. */
  taken?: string[];
}

/** What an import did, or with `dryRun` would do. */
export interface ImportReport {
  programme: string;
  dryRun: boolean;
  rows: number;
  actions: Record<RowReport["action"], number>;
  partnersAdded: number;
  /** What the new and changed rows say, by the account they stand in; null for what nothing is owed for. */
  money: { account: string | null; currency: string; amountMinor: number; rows: number }[];
  /** Points, credits, free months: never turned into money. */
  rewards: { partner: string; unit: string; amount: number; rows: number }[];
  licences: number;
  emails: number;
  /** What waits for a second person, or would, by partner and currency. */
  waits: Move[];
  /** By what id it is approved; null where nothing waits, and of a dry run. */
  request: string | null;
  /** Each row of a dry run; otherwise those with a problem or a customer that another partner has, 1000 at the most. */
  shown: RowReport[];
}

const mostShown = 1_000;

/** Gathers what became of the rows. */
export function createTally({ programme, dryRun }: Pick<ImportReport, "programme" | "dryRun">) {
  const report: ImportReport = {
    programme,
    dryRun,
    rows: 0,
    actions: { new: 0, changed: 0, unchanged: 0, problem: 0 },
    partnersAdded: 0,
    money: [],
    rewards: [],
    licences: 0,
    emails: 0,
    waits: [],
    request: null,
    shown: [],
  };
  const parents = new Map<string, string>();
  const added = new Set<string>();
  const add = (row: RowReport): void => {
    report.actions[row.action] += 1;
    if (row.addsPartner && row.partner !== undefined) added.add(row.partner);
    report.partnersAdded = added.size;
    report.licences += row.licences ?? 0;
    report.emails += row.emails ?? 0;
    if (row.parent !== undefined && row.id !== undefined) parents.set(row.id, row.parent);
    if (row.action === "new" || row.action === "changed") sumUp(report, row);
    const isTold = row.action === "problem" || (row.taken ?? []).length > 0;
    if (dryRun || (isTold && report.shown.length < mostShown)) report.shown.push(row);
  };
  return {
    report,
    add,
    countRow: () => ++report.rows,
    /** Copies which partner stands under which, by their ids in the programme. */
    parentsOf: (into: Map<string, string>) => {
      for (const [child, parent] of parents) into.set(child, parent);
    },
  };
}

function sumUp({ money, rewards }: ImportReport, row: RowReport): void {
  const { account = null, currency, amountMinor, unit, unitAmount, partner = "" } = row;
  if (currency != null && amountMinor != null) {
    const found = money.find((one) => one.account === account && one.currency === currency);
    const sum = found ?? { account, currency, amountMinor: 0, rows: 0 };
    if (found === undefined) money.push(sum);
    sum.amountMinor += amountMinor;
    sum.rows += 1;
  }
  if (unit == null) return;
  const found = rewards.find((one) => one.partner === partner && one.unit === unit);
  const sum = found ?? { partner, unit, amount: 0, rows: 0 };
  if (found === undefined) rewards.push(sum);
  sum.amount += Number(unitAmount) || 0;
  sum.rows += 1;
}

/** A row as it is reported. */
export function rowReportOf(
  { file, row }: Pick<FlatRow, "file" | "row">,
  record: ImportRecord,
  judged: RowPlan | string,
): RowReport {
  const about = { file, row, kind: record.kind, id: record.sourceId, status: record.status };
  if (typeof judged === "string") return { ...about, action: "problem", problem: judged };
  const { account, amount_minor, currency, unit, unit_amount, partner_id } = judged.row;
  return {
    ...about,
    action: judged.action,
    partner: partner_id,
    addsPartner: judged.adds,
    account,
    amountMinor: amount_minor,
    currency,
    unit,
    unitAmount: unit_amount,
    ...(record.kind === "partner" && record.parent !== undefined ? { parent: record.parent } : {}),
  };
}
