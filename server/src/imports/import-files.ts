import type { Deps } from "../deps/deps.ts";
import type { DecidedOrder } from "../orders/decide-order.ts";
import { reportOrder } from "../orders/report-order.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { type FlatRow, readFlatRows } from "./flat-row.ts";
import { ImportPage } from "./import-page.ts";
import { type ImportRecord, readRecord } from "./import-record.ts";
import { createTally, type ImportReport, type RowReport, rowReportOf } from "./import-report.ts";
import { type Customer, keepCustomers } from "./imported-customer.ts";
import type { Mapping } from "./mapping.ts";
import { placeImported } from "./place-imported.ts";
import { type Judging, judgeRow, notePlanned, takeRow } from "./take-row.ts";

/** What is imported, and how. */
export interface ImportOrder {
  programme: string;
  files: readonly string[];
  mapping: Mapping;
  /** Says what would become of each row, and writes nothing. */
  dryRun?: boolean;
  /** Hears now and then how many rows were read. */
  onProgress?: (rows: number) => void;
}

const rowsPerCommit = 200;

/**
 * Brings partners, past commissions and customers over from another programme: first all partners of the files, then
 * the rest. Some rows a commit; a run that was killed is repeated, and passes over what is there already.
 *
 * @throws {Refusal} `request_invalid` for a file that cannot be read, or that the mapping does not fit
 */
export async function importFiles(deps: Deps, order: ImportOrder): Promise<ImportReport> {
  const { programme, mapping, dryRun = false } = order;
  const tally = createTally({ programme, dryRun });
  const judging: Judging = { programme, mapping, planned: new Map(), now: deps.clock() };
  const parents = new Map<string, string>();
  for (const isPartners of [true, false]) {
    let waiting: Understood[] = [];
    for (const file of order.files)
      for await (const one of readRecords(file, mapping, isPartners)) {
        if ("problem" in one) tally.add({ ...one, action: "problem" });
        else waiting.push(one);
        if (tally.countRow() % 5_000 === 0) order.onProgress?.(tally.report.rows);
        if (waiting.length < rowsPerCommit) continue;
        await takeAll(deps, judging, waiting, dryRun, tally.add);
        waiting = [];
      }
    await takeAll(deps, judging, waiting, dryRun, tally.add);
    if (isPartners) tally.parentsOf(parents);
  }
  if (!dryRun) for (const problem of await placeImported(deps, programme, parents)) tally.add(problem);
  return tally.report;
}

interface Understood {
  row: FlatRow;
  record: ImportRecord;
}

type Unfit = Pick<RowReport, "file" | "row"> & { problem: string };

/** The rows of a file that are about partners, or those that are not. What cannot be taken comes with the latter. */
async function* readRecords(
  file: string,
  mapping: Mapping,
  isPartners: boolean,
): AsyncGenerator<Understood | Unfit> {
  const each = mapping.kinds.flatMap((kind) => kind.each ?? []);
  let fits = 0;
  let rows = 0;
  for await (const row of readFlatRows(file, each)) {
    rows += 1;
    const record = readRecord(row, mapping);
    if (record === undefined) {
      if (!isPartners) yield { file: row.file, row: row.row, problem: "fits no kind of row of the mapping" };
      continue;
    }
    fits += 1;
    if ("problem" in record) {
      if (!isPartners) yield { file: row.file, row: row.row, ...record };
    } else if ((record.kind === "partner") === isPartners) yield { row, record };
  }
  if (rows > 0 && fits === 0)
    throw new Refusal(
      "request_invalid",
      `No row of ${file} has the columns of the mapping: ${mapping.kinds.map(({ kind, when }) => `${kind} (${when.join(", ")})`).join("; ")}.`,
    );
}

/** What came of a batch of rows: results of a transaction, which may run more than once. */
interface Taken {
  reports: RowReport[];
  decided: DecidedOrder[];
}

async function takeAll(
  deps: Deps,
  judging: Judging,
  rows: readonly Understood[],
  dryRun: boolean,
  add: (report: RowReport) => void,
): Promise<void> {
  if (rows.length === 0) return;
  const { reports, decided } = await (dryRun
    ? deps.store.read((tx) => plan(tx, deps, judging, rows))
    : deps.store.write((tx) => take(tx, deps, judging, rows)));
  for (const report of reports) add(report);
  for (const one of decided) reportOrder(deps.log, one);
}

async function plan(tx: Tx, deps: Deps, judging: Judging, rows: readonly Understood[]): Promise<Taken> {
  const reports: RowReport[] = [];
  const page = await readPage(tx, deps, judging, rows, false);
  for (const { row, record } of rows) {
    const judged = await judgeRow(tx, deps, { record, page }, judging);
    if (typeof judged !== "string") notePlanned(judging, judged);
    reports.push(rowReportOf(row, record, judged));
  }
  return { reports, decided: [] };
}

async function take(tx: Tx, deps: Deps, judging: Judging, rows: readonly Understood[]): Promise<Taken> {
  const { programme, now } = judging;
  // Two imports of one programme at once would both find a partner missing.
  await lockName(tx, "imports");
  const reports: RowReport[] = [];
  const ofCustomers: RowReport[] = [];
  const customers: Customer[] = [];
  const page = await readPage(tx, deps, judging, rows, true);
  for (const { row, record } of rows) {
    const judged = await judgeRow(tx, deps, { record, page }, judging);
    const report = rowReportOf(row, record, judged);
    reports.push(report);
    if (typeof judged === "string" || judged.action === "unchanged") continue;
    const customer = await takeRow(tx, deps, { plan: judged, page }, now);
    if (customer === undefined) continue;
    customers.push(customer);
    ofCustomers.push(report);
  }
  await page.write(tx, now);
  const { kept, decided } = await keepCustomers(tx, deps, { programme, customers }, now);
  for (const [at, report] of ofCustomers.entries()) Object.assign(report, kept[at]);
  return { reports, decided };
}

const readPage = (
  tx: Tx,
  deps: Deps,
  { programme, mapping }: Judging,
  rows: readonly Understood[],
  adopts: boolean,
): Promise<ImportPage> =>
  ImportPage.read(
    tx,
    deps,
    rows.map(({ record }) => record),
    { programme, mapping, adopts },
  );
