import { type Balance, readBalances } from "../books/balances.ts";
import type { Deps } from "../deps/deps.ts";
import { listPartnerDisputes } from "../disputes/open-dispute.ts";
import { listPartnerOrders, type PartnerOrder } from "../orders/partner-orders.ts";
import { findDetailsAt } from "../partner-details/rows/details.ts";
import { findUnacceptedStatement } from "../statements/answer-statement.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import type { Currency, PartnerId } from "../words/ids.ts";
import { firstOrderKey } from "../words/order-key.ts";
import { findNextRelease, sumEarned } from "./rows/earned.ts";

/** What a partner earned in a month, by currency. */
export interface EarnedMonth {
  /** `2027-11`. */
  month: string;
  earned: ReadonlyMap<Currency, number>;
}

/** The first screen of the portal. */
export interface Overview {
  sums: (Omit<Balance, "currency"> & { currency: Currency; earnedMinor: number })[];
  /** When the next held amount becomes payable; null when that is not known or nothing is held. */
  nextAt: Instant | null;
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

const monthsShown = 12;
const recentShown = 8;
const disputesLookedAt = 20;
/** What is held was sold within this, or is held for another reason than time. */
const heldWithinDays = 400;

/** Reads what a partner's first screen shows: its own alone, as its agreement projects it. */
export async function readOverview(deps: Deps, partner: PartnerId): Promise<Overview> {
  const { store, clock } = deps;
  const now = clock();
  const balances = await readBalances(deps, { partner });
  const months = monthsBefore(now);
  const { earned, nextAt, hasDetails } = await store.read(async (tx) => {
    const earned: EarnedMonth[] = [];
    for (const { month, from, until } of months) {
      const span = { partner_id: partner, from: firstOrderKey(from), until: firstOrderKey(until) };
      const rows = await sumEarned(tx, span);
      earned.push({
        month,
        earned: new Map(rows.map(({ currency, earnedMinor }) => [currency, earnedMinor])),
      });
    }
    return {
      earned,
      nextAt: await findNextRelease(tx, { partner_id: partner, since: addDays(now, -heldWithinDays) }),
      hasDetails: (await findDetailsAt(tx, partner, now)) !== undefined,
    };
  });
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
    months: earned,
    recent: orders,
    needs: { details: !hasDetails, statement, dispute },
  };
}

/** The last twelve calendar months in UTC, the present one included, the oldest first. */
export function monthsBefore(now: Instant): { month: string; from: Instant; until: Instant }[] {
  const date = new Date(now);
  return Array.from({ length: monthsShown }, (_, at) => {
    const back = monthsShown - 1 - at;
    const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1);
    const until = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back + 1, 1);
    return { month: new Date(from).toISOString().slice(0, 7), from: instant(from), until: instant(until) };
  });
}
