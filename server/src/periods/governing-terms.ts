import type { Period } from "../commission/period.ts";
import type { PeriodTerm } from "../commission/period-terms.ts";
import { planOf } from "../plans/plans.ts";
import { findAssignedPlan, listAssignments, type PlanRow } from "../plans/rows/plans.ts";
import type { Tx } from "../store/store.ts";
import type { PartnerId } from "../words/ids.ts";

/** A term that counts for a partner in a period, with the plan it stands in. */
export interface GoverningTerm {
  plan: string;
  version: number;
  term: PeriodTerm;
}

/**
 * The terms that count for a partner in a period: of the plan that is assigned to it when the period begins, else of the
 * first that comes to be during it. So a change of terms begins with the next period.
 */
export async function findTerms(tx: Tx, partner: PartnerId, period: Period): Promise<GoverningTerm[]> {
  const row = await governingPlan(tx, partner, period);
  if (row === undefined) return [];
  return planOf(row)
    .terms.filter(({ every }) => every === period.every)
    .map((term) => ({ plan: row.plan_id, version: row.version, term }));
}

async function governingPlan(
  tx: Tx,
  partner: PartnerId,
  { from, until }: Period,
): Promise<PlanRow | undefined> {
  const first = await findAssignedPlan(tx, { partner, at: from });
  if (first !== undefined) return first;
  for (const { since } of await listAssignments(tx)) {
    const later =
      since > from && since < until ? await findAssignedPlan(tx, { partner, at: since }) : undefined;
    if (later !== undefined) return later;
  }
  return undefined;
}
