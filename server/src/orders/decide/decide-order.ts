import {
  type Considered,
  type Decision,
  decideAttribution,
  holdSuspended,
  weighSuspicions,
} from "../../attribution/decide.ts";
import type { EvidenceKind } from "../../attribution/evidence.ts";
import { isLate } from "../../attribution/strength.ts";
import type { Suspicion } from "../../attribution/suspicions.ts";
import { type Booking, settleBooks } from "../../books/book.ts";
import { creditsFor } from "../../commission/credits.ts";
import type { Config } from "../../config/config.ts";
import { findLossEvents } from "../../events/rows/events.ts";
import type { Credit } from "../../ledger/transfer.ts";
import type { Tx } from "../../store/store.ts";
import { addDays, type Instant } from "../../words/clock.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { SerialText } from "../../words/serial-text.ts";
import { findDecision, insertDecision, insertOrder, replaceOrder } from "../rows/orders.ts";
import type { DecisionRow, OrderRow } from "../rows/schema.ts";
import { holdForeignLoss } from "./foreign-loss.ts";
import { type FoundEvidence, findEvidence } from "./order-evidence.ts";
import { cycleOf, type FrozenPlan, payByPlan } from "./pay-by-plan.ts";
import { findTrustFacts, type TrustQuestion } from "./trust-facts.ts";
import type { DecidingDeps } from "./ways.ts";

/** An order after it was decided: `decision` is there when it was a new one. */
export interface DecidedOrder {
  order: OrderRow;
  decision?: Decision;
  /** The kind of evidence that won in the decision in force. */
  evidence: EvidenceKind | null;
  credits: readonly Credit[];
  bookings: readonly Booking[];
  /** The other orders of its subscription or licence, when it was decided. */
  related: readonly OrderRow[];
}

/** Why an order is decided now. Stands in the decision record. */
export type DecisionCause =
  | "sale"
  | "same_sale"
  | "earlier_sale"
  | "late_evidence"
  | "ruling"
  | "licence_check"
  | "before_release"
  | "earlier_refund"
  | "conflict_rule"
  | "loss";

/** The order to decide, with what is known of its past. `order.decision_seq` is 0 for a new one. */
export interface ToDecide {
  order: OrderRow;
  cause: DecisionCause;
  /** True for an order nobody has heard of before. */
  fresh: boolean;
  /** What the licence may be when it is read as a serial, where a sale has just told it. */
  serial?: SerialText | undefined;
}

/**
 * Decides an order on all that is known now, keeps the decision if it says something new, and books what follows
 * from it. Rates that were promised by an earlier decision stay.
 */
export async function decideOrder(
  tx: Tx,
  deps: DecidingDeps,
  { order, cause, fresh, serial }: ToDecide,
  now: Instant,
): Promise<DecidedOrder> {
  const { config } = deps;
  const found = await findEvidence(tx, deps, { order, serial });
  const losses = fresh ? [] : await findLossEvents(tx, order.order_key);
  const isShared = order.outcome === "held" && order.reason === "licence_shared";
  const hindsight = cause === "before_release" || isShared;
  const decision = holdForeignLoss(await decideWith(tx, deps, { order, found, hindsight }), order, losses);
  const seq = order.decision_seq;
  const previous = seq === 0 ? undefined : await findDecision(tx, order.order_key, seq);
  const { credits, plan } = await payFor(tx, { decision, order, found, previous });
  const changed = previous === undefined || saysOtherwise(decision, credits, previous);
  const decided: OrderRow = {
    ...order,
    cycle: cycleOf(order, found),
    product: found.product,
    licence_hash: found.licence,
    chain: plan === null ? null : plan.chain.map(({ partner }) => partner).join(" "),
    reason: decision.because,
    ...(changed ? outcomeOf(decision, credits, order, config, now) : {}),
  };
  await (seq === 0 ? insertOrder(tx, decided) : replaceOrder(tx, decided));
  const row = { order: decided, decision, credits, plan, cause };
  if (changed) await insertDecision(tx, decisionRow(row, config, now));
  const evidence = decision.outcome === "credited" ? decision.winner.kind : null;
  const { related, traces } = found;
  const books = { order: decided, credits, cause, evidence, fresh, losses, heard: traces.heard };
  const bookings = await settleBooks(tx, books, now);
  return { order: decided, evidence, credits, bookings, related, ...(changed ? { decision } : {}) };
}

/** Who earned an order, and whether that has to wait. What was released is past suspecting. */
export async function decideWith(
  tx: Tx,
  deps: DecidingDeps,
  { order, found, hindsight }: Omit<TrustQuestion, "decision">,
): Promise<Decision> {
  const { facts } = found;
  const { policy } = deps.config;
  const at = order.received_at;
  const decided = decideAttribution(facts, policy, at);
  if (decided.outcome !== "credited" || order.released_at !== null) return decided;
  const decision = holdSuspended(decided, at);
  if (decision.outcome !== "credited") return decision;
  const trust = await findTrustFacts(tx, deps, { order, found, decision, hindsight });
  return weighSuspicions(decision, { facts, trust, policy, at });
}

