import type { Considered } from "../../attribution/decide.ts";
import { isLate } from "../../attribution/strength.ts";
import { addDays, type Instant } from "../../words/clock.ts";
import { frozenCredits } from "../decide/decide-order.ts";
import type { CheckedDecision } from "../rows/checked-orders.ts";
import type { OrderRow } from "../rows/schema.ts";

/** What is wrong with when an order's credit becomes payable, or has: held against its decisions and their policy. */
export function checkHold(order: OrderRow, decisions: readonly CheckedDecision[]): string[] {
  const { release_at, released_at, told_by } = order;
  if (!earns(decisions.at(-1)))
    return release_at === null ? [] : ["it waits for a release and nothing is credited"];
  if (release_at === null && released_at === null) return ["its credit is neither released nor waits for it"];
  if (release_at !== null && released_at !== null) return ["its credit is released and waits for it too"];
  const due = decisions.filter(earns).flatMap((one) => endsOfHold(order, one));
  // Of several events, an order may have the hold of one that was joined to it.
  if (release_at !== null && told_by === null && !due.includes(release_at))
    return ["its release is not when its hold ends"];
  const first = told_by === null ? Math.min(...due) : Math.min(...due, ...shortestOf(order, decisions));
  if ((release_at ?? released_at ?? 0) < first) return ["it is released before its hold ends"];
  return [];
}

const earns = (decision: CheckedDecision | undefined): boolean =>
  decision?.outcome === "credited" && frozenCredits(decision).some((credit) => credit.amountMinor > 0);

/** When the hold of a credit ends: it runs from the purchase, or from the decision where the evidence came later. */
function endsOfHold({ received_at }: OrderRow, decision: CheckedDecision): Instant[] {
  const holdDays = holdDaysOf(decision);
  if (holdDays === undefined) return [];
  const winner = winnerOf(decision);
  const from = winner === undefined || !isLate(winner, received_at) ? received_at : decision.decided_at;
  return [addDays(from, holdDays)];
}

const shortestOf = ({ received_at }: OrderRow, decisions: readonly CheckedDecision[]): Instant[] =>
  decisions.flatMap((one) => {
    const holdDays = holdDaysOf(one);
    return holdDays === undefined ? [] : [addDays(received_at, holdDays)];
  });

const holdDaysOf = ({ policy }: CheckedDecision): number | undefined =>
  (JSON.parse(policy) as { holdDays?: number }).holdDays;

/** The evidence that won a decision, as its record keeps it. */
export const winnerOf = ({ evidence }: Pick<CheckedDecision, "evidence">): Considered | undefined =>
  (JSON.parse(evidence) as Considered[]).find(({ verdict }) => verdict === "won");
