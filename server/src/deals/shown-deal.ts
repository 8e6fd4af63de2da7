import type { Deps } from "../deps/deps.ts";
import { openIfSound, unopened } from "../secrets/seal.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import type { DealRow, DealState, DealStepRow } from "./rows/schema.ts";
import type { EarlierSeller } from "./sold-by-others.ts";

/** A deal as its partner sees it. Times are ISO 8601 in UTC. */
export interface PartnerDeal {
  deal: string;
  /** The address or the domain that was registered; `(cannot be opened)` where the row was changed by hand. */
  customer: string;
  product: string | null;
  territory: string | null;
  /** `over` is an accepted one whose protection has passed. */
  state: DealState | "over";
  registeredAt: string;
  /** By when the vendor says yes or no. */
  decideBy: string;
  protectedUntil: string | null;
  /** The newest reason that was given. */
  note: string | null;
}

/** A deal as the vendor sees it. */
export interface Deal extends PartnerDeal {
  partner: string;
  /** True while nobody has decided and the time for it has passed. */
  overdue: boolean;
  /** Others about the same customer and product: they are named to the vendor alone. */
  conflicts: { deal: string; partner: string; state: DealState }[];
  history: { step: DealStepRow["step"]; at: string; note: string | null; protectedUntil: string | null }[];
}

/** One deal as the vendor looks at it, or has just answered it, with the partners that sold to the customer before. */
export interface AnsweredDeal extends Deal {
  soldBy: EarlierSeller[];
}

/** A deal for its partner. */
export function partnerDealOf(
  { hashes }: Pick<Deps, "hashes">,
  row: DealRow,
  steps: readonly Omit<DealStepRow, "step_no">[],
  now: Instant,
): PartnerDeal {
  const isOver = row.state === "accepted" && row.protected_until !== null && row.protected_until < now;
  return {
    deal: row.deal_id,
    customer: openIfSound(row.customer_sealed, rowName(row.deal_id), hashes.dealKey) ?? unopened,
    product: row.product,
    territory: row.territory,
    state: isOver ? "over" : row.state,
    registeredAt: isoTime(row.registered_at),
    decideBy: isoTime(row.decide_by),
    protectedUntil: timeOf(row.protected_until),
    note: steps.findLast(({ note }) => note !== null)?.note ?? null,
  };
}

/** A deal for the vendor. */
export const dealOf = (
  deps: Pick<Deps, "hashes">,
  row: DealRow,
  { steps, others }: { steps: readonly Omit<DealStepRow, "step_no">[]; others: readonly DealRow[] },
  now: Instant,
): Deal => ({
  ...partnerDealOf(deps, row, steps, now),
  partner: row.partner_id,
  overdue: row.state === "registered" && row.decide_by < now,
  conflicts: others.map(({ deal_id, partner_id, state }) => ({ deal: deal_id, partner: partner_id, state })),
  history: steps.map(({ step, at, note, protected_until }) => ({
    step,
    at: isoTime(at),
    note,
    protectedUntil: timeOf(protected_until),
  })),
});

/** What ties a sealed customer to its row. */
export const rowName = (deal: string): Uint8Array => Buffer.from(`deal ${deal}`);

const timeOf = (at: Instant | null): string | null => (at === null ? null : isoTime(at));
