import { balanceOfRow } from "../../books/balances.ts";
import { checkSourced } from "../../books/check-sourced.ts";
import { findOrphanTransfers, sumBalances, sumJournal } from "../../books/rows/ledger-lists.ts";
import { findMislaid } from "../../books/rows/partner-movements.ts";
import { outsideDeeds } from "../../deps/actor.ts";
import type { Deps } from "../../deps/deps.ts";
import { checkBalances } from "../../ledger/check.ts";
import { momentNames, noteMoment } from "../../store/moments.ts";
import type { Tx } from "../../store/store.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { as, type OrderKey } from "../../words/ids.ts";
import { firstOrderKey } from "../../words/order-key.ts";
import { walkTouched } from "../rows/checked-orders.ts";
import { findMislaidOrders } from "../rows/partner-keys.ts";
import { createOrderChecks } from "./check-orders.ts";
import { checkPartners } from "./check-rates.ts";
import { checkSales } from "./check-sales.ts";
import { checkStanding } from "./check-standing.ts";
import { checkSubscriptions } from "./check-subscriptions.ts";

/** What a check of the whole ledger found. */
export interface LedgerReport {
  ok: boolean;
  checked: { orders: number; transfers: number; balances: number };
  /** One sentence for each thing that is wrong, 100 at the most. */
  failures: string[];
}

/** What of the ledger is checked, and who hears how far it is. */
export interface VerifyOptions {
  /**
   * Only orders that something was told, decided or booked for at this instant or later; balances and what is no order's
   * are checked in any case. An interrupted check goes on from where it was, as orders are checked in the order in which
   * they were first heard of.
   */
  since?: Instant | undefined;
  /** Hears after each page how many orders were checked, and when the last of them was first heard of. */
  onPage?: (orders: number, heardAt: Instant) => void;
}

const pageSize = 500;
const mostFailures = 100;

/**
 * Checks every invariant of the ledger from the stored rows, on one snapshot. Each order's amounts are what its events
 * tell, its credits what its plan or percentage makes of them, its release what its hold says, its journal what credits,
 * refunds and disputes call for; what its decision rests upon is there. The kept balances are the journal's sums; no
 * transfer lacks its order or its source, no sale its order. It reads a page at a time, so that memory stays the same.
 */
export async function verifyLedger(deps: Deps, options: VerifyOptions = {}): Promise<LedgerReport> {
  const report = await deps.store.read((tx) => check(tx, deps, options));
  return options.since === undefined ? noteVerdict(deps, report) : report;
}

async function check(tx: Tx, deps: Deps, options: VerifyOptions): Promise<LedgerReport> {
  const { since = instant(0) } = options;
  const report: LedgerReport = {
    ok: true,
    checked: { orders: 0, transfers: 0, balances: 0 },
    failures: [],
  };
  await checkAllOrders(tx, deps, options, report);
  await checkSums(tx, report);
  const rests = [
    checkSales(tx, since),
    checkSubscriptions(tx),
    checkPartners(tx),
    checkStanding(tx),
    checkSourced(tx, deps.bookChecks, { since, hashes: deps.hashes }),
  ];
  for (const rest of rests)
    for await (const sentence of rest) {
      if (report.failures.length >= mostFailures) break;
      report.failures.push(sentence);
    }
  report.failures.length = Math.min(report.failures.length, mostFailures);
  report.ok = report.failures.length === 0;
  return report;
}

async function checkAllOrders(
  tx: Tx,
  { ways }: Deps,
  { since, onPage }: VerifyOptions,
  report: LedgerReport,
) {
  const checks = createOrderChecks(tx, ways.proofs);
  const first = since === undefined ? as.order("") : firstOrderKey(since);
  let after: OrderKey = as.order("");
  while (report.failures.length < mostFailures) {
    const walk = { after, first, since: since ?? instant(0), limit: pageSize };
    const orders = await walkTouched(tx, walk);
    const last = orders.at(-1);
    if (last === undefined) return;
    // Between orders that were touched may lie all of history: then each is read by itself.
    for (const page of since === undefined ? [orders] : orders.map((one) => [one])) {
      const { failures, transfers } = await checks.check(page);
      report.failures.push(...failures);
      report.checked.transfers += transfers;
    }
    report.checked.orders += orders.length;
    after = last.order_key;
    onPage?.(report.checked.orders, last.received_at);
  }
}

async function checkSums(tx: Tx, report: LedgerReport): Promise<void> {
  const kept = (await sumBalances(tx, {})).map(balanceOfRow);
  const journal = (await sumJournal(tx)).map(balanceOfRow);
  report.checked.balances = kept.length;
  report.failures.push(...checkBalances(kept, journal));
  for (const { id } of await findOrphanTransfers(tx))
    report.failures.push(`transfer ${id}: its order is not there`);
  for (const id of await findMislaid(tx))
    report.failures.push(`transfer ${id}: it is not among its partner's movements`);
  for (const key of await findMislaidOrders(tx))
    report.failures.push(`order ${key}: it is not where its partner and buyer are looked for`);
}

/** Those who watch see when the ledger was checked last, and what was found. A replica's is not noted. */
async function noteVerdict({ store, clock }: Deps, report: LedgerReport): Promise<LedgerReport> {
  const at = clock();
  const names = report.ok ? [momentNames.verified, momentNames.sound] : [momentNames.verified];
  const note = outsideDeeds(() =>
    store.write(async (tx) => {
      for (const name of names) await noteMoment(tx, name, at);
    }),
  );
  await note.catch(() => {});
  return report;
}
