import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { ImportPage } from "./import-page.ts";
import type { ImportRecord } from "./import-record.ts";
import { type Customer, productOf } from "./imported-customer.ts";
import {
  addImportedPartner,
  endImportedPartner,
  freePartnerId,
  namesOf,
  toldPartner,
} from "./imported-partner.ts";
import type { Mapping } from "./mapping.ts";
import type { ImportRow } from "./rows/schema.ts";
import { waitingRow } from "./waiting-row.ts";

/** What becomes of a row: `new` and `changed` are written. */
export interface RowPlan {
  action: "new" | "changed" | "unchanged";
  /** Set where the partner is still to be added. */
  adds: boolean;
  before: ImportRow | undefined;
  row: ImportRow;
  record: ImportRecord;
}

/** What a row is judged against, beside the database. */
export interface Judging {
  programme: string;
  mapping: Mapping;
  /** Dry run: partners that rows before would have added, by the names they have in the programme. */
  planned: Map<string, PartnerId>;
  now: Instant;
}

/**
 * Says what a row means here and what it would change, by what its page has read; writes nothing. A text is why it cannot
 * be taken.
 */
export async function judgeRow(
  tx: Tx,
  deps: Deps,
  { record, page }: { record: ImportRecord; page: ImportPage },
  judging: Judging,
): Promise<RowPlan | string> {
  const { programme, mapping, now } = judging;
  const { licence, product } = record.customer;
  if (licence !== undefined && productOf(deps, product) === undefined)
    return product === undefined
      ? "has a licence and no product: name it with --product"
      : "has a licence of a product that the configuration has not: map it";
  const naming = { programme, partner: record.partner };
  const [known] = namesOf(deps, record.partner).flatMap((name) => page.named(name) ?? []);
  const found = known ?? toldPartner(mapping, record.partner);
  if (found !== undefined && !page.hasPartner(found))
    return `is of a partner that the mapping calls ${found}, and there is none`;
  const planned = found ?? plannedOf(judging, record);
  const partner = planned ?? (await freePartnerId(tx, naming, new Set(judging.planned.values())));
  const key = { programme, kind: record.kind, source_id: record.sourceId };
  const before = page.rowOf(record);
  const row = rowOf(record, { ...key, partner_id: partner, imported_at: now }, before);
  const same = before !== undefined && isSame(dueBy(waitingRow(before) ?? before, now), row);
  return {
    action: same ? "unchanged" : before === undefined ? "new" : "changed",
    adds: planned === undefined,
    before,
    row,
    record,
  };
}

const namesIn = ({ partner: { sourceId, email } }: ImportRecord): string[] => [
  ...(sourceId === undefined ? [] : [`id:${sourceId}`]),
  ...(email === undefined ? [] : [`email:${email}`]),
];

const plannedOf = ({ planned }: Judging, record: ImportRecord): PartnerId | undefined =>
  namesIn(record)
    .map((name) => planned.get(name))
    .find((id) => id !== undefined);

/** Notes for the rows that follow in a dry run which partner this one would have added. */
export function notePlanned({ planned }: Judging, { record, row }: RowPlan): void {
  for (const name of namesIn(record)) if (!planned.has(name)) planned.set(name, row.partner_id);
}

function rowOf(
  record: ImportRecord,
  known: Pick<ImportRow, "programme" | "kind" | "source_id" | "partner_id" | "imported_at">,
  before: ImportRow | undefined,
): ImportRow {
  const { money, reward, sale } = record;
  const row: ImportRow = {
    ...known,
    status: record.status.slice(0, 200),
    amount_minor: money?.amountMinor ?? null,
    currency: money?.currency ?? null,
    unit: reward?.unit.slice(0, 200) ?? null,
    unit_amount: reward?.amount.slice(0, 200) ?? null,
    account: money === undefined || record.state === "void" ? null : record.state,
    sale_id: sale.id ?? null,
    sale_minor: sale.amountMinor ?? null,
    sale_currency: sale.amountMinor === undefined ? null : (sale.currency ?? null),
    earned_at: record.earnedAt ?? null,
    due_at: record.dueAt ?? null,
    version: (before?.version ?? 0) + 1,
    waits_for: null,
    waits_row: null,
  };
  return dueBy(row, known.imported_at);
}

/** What was held until a day that has passed is owed. */
const dueBy = (row: ImportRow, now: Instant): ImportRow =>
  row.account === "held" && row.due_at !== null && row.due_at <= now ? { ...row, account: "payable" } : row;

function isSame(before: ImportRow, row: ImportRow): boolean {
  const ignored: ReadonlySet<string> = new Set(["version", "imported_at", "waits_for", "waits_row"]);
  return Object.entries(row).every(
    ([name, value]) => ignored.has(name) || before[name as keyof ImportRow] === value,
  );
}

/**
 * Takes what was judged, but for its money: adds the partner where it is new, and shows the row to those behind it on the
 * page. Returns the customer that is to become evidence, if the row has one.
 */
export async function takeRow(
  tx: Tx,
  deps: Deps,
  { plan, page }: { plan: RowPlan; page: ImportPage },
  now: Instant,
): Promise<Customer | undefined> {
  const { record, row } = plan;
  if (plan.adds) await addImportedPartner(tx, deps, row.partner_id, record, now);
  page.addPartner(row.partner_id);
  for (const name of namesOf(deps, record.partner)) page.name(name, row.partner_id);
  if (record.ended) await endImportedPartner(tx, row.partner_id, now);
  page.see(row);
  const isCustomers = record.kind !== "partner" && record.state !== "void" && !record.takesBack;
  return isCustomers ? { partner: row.partner_id, customer: record.customer } : undefined;
}
