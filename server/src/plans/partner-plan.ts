import { requirePartner } from "../channel/active-partner.ts";
import type { RewardTerms } from "../commission/reward-terms.ts";
import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import type { PlanDocument } from "./plan-schema.ts";
import { planOf } from "./plans.ts";
import { findAssignedPlan } from "./rows/plans.ts";

/**
 * What a partner's own sales are paid by now. What those above it are paid is not in it: their part is theirs to know.
 */
export interface PartnerPlan {
  /** `legacy` where no plan is assigned: then `percent` of each order is paid. */
  id: string;
  version: number;
  name: string | null;
  promise: "first_sale" | "each_sale";
  /** Null where a plan's rules pay. */
  percent: number | null;
  rules: PlanDocument["rules"];
  capPerOrder: PlanDocument["capPerOrder"];
  terms: PlanDocument["terms"];
  /** What the partner may give her customers for a renewal; null where the plan allows nothing. */
  rewards: RewardTerms | null;
  /** When it was read, ISO 8601 in UTC, to the day: an assignment may change it. */
  asOf: string;
}

/** The plan that is assigned to a partner now. */
export async function readPartnerPlan(
  deps: Pick<Deps, "store" | "clock">,
  partner: PartnerId,
): Promise<PartnerPlan> {
  const now = deps.clock();
  const { row, percentBp } = await deps.store.read(async (tx) => ({
    row: await findAssignedPlan(tx, { partner, at: now }),
    percentBp: (await requirePartner(tx, partner)).percent_bp,
  }));
  const asOf = isoTime(now).slice(0, 10);
  if (row === undefined) {
    const legacy = {
      id: "legacy",
      version: 1,
      name: null,
      promise: "each_sale",
      percent: percentBp / 100,
    } as const;
    return { ...legacy, rules: [], capPerOrder: [], terms: [], rewards: null, asOf };
  }
  const { name, promise, rules, capPerOrder, terms, rewards = null } = planOf(row);
  return {
    id: row.plan_id,
    version: row.version,
    name,
    promise,
    percent: null,
    rules,
    capPerOrder,
    terms,
    rewards,
    asOf,
  };
}
