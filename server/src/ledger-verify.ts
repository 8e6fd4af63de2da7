import { balanceOfRow } from "./balances.ts";
import type { Deps } from "./deps.ts";
import { as, type OrderKey } from "./ids.ts";
import { checkBalances, checkOrderJournal } from "./ledger/check.ts";
import { lossOf } from "./ledger/loss.ts";
import { lossEventOf, transferOf } from "./purchase/book.ts";
import { frozenCredits } from "./purchase/decide-order.ts";
import { findLossEvents } from "./store/queries/events.ts";
import {
  findLostSales,
  findOrphanTransfers,
  sumBalances,
  sumJournal,
  walkOrders,
} from "./store/queries/ledger-lists.ts";
import { findDecisions } from "./store/queries/orders.ts";
import { findTransfersOfOrder } from "./store/queries/transfers.ts";
import type { OrderRow } from "./store/schema.ts";
import type { Tx } from "./store/store.ts";

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
  return deps.store.read(async (tx) => {
    const report: LedgerReport = {
      ok: true,
      checked: { orders: 0, transfers: 0, balances: 0 },
      failures: [],
    };
    let after: OrderKey = as.order("");
    for (;;) {
      const orders = await walkOrders(tx, { after, limit: pageSize });
      for (const order of orders) await checkOrder(tx, order, report);
      const last = orders.at(-1);
      if (last === undefined || report.failures.length >= mostFailures) break;
      after = last.order_key;
      options.onPage?.(report.checked.orders);
    }
    await checkWhole(tx, report);
    report.failures.length = Math.min(report.failures.length, mostFailures);
    report.ok = report.failures.length === 0;
    return report;
  });
}

async function checkOrder(tx: Tx, order: OrderRow, report: LedgerReport): Promise<void> {
  const decisions = await findDecisions(tx, order.order_key);
  const transfers = (await findTransfersOfOrder(tx, order.order_key)).map(transferOf);
  const losses = (await findLossEvents(tx, order.order_key)).map(lossEventOf);
  report.checked.orders += 1;
  report.checked.transfers += transfers.length;
  const fail = (what: string) => report.failures.push(`order ${order.shop} ${order.order_id}: ${what}`);
  const decision = decisions.at(-1);
  if (decision === undefined || decisions.some((one, index) => one.seq !== index + 1))
    return void fail("its decisions are not numbered from 1 without a gap");
  if (decision.seq !== order.decision_seq) fail("its row does not name its newest decision");
  if (decision.outcome !== order.outcome || decision.partner_id !== order.partner_id)
    fail("its row and its newest decision do not agree");
  const credits = frozenCredits(decision);
  if ((decision.outcome === "credited") !== credits.length > 0) fail("its credits do not fit its outcome");
  const loss = lossOf(losses, { grossMinor: order.net_minor + order.tax_minor, currency: order.currency });
  const released = order.released_at !== null;
  for (const failure of checkOrderJournal({ credits, transfers, loss, released })) fail(failure);
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
