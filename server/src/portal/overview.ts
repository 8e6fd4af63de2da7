import { type Balance, readBalances } from "../books/balances.ts";
import type { Deps } from "../deps/deps.ts";
import { listPartnerDisputes } from "../disputes/open-dispute.ts";
import { listPartnerOrders, type PartnerOrder } from "../orders/explain/partner-orders.ts";
import { findDetailsAt } from "../partner-details/rows/details.ts";
import { findUnacceptedStatement } from "../statements/answer-statement.ts";
import type { Instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { type ComingDay, type EarnedMonth, readEarned } from "./earned.ts";

/** The first screen of the portal. */
export interface Overview {
  sums: (Omit<Balance, "currency"> & { currency: Currency; earnedMinor: number })[];
  /** When the next held amount becomes payable; null when that is not known or nothing is held. */
  nextAt: Instant | null;
  /** What is held, by the day on which it becomes payable. */
  coming: ComingDay[];
  /** The last twelve months, the oldest first. */
  months: EarnedMonth[];
  recent: PartnerOrder[];
  needs: {
    details: boolean;
    /** The oldest statement that waits for an answer. */
    statement: string | undefined;
    /** The newest contested decision that was answered and waits for the partner. */
    dispute: string | undefined;
  };
}

const recentShown = 8;
const disputesLookedAt = 20;

/** Reads what a partner's first screen shows: its own alone, as its agreement projects it. */
export async function readOverview(deps: Deps, partner: PartnerId): Promise<Overview> {
  const { store, clock } = deps;
  const now = clock();
  const balances = await readBalances(deps, { partner });
  const { months, nextAt, coming } = await readEarned(deps, partner);
  const hasDetails = await store.read(async (tx) => (await findDetailsAt(tx, partner, now)) !== undefined);
  const [{ orders }, { disputes }, statement] = await Promise.all([
    listPartnerOrders(deps, partner, { limit: recentShown }),
    listPartnerDisputes(deps, partner, { limit: disputesLookedAt }),
    store.read((tx) => findUnacceptedStatement(tx, { partner, now })),
  ]);
  const dispute = disputes.find(({ state }) => state === "answered")?.id;
  return {
    sums: balances.map(({ currency, ...sum }) => ({
      ...sum,
      currency: currency as Currency,
      earnedMinor: sum.heldMinor + sum.payableMinor + sum.paidMinor,
    })),
    nextAt,
    coming,
    months,
    recent: orders,
    needs: { details: !hasDetails, statement, dispute },
  };
}
