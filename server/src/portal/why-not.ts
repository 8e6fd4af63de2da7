import type { Considered } from "../attribution/decide.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import type { Deps } from "../deps/deps.ts";
import { findLink } from "../events/rows/events.ts";
import { findOrdersBy } from "../orders/explain/find-orders.ts";
import { explainPartnerOrder } from "../orders/explain/partner-orders.ts";
import { findDecision, findOrder } from "../orders/rows/orders.ts";
import { type SerialRecord, showSerial } from "../serials/batches.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

/** Something of the partner's own that an order was decided with, and why it did not count. */
export interface OwnEvidence {
  kind: string;
  reason: string;
  /** ISO 8601 in UTC. */
  seenAt: string;
}

/** What is said of a number or a serial. */
export type WhyNot =
  | { outcome: "counts"; shop: string; order: string }
  /** Something of the partner's own was seen, and its own state alone is why it did not count. */
  | { outcome: "own_evidence"; evidence: OwnEvidence[] }
  | { outcome: "own_serial"; batch: string; isRevoked: boolean }
  /** The agreement shares no order numbers, so nothing is said of one that does not count. */
  | { outcome: "not_shared" }
  /** One answer for an order that is not there, for others' orders, and for those where other evidence was stronger. */
  | { outcome: "not_yours" };

/**
 * Reasons that lie in the evidence itself. All others are about what somebody else has: telling them would tell of
 * another partner.
 */
export const ownReasons: ReadonlySet<string> = new Set([
  "outside_window",
  "revoked",
  "key_revoked",
  "partner_ended",
  "self_purchase",
  "self_purchase_domain",
  "after_purchase",
  "product_mismatch",
  "coupon_other_product",
  "coupon_ended",
  "coupon_not_yet_valid",
  "coupon_expired",
  "reference_expired",
  "kind_not_used",
]);

/** Says why an order does not count for a partner, by any number that its shop gave it, or by a serial of the copy. */
export async function explainWhyNot(deps: Deps, partner: PartnerId, text: string): Promise<WhyNot> {
  const asked = text.trim();
  const serial = (await serialsOf(deps, asked)).find((record) => record.partner === partner);
  const counted = await findCounted(deps, partner, asked);
  if (counted !== undefined) return { outcome: "counts", ...counted };
  const evidence = await deps.store.read((tx) => findOwnEvidence(tx, deps, partner, asked));
  if (evidence.length > 0) return { outcome: "own_evidence", evidence };
  if (serial !== undefined)
    return { outcome: "own_serial", batch: serial.batch, isRevoked: serial.revokedAt !== null };
  const { sharing } = await deps.store.read((tx) => readAgreement(tx, partner, deps.clock()));
  return { outcome: sharing === "none" ? "not_shared" : "not_yours" };
}

async function serialsOf(deps: Deps, text: string): Promise<SerialRecord[]> {
  try {
    return await showSerial(deps, text);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** An order that the partner's own projection shows, by number in any shop or by a serial. */
async function findCounted(
  deps: Deps,
  partner: PartnerId,
  text: string,
): Promise<{ shop: string; order: string } | undefined> {
  const bySerial = await findOrdersBy(deps, { serial: text });
  const byNumber = [...deps.config.shops.keys()].map((shop) => ({ shop: String(shop), order: text }));
  for (const { shop, order } of [...byNumber, ...bySerial.map(({ shop, order }) => ({ shop, order }))]) {
    const record = await explainPartnerOrder(deps, partner, { shop, order }).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    if (record !== undefined) return { shop, order: record.transaction?.shopOrder ?? order };
  }
  return undefined;
}

async function findOwnEvidence(
  tx: Tx,
  { config, clock }: Pick<Deps, "config" | "clock">,
  partner: PartnerId,
  number: string,
): Promise<OwnEvidence[]> {
  const { sharing } = await readAgreement(tx, partner, clock());
  if (sharing === "none") return [];
  for (const shop of config.shops.keys()) {
    const key = await findLink(tx, as.shop(shop), number);
    const order = key === undefined ? undefined : await findOrder(tx, key);
    if (order === undefined) continue;
    const decision = await findDecision(tx, order.order_key, order.decision_seq);
    const all = decision === undefined ? [] : (JSON.parse(decision.evidence) as Considered[]);
    const own = all.filter((one) => one.partner === partner);
    // Only where each piece fell by itself: one that lost to another's would tell that there is another.
    if (own.length > 0 && own.every(({ reason }) => ownReasons.has(reason)))
      return own.map(({ kind, reason, seenAt }) => ({ kind, reason, seenAt: isoTime(seenAt) }));
  }
  return [];
}
