import { type Balance, readBalances } from "../../server/src/books/balances.ts";
import { exportLedger } from "../../server/src/books/export.ts";
import { listOrders, type OrderSummary } from "../../server/src/orders/explain/list-orders.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import type { Vendor } from "./vendor.ts";

/** A movement in the journal, as the export tells it. */
export interface JournalEntry {
  kind: string;
  partner: string;
  amountMinor: number;
  order: string | null;
}

/** All that stands in a vendor's database after a test. */
export interface Books {
  orders: ReadonlyMap<string, OrderSummary>;
  /** The movements of an order, oldest first. */
  journal: ReadonlyMap<string | null, JournalEntry[]>;
  balances: readonly Balance[];
  /** What the check of the ledger found; nothing when it is sound. */
  failures: readonly string[];
}

/** Reads orders, journal, balances, and the check of them all. */
export function readBooks(vendor: Vendor): Promise<Books> {
  return vendor.use(async (deps) => {
    const orders = new Map<string, OrderSummary>();
    for (let after: string | null = ""; after !== null; ) {
      const page = await listOrders(deps, { limit: 1000, ...(after === "" ? {} : { after }) });
      for (const order of page.orders) orders.set(order.order, order);
      after = page.next;
    }
    const pieces: string[] = [];
    for await (const piece of exportLedger(deps, "json")) pieces.push(piece);
    const entries = JSON.parse(pieces.join("")) as JournalEntry[];
    const { failures } = await verifyLedger(deps);
    return {
      orders,
      journal: Map.groupBy(entries, (entry) => entry.order),
      balances: await readBalances(deps),
      failures,
    };
  });
}
