import { endOfTerm, renewalWindow } from "../../agreements/renewal-window.ts";
import type { RenewalRight } from "../../attribution/renewal-right.ts";
import { readAgreement } from "../../channel/change-agreement.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import { linesOfOrder } from "../record/sale-facts.ts";
import type { OrderRow } from "../rows/schema.ts";
import type { EarlierOrder } from "./evidence-source.ts";
import type { ClaimedTerm } from "./ways.ts";

/** What a renewal right is worked out from. */
export interface RightQuestion {
  order: OrderRow;
  /** The nearest first. */
  earlier: readonly EarlierOrder[];
  /** What copies told of the licence's terms; asked for only where no shop told the last one. */
  findTerms: () => Promise<readonly ClaimedTerm[]>;
}

/**
 * The right of the partner who sold the copy's last term to this order, by the agreement of the day of that sale: what was
 * agreed then is kept. What a shop told of a term stands; where it told none, what a copy told after that sale does. Of a
 * copy that was sold elsewhere, so that no order is known, the copy's own word counts, for the partner it is bound to.
 * Undefined where nobody told a term, nobody is credited for the last one, or no right was agreed.
 */
export async function findRenewalRight(
  tx: Tx,
  { order, earlier, findTerms }: RightQuestion,
): Promise<RenewalRight | undefined> {
  let terms: readonly ClaimedTerm[] | undefined;
  const known = async () =>
    (terms ??= (await findTerms()).filter(({ toldAt }) => toldAt <= order.received_at));
  for (const { order: before, lost } of earlier) {
    // A term that was paid back whole was never sold: the one before it was the last.
    if (lost >= 1) continue;
    const endsAt = termEnd(before) ?? claimedEnd(await known(), before.occurred_at)?.expiresAt;
    if (endsAt === undefined) continue;
    if (before.partner_id === null) return undefined;
    return rightOf(tx, order, { partner: before.partner_id, soldAt: before.occurred_at, endsAt });
  }
  if (earlier.length > 0) return undefined;
  const last = (await known()).at(-1);
  if (last === undefined) return undefined;
  return rightOf(tx, order, { partner: last.partner, soldAt: last.toldAt, endsAt: last.expiresAt });
}

async function rightOf(
  tx: Tx,
  order: OrderRow,
  { partner, soldAt, endsAt }: { partner: PartnerId; soldAt: Instant; endsAt: Instant },
): Promise<RenewalRight | undefined> {
  const { renewalRights } = await readAgreement(tx, partner, soldAt);
  if (renewalRights === null) return undefined;
  return { partner, ...renewalWindow(endsAt, renewalRights), boughtAt: order.occurred_at };
}

/**
 * The end of the term that a sale began: the first end that a copy told after it. An end that was told before is an earlier
 * term's, and a later word, which anybody can send who has the licence and a public token, moves nothing.
 */
export const claimedEnd = (terms: readonly ClaimedTerm[], soldAt: Instant): ClaimedTerm | undefined =>
  terms.find(({ toldAt, expiresAt }) => toldAt >= soldAt && expiresAt > soldAt);

/** When the term ends that an order paid: the latest of its lines'. */
export function termEnd(order: OrderRow): Instant | undefined {
  const ends = linesOfOrder(order).flatMap(({ period }) =>
    period === undefined ? [] : [endOfTerm(order.occurred_at, period)],
  );
  return ends.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}