/** The credits that a stored decision froze. */
export const frozenCredits = (decision: Pick<DecisionRow, "credits">): Credit[] =>
  JSON.parse(decision.credits) as Credit[];

/** What a decision pays: by the plan that governs, else by the partner's own percentage. */
async function payFor(
  tx: Tx,
  about: { decision: Decision; order: OrderRow; found: FoundEvidence; previous: DecisionRow | undefined },
): Promise<{ credits: Credit[]; plan: FrozenPlan | null }> {
  const { decision, order, found, previous } = about;
  if (decision.outcome !== "credited") return { credits: [], plan: null };
  const { partner, winner } = decision;
  const planned = await payByPlan(tx, { order, partner, evidence: winner.kind, found, previous });
  if (planned !== undefined) return planned;
  const rateBp = promisedRate(partner, previous) ?? found.rates.get(partner) ?? 0;
  const credits = creditsFor({ partner, rateBp }, { netMinor: order.net_minor, currency: order.currency });
  return { credits, plan: null };
}

function promisedRate(partner: PartnerId, previous: DecisionRow | undefined): number | undefined {
  if (previous === undefined) return undefined;
  return frozenCredits(previous).find((credit) => credit.partner === partner)?.rateBp;
}

function saysOtherwise(decision: Decision, credits: readonly Credit[], previous: DecisionRow): boolean {
  return (
    decision.outcome !== previous.outcome ||
    decision.because !== previous.reason ||
    JSON.stringify(credits) !== previous.credits ||
    codesOf(suspicionsOf(decision)) !== codesOf(JSON.parse(previous.suspicions ?? "[]"))
  );
}

const suspicionsOf = (decision: Decision): readonly Suspicion[] =>
  decision.outcome === "unattributed" ? [] : (decision.suspicions ?? []);

/** Which suspicions there are: their figures may change without a new decision. */
const codesOf = (suspicions: readonly Suspicion[]): string => suspicions.map(({ code }) => code).join();

/** The order's columns that repeat its newest decision. */
function outcomeOf(
  decision: Decision,
  credits: readonly Credit[],
  order: OrderRow,
  config: Config,
  now: Instant,
) {
  const earns = credits.some((credit) => credit.amountMinor > 0);
  const releaseAt = releaseOf(decision, order, config, now);
  const released = order.released_at ?? (earns && releaseAt <= now ? now : null);
  return {
    decision_seq: order.decision_seq + 1,
    outcome: decision.outcome,
    partner_id: decision.outcome === "credited" ? decision.partner : null,
    reason: decision.because,
    release_at: earns && released === null ? releaseAt : null,
    released_at: released,
  };
}

/**
 * When what is credited becomes payable. The hold runs from the purchase, or from the decision where the evidence came
 * later: nothing that is claimed for an old order is payable at once. It does not begin anew for the same partner.
 */
function releaseOf(decision: Decision, order: OrderRow, { holdDays }: Config, now: Instant): Instant {
  const { received_at, release_at, partner_id } = order;
  if (decision.outcome !== "credited" || !isLate(decision.winner, received_at))
    return addDays(received_at, holdDays);
  return release_at !== null && partner_id === decision.partner ? release_at : addDays(now, holdDays);
}

interface Decided {
  order: OrderRow;
  decision: Decision;
  credits: readonly Credit[];
  plan: FrozenPlan | null;
  cause: DecisionCause;
}

function decisionRow(
  { order, decision, credits, plan, cause }: Decided,
  config: Config,
  now: Instant,
): DecisionRow {
  const winner = decision.outcome === "credited" ? decision.winner : undefined;
  return {
    order_key: order.order_key,
    seq: order.decision_seq,
    outcome: decision.outcome,
    partner_id: order.partner_id,
    reason: decision.because,
    evidence_kind: winner?.kind ?? null,
    evidence_route: winner?.route ?? null,
    evidence: JSON.stringify(decision.evidence.map(recordOf)),
    credits: JSON.stringify(credits),
    plan: plan === null ? null : JSON.stringify(plan),
    policy: policyText(config),
    suspicions: suspicionsOf(decision).length === 0 ? null : JSON.stringify(suspicionsOf(decision)),
    cause,
    decided_at: now,
    seal: null,
  };
}

/** A considered piece of evidence as the record keeps it: the partner's address is nobody's business there. */
function recordOf({
  partnerEmail: _,
  partnerEmailDomain: _d,
  partnerAlias: _a,
  partnerSite: _s,
  ...kept
}: Considered) {
  return kept;
}

const policyTexts = new WeakMap<Config, string>();

function policyText(config: Config): string {
  let text = policyTexts.get(config);
  if (text === undefined) {
    const { policy, referenceDays, holdDays } = config;
    text = JSON.stringify({ ...policy, referenceDays, holdDays });
    policyTexts.set(config, text);
  }
  return text;
}
