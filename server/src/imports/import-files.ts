import type { Deps } from "../deps/deps.ts";
import { hasLimits, type Move } from "../four-eyes/limit.ts";
import type { DecidedOrder } from "../orders/decide/decide-order.ts";
import { reportOrder } from "../orders/decide/report-order.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { type FlatRow, readFlatRows } from "./flat-row.ts";
import { approvePage, beginRun, createForesight, endRun, type ImportRun } from "./import-approval.ts";
import { ImportPage } from "./import-page.ts";
import { type ImportRecord, readRecord } from "./import-record.ts";
import { createTally, type ImportReport, type RowReport, rowReportOf } from "./import-report.ts";
import { type Customer, keepCustomers } from "./imported-customer.ts";
import type { Mapping } from "./mapping.ts";
import { placeImported } from "./place-imported.ts";
import { findRepeatedRows, type RepeatedRow } from "./repeated-rows.ts";
import { type Judging, judgeRow, notePlanned, type RowPlan, takeRow } from "./take-row.ts";

/** What is imported, and how. */
export interface ImportOrder {
  programme: string;
  files: readonly string[];
  mapping: Mapping;
  /** Says what would become of each row, and writes nothing. */
  dryRun?: boolean;
  /** Hears now and then how many rows were read. */
  onProgress?: ((rows: number) => void) | undefined;
}

const rowsPerCommit = 200;

/**
 * Brings partners, past commissions and customers over from another programme: first all partners of the files, then
 * the rest. Some rows a commit; a run that was killed is repeated, and passes over what is there already.
 *
 * @throws {Refusal} `request_invalid` for a file that cannot be read, or that the mapping does not fit
 */
export async function importFiles(deps: Deps, asked: ImportOrder): Promise<ImportReport> {
  const { programme, mapping, dryRun = false } = asked;
  const order = { ...asked, repeated: await findRepeatedRows(asked.files, mapping) };
  const tally = createTally({ programme, dryRun });
  const judging: Judging = { programme, mapping, planned: new Map(), now: deps.clock() };
  const parents = new Map<string, string>();
  const foresight = createForesight();
  const run = dryRun ? undefined : beginRun(programme, await foresee(deps, order));
  for await (const { rows, isPartners } of readPages(order, tally)) {
    const { reports, decided, plans, request } = await (run === undefined
      ? deps.store.read((tx) => plan(tx, deps, judging, rows))
      : deps.store.write((tx) => take(tx, deps, { judging, run }, rows)));
    foresight.add(plans);
    if (run !== undefined) run.request = request;
    for (const report of reports) tally.add(report);
    for (const one of decided) reportOrder(deps.log, one);
    if (isPartners) tally.parentsOf(parents);
  }
  const { report } = tally;
  if (run === undefined) {
    report.waits = await foresight.waits(deps);
    return report;
  }
  for (const problem of await placeImported(deps, programme, parents)) tally.add(problem);
  return { ...report, ...(await endRun(deps, run)) };
}

/** Reads the files once before they are taken, where one person may not book everything alone: what they move in all. */
async function foresee(deps: Deps, order: KnownOrder): Promise<{ moves: Move[]; waits: Move[] } | undefined> {
  if (!hasLimits(deps)) return undefined;
  const { programme, mapping } = order;
  const judging: Judging = { programme, mapping, planned: new Map(), now: deps.clock() };
  const foresight = createForesight();
  const unheard = createTally({ programme, dryRun: false });
  for await (const { rows } of readPages({ ...order, onProgress: undefined }, unheard))
    foresight.add((await deps.store.read((tx) => plan(tx, deps, judging, rows))).plans);
  return { moves: foresight.moves(), waits: await foresight.waits(deps) };
}

/** What is imported, with the rows of the files that do not count. */
interface KnownOrder extends ImportOrder {
  repeated: RepeatedRow;
}

interface PageOfRows {
  rows: Understood[];
  isPartners: boolean;
}

/** The rows of the files by pages: first those about partners. What cannot be understood is added to the tally. */
async function* readPages(
  { files, mapping, repeated, onProgress }: KnownOrder,
  tally: ReturnType<typeof createTally>,
): AsyncGenerator<PageOfRows> {
  for (const isPartners of [true, false]) {
    let rows: Understood[] = [];
    for (const file of files)
      for await (const one of readRecords(file, { mapping, repeated }, isPartners)) {
        if ("problem" in one) tally.add({ ...one, action: "problem" });
        else rows.push(one);
        if (tally.countRow() % 5_000 === 0) onProgress?.(tally.report.rows);
        if (rows.length < rowsPerCommit) continue;
        yield { rows, isPartners };
        rows = [];
      }
    if (rows.length > 0) yield { rows, isPartners };
  }
}

interface Understood {
  row: FlatRow;
  record: ImportRecord;
}

type Unfit = Pick<RowReport, "file" | "row"> & { problem: string };

/** The rows of a file that are about partners, or those that are not. What cannot be taken comes with the latter. */
async function* readRecords(
  file: string,
  { mapping, repeated }: { mapping: Mapping; repeated: RepeatedRow },
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
    } else if ((record.kind === "partner") === isPartners) {
      const problem = repeated(record);
      yield problem === undefined ? { row, record } : { file: row.file, row: row.row, problem };
    }
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
  plans: RowPlan[];
  /** What rows of this run wait for. */
  request?: string | undefined;
}

async function plan(tx: Tx, deps: Deps, judging: Judging, rows: readonly Understood[]): Promise<Taken> {
  const reports: RowReport[] = [];
  const plans: RowPlan[] = [];
  const page = await readPage(tx, deps, judging, rows, false);
  for (const { row, record } of rows) {
    const judged = await judgeRow(tx, deps, { record, page }, judging);
    if (typeof judged !== "string") {
      notePlanned(judging, judged);
      if (judged.action !== "unchanged") plans.push(judged);
    }
    reports.push(rowReportOf(row, record, judged));
  }
  return { reports, decided: [], plans };
}

async function take(
  tx: Tx,
  deps: Deps,
  { judging, run }: { judging: Judging; run: ImportRun },
  rows: readonly Understood[],
): Promise<Taken> {
  const { programme, now } = judging;
  // Two imports of one programme at once would both find a partner missing.
  await lockName(tx, "imports");
  const reports: RowReport[] = [];
  const changes: { plan: RowPlan; report: RowReport }[] = [];
  const ofCustomers: { customer: Customer; report: RowReport }[] = [];
  const page = await readPage(tx, deps, judging, rows, true);
  for (const { row, record } of rows) {
    const judged = await judgeRow(tx, deps, { record, page }, judging);
    const report = rowReportOf(row, record, judged);
    reports.push(report);
    if (typeof judged === "string" || judged.action === "unchanged") continue;
    const customer = await takeRow(tx, deps, { plan: judged, page }, now);
    if (customer !== undefined) ofCustomers.push({ customer, report });
    changes.push({ plan: judged, report });
  }
  const plans = changes.map(({ plan }) => plan);
  const { waits, request } = await approvePage(tx, deps, run, plans, now);
  for (const { plan, report } of changes) {
    const isWaiting = waits.has(plan);
    page.put(plan, isWaiting ? request : undefined);
    if (isWaiting) report.waits = true;
  }
  await page.write(tx, now);
  const customers = ofCustomers.map(({ customer }) => customer);
  const { kept, decided } = await keepCustomers(tx, deps, { programme, customers }, now);
  for (const [at, { report }] of ofCustomers.entries()) Object.assign(report, kept[at]);
  return { reports, decided, plans, request };
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
