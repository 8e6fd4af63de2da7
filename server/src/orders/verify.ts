import { balanceOfRow } from "../books/balances.ts";
import { orderLoss, transferOf } from "../books/book.ts";
import { checkSourced } from "../books/check-sourced.ts";
import {
  findLostSales,
  findOrphanTransfers,
  type OrderSpan,
  sumBalances,
  sumJournal,
  walkDecisions,
  walkLossEvents,
  walkOrders,
  walkTransfers,
} from "../books/rows/ledger-lists.ts";
import type { Deps } from "../deps/deps.ts";
import type { LossRow } from "../events/rows/events.ts";
import { checkBalances, checkOrderJournal } from "../ledger/check.ts";
import type { Transfer } from "../ledger/transfer.ts";
import { momentNames, noteMoment } from "../store/moments.ts";
import type { Tx } from "../store/store.ts";
import { instant } from "../words/clock.ts";
import { as, type OrderKey } from "../words/ids.ts";
import { frozenCredits } from "./decide-order.ts";
import type { OrderRow } from "./rows/schema.ts";

/** What a check of the whole ledger found. */
export interface LedgerReport {
  ok: boolean;
  checked: { orders: number; transfers: number; balances: number };
  /** One sentence for each thing that is wrong, 100 at the most. */
  failures: string[];
}

const pageSize = 500;
const mostFailures = 100;

/**
 * Checks every invariant of the ledger from the stored rows, on one snapshot: each order's journal is what its
 * decision, refunds and disputes call for; the kept balances are the journal's sums; no transfer lacks its order, no
 * sale its decision.
 */
export function verifyLedger(
  deps: Deps,
  options: { onPage?: (orders: number) => void } = {},
): Promise<LedgerReport> {
  return deps.store
    .read(async (tx) => {
      const report: LedgerReport = {
        ok: true,
        checked: { orders: 0, transfers: 0, balances: 0 },
        failures: [],
      };
      let after: OrderKey = as.order("");
      while (report.failures.length < mostFailures) {
        const orders = await walkOrders(tx, { after, limit: pageSize });
        const last = orders.at(-1)?.order_key;
        if (last === undefined) break;
        await checkPage(tx, orders, { after, last }, report);
        after = last;
        options.onPage?.(report.checked.orders);
      }
      await checkWhole(tx, report);
      await checkBookings(tx, deps, report);
      report.failures.length = Math.min(report.failures.length, mostFailures);
      report.ok = report.failures.length === 0;
      return report;
    })
    .then((report) => noteVerdict(deps, report));
}

/** Those who watch see when the ledger was checked last, and what was found. A replica's is not noted. */
async function noteVerdict({ store, clock }: Deps, report: LedgerReport): Promise<LedgerReport> {
  const at = clock();
  const names = report.ok ? [momentNames.verified, momentNames.sound] : [momentNames.verified];
  const note = store.write(async (tx) => {
    for (const name of names) await noteMoment(tx, name, at);
  });
  await note.catch(() => {});
  return report;
}

/** Reads what belongs to a page of orders in three queries, however many they are. */
async function checkPage(tx: Tx, orders: readonly OrderRow[], span: OrderSpan, report: LedgerReport) {
  const decisions = groupByOrder(await walkDecisions(tx, span));
  const transfers = groupByOrder(await walkTransfers(tx, span));
  const losses = groupByOrder(await walkLossEvents(tx, span));
  for (const order of orders) {
    const key = order.order_key;
    const fail = (what: string) => report.failures.push(`order ${order.shop} ${order.order_id}: ${what}`);
    const booked = (transfers.get(key) ?? []).map(transferOf);
    report.checked.orders += 1;
    report.checked.transfers += booked.length;
    const lost = losses.get(key) ?? [];
    for (const failure of checkOrder(order, decisions.get(key) ?? [], booked, lost)) fail(failure);
  }
}

type DecisionOfSpan = Awaited<ReturnType<typeof walkDecisions>>[number];

function checkOrder(
  order: OrderRow,
  decisions: readonly DecisionOfSpan[],
  transfers: readonly Transfer[],
  losses: readonly LossRow[],
): string[] {
  const decision = decisions.at(-1);
  if (decision === undefined || decisions.some((one, index) => one.seq !== index + 1))
    return ["its decisions are not numbered from 1 without a gap"];
  const failures: string[] = [];
  if (decision.seq !== order.decision_seq) failures.push("its row does not name its newest decision");
  if (decision.outcome !== order.outcome || decision.partner_id !== order.partner_id)
    failures.push("its row and its newest decision do not agree");
  const credits = frozenCredits(decision);
  if ((decision.outcome === "credited") !== credits.length > 0)
    failures.push("its credits do not fit its outcome");
  const loss = orderLoss(order, losses);
  const released = order.released_at !== null;
  return failures.concat(checkOrderJournal({ credits, transfers, loss, released }));
}

function groupByOrder<Row extends { order_key: OrderKey | null }>(
  rows: readonly Row[],
): Map<OrderKey | null, Row[]> {
  const groups = new Map<OrderKey | null, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.order_key);
    if (group === undefined) groups.set(row.order_key, [row]);
    else group.push(row);
  }
  return groups;
}

async function checkWhole(tx: Tx, report: LedgerReport): Promise<void> {
  const kept = (await sumBalances(tx, {})).map(balanceOfRow);
  const journal = (await sumJournal(tx)).map(balanceOfRow);
  report.checked.balances = kept.length;
  report.failures.push(...checkBalances(kept, journal));
  for (const { id } of await findOrphanTransfers(tx))
    report.failures.push(`transfer ${id}: its order is not there`);
  for (const { shop, link_id } of await findLostSales(tx))
    report.failures.push(`sale ${shop} ${link_id}: it was taken, and has no order`);
}

/** What no order explains has to be explained by whatever booked it. */
async function checkBookings(tx: Tx, { bookChecks }: Deps, report: LedgerReport): Promise<void> {
  for await (const sentence of checkSourced(tx, bookChecks, instant(0))) {
    if (report.failures.length >= mostFailures) return;
    report.failures.push(sentence);
  }
}
