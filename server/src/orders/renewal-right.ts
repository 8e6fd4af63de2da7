import { endOfTerm, renewalWindow } from "../agreements/renewal-window.ts";
import type { RenewalRight } from "../attribution/renewal-right.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { EarlierOrder } from "./evidence-source.ts";
import type { OrderRow } from "./rows/schema.ts";
import { linesOfOrder } from "./sale-facts.ts";

/**
 * The right of the partner who sold the copy's last term to this order, by the agreement of the day of that sale: what was
 * agreed then is kept. Undefined where no earlier sale has a term, nobody is credited for the last one, or no right was
 * agreed.
 */
export async function findRenewalRight(
  tx: Tx,
  order: OrderRow,
  earlier: readonly EarlierOrder[],
): Promise<RenewalRight | undefined> {
  for (const { order: before } of earlier) {
    const endsAt = termEnd(before);
    if (endsAt === undefined) continue;
    const { partner_id: partner, occurred_at } = before;
    if (partner === null) return undefined;
    const { renewalRights } = await readAgreement(tx, partner, occurred_at);
    if (renewalRights === null) return undefined;
    return { partner, ...renewalWindow(endsAt, renewalRights), boughtAt: order.occurred_at };
  }
  return undefined;
}

/** When the term ends that an order paid: the latest of its lines'. */
export function termEnd(order: OrderRow): Instant | undefined {
  const ends = linesOfOrder(order).flatMap(({ period }) =>
    period === undefined ? [] : [endOfTerm(order.occurred_at, period)],
  );
  return ends.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}
