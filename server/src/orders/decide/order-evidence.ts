import type { PartnerPlace } from "../../attribution/conflict-rule.ts";
import type { AttributionFacts, Evidence } from "../../attribution/evidence.ts";
import { findPartnerPlace } from "../../channel/rows/agreements.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type LicenceHash, type PartnerId } from "../../words/ids.ts";
import { lockLicence } from "../record/order-names.ts";
import { findDecision, findOrdersOfReference } from "../rows/orders.ts";
import type { OrderRow } from "../rows/schema.ts";
import { findTraces, type Traces } from "../rows/traces.ts";
import type { EarlierOrder, EvidenceQuestion } from "./evidence-source.ts";
import { asMerged } from "./merged-evidence.ts";
import { earlierOf, findLosses, findRelatedOrders } from "./related-orders.ts";
import { findRenewalRight } from "./renewal-right.ts";
import type { DecidingDeps } from "./ways.ts";

/** What was found out about an order. */
export interface FoundEvidence {
  facts: AttributionFacts;
  /** The licence and product of the order, which its click may tell where the shop does not. */
  licence: LicenceHash | null;
  product: OrderRow["product"];
  /** The commission rates in force of the partners in the evidence, in basis points. */
  rates: ReadonlyMap<PartnerId, number>;
  /** A purchase before it, or the link that led to it, shows that there was a copy already. */
  renews: boolean;
  /** The other orders of the same subscription, licence or click, whenever they came. */
  related: readonly OrderRow[];
  /** Those of the same subscription or licence that were made before, the nearest first. */
  earlier: readonly EarlierOrder[];
  /** All of these, also where a licence has hundreds. */
  before: readonly EarlierOrder[];
  traces: Traces;
  /** Partners in the evidence that had been merged into another, and into which. */
  heirs: ReadonlyMap<PartnerId, PartnerId>;
}

/** Gathers all evidence on who sold the copy an order is for: of its own click, its licence, and its earlier orders. */
export async function findEvidence(
  tx: Tx,
  { ways, config: { referenceDays, policy } }: DecidingDeps,
  { order, serial }: Pick<EvidenceQuestion, "order" | "serial">,
): Promise<FoundEvidence> {
  const click = order.reference === null ? undefined : await ways.findClick(tx, order.reference);
  const licence = order.licence_hash ?? click?.licence_hash ?? null;
  const product = order.product ?? click?.product ?? null;
  if (licence !== null) await lockLicence(tx, licence, order.order_key);
  const { email_hash, reference, order_key } = order;
  const traces = await findTraces(tx, { licence_hash: licence, email_hash, reference, order_key });
  const related = await findRelatedOrders(tx, order, traces.ordered ? licence : null);
  const before = earlierOf(related, order, await findLosses(tx, order, related, licence));
  const earlier = nearestAndFirst(before);
  const licences = await licencesOf(tx, { licence, traces }, earlier);
  const question: EvidenceQuestion = {
    order,
    click,
    referenceDays,
    licences,
    buyerIsRegistered: traces.registered,
    hasDeals: traces.dealt,
    product,
    earlier,
    serial,
  };
  const evidence: Evidence[] = [];
  const rates = new Map<PartnerId, number>();
  const heirs = new Map<PartnerId, PartnerId>();
  for (const findIn of ways.sources)
    for (const piece of await findIn(tx, question)) {
      const counted = await asMerged(tx, piece, { at: order.received_at, heirs });
      evidence.push(counted.evidence);
      if (counted.evidence.partner !== null) rates.set(counted.evidence.partner, counted.rateBp);
    }
  const findTerms = async () =>
    // Only a copy that is bound told any, and few purchases are of one.
    licence === null || product === null || !(traces.bound || traces.activated)
      ? []
      : ways.findTerms(tx, { licence, product });
  const right = await findRenewalRight(tx, { order, earlier, findTerms });
  const facts: AttributionFacts = {
    ...(right === undefined
      ? {}
      : { right: { ...right, partner: heirs.get(right.partner) ?? right.partner } }),
    unknownReference: order.reference !== null && click === undefined,
    evidence,
    ...(order.country === null ? {} : { country: order.country }),
    ...(policy.rules === undefined ? {} : { places: await findPlaces(tx, evidence, order.occurred_at) }),
    ...(product === null ? {} : { product }),
    ...buyerOf(order),
    ...(await foundBefore(tx, order)),
    ...firstCreditOf(before, heirs),
  };
  const ofProduct = before.some(({ order: { product: its } }) => its === null || its === product);
  const renews = ofProduct || (click?.licence_hash ?? null) !== null;
  const others = new Map(related.map((one) => [one.order.order_key, one.order]));
  if (traces.referenced && reference !== null)
    for (const one of await findOrdersOfReference(tx, reference)) others.set(one.order_key, one);
  others.delete(order_key);
  return {
    facts,
    licence,
    product,
    rates,
    renews,
    related: [...others.values()],
    earlier,
    before,
    traces,
    heirs,
  };
}

/** No honest order has evidence of more partners; a bound keeps a hostile one cheap. */
const mostPlaces = 20;

/** What rules on conflicts read of the partners in some evidence, on the day of the sale; nothing where it is only one. */
export async function findPlaces(
  tx: Tx,
  evidence: readonly Pick<Evidence, "partner">[],
  at: Instant,
): Promise<ReadonlyMap<PartnerId, PartnerPlace>> {
  const partners = [...new Set(evidence.flatMap(({ partner }) => (partner === null ? [] : [partner])))];
  const places = new Map<PartnerId, PartnerPlace>();
  if (partners.length < 2) return places;
  for (const partner of partners.sort().slice(0, mostPlaces)) {
    const row = await findPartnerPlace(tx, partner, at);
    if (row !== undefined)
      places.set(partner, { kind: row.kind, territories: row.territories?.split(",") ?? null });
  }
  return places;
}

/** A copy has few purchases; of a licence that has hundreds the nearest and the first say enough. */
const nearestAtMost = 10;
const firstAtMost = 5;

const nearestAndFirst = (earlier: readonly EarlierOrder[]): readonly EarlierOrder[] =>
  earlier.length <= nearestAtMost + firstAtMost
    ? earlier
    : [...earlier.slice(0, nearestAtMost), ...earlier.slice(-firstAtMost)];

const buyerOf = (order: OrderRow) => ({
  ...(order.email_hash === null ? {} : { buyerEmail: order.email_hash }),
  ...(order.email_domain_hash === null ? {} : { buyerEmailDomain: order.email_domain_hash }),
  ...(order.email_alias_hash === null ? {} : { buyerAlias: order.email_alias_hash }),
  ...(order.email_site_hash === null ? {} : { buyerSite: order.email_site_hash }),
});

/**
 * What is known of a buyer that had its address erased: whose own purchase it was, and whether its address looked like
 * another spelling of the partner's. Or a partner would buy, erase itself, and be credited for what it bought.
 */
async function foundBefore(tx: Tx, order: OrderRow): Promise<Pick<AttributionFacts, "foundBefore">> {
  if (order.email_hash !== null || order.decision_seq === 0) return {};
  const before = await findDecision(tx, order.order_key, order.decision_seq);
  if (before === undefined) return {};
  const considered = JSON.parse(before.evidence) as { partner: PartnerId | null; reason?: string | null }[];
  const selfBuyers = considered.flatMap(({ partner, reason }) =>
    partner !== null && /^self_purchase/.test(reason ?? "") ? [partner] : [],
  );
  const suspected = JSON.parse(before.suspicions ?? "[]") as { code: string }[];
  const isAlias = suspected.some(({ code }) => code === "self_purchase_alias");
  return selfBuyers.length === 0 && !isAlias ? {} : { foundBefore: { selfBuyers, isAlias } };
}

/** Whom the first purchase that was credited, and not paid back whole, was credited to. */
function firstCreditOf(
  earlier: readonly EarlierOrder[],
  heirs: ReadonlyMap<PartnerId, PartnerId>,
): Pick<AttributionFacts, "firstCredit"> {
  const first = earlier.findLast(
    ({ order, lost }) => order.outcome === "credited" && order.partner_id !== null && lost < 1,
  )?.order;
  if (first === undefined || first.partner_id === null) return {};
  const { partner_id: partner, received_at: at } = first;
  return { firstCredit: { partner: heirs.get(partner) ?? partner, at } };
}

const licenceAlone = (licence_hash: LicenceHash) =>
  ({ licence_hash, email_hash: null, reference: null, order_key: as.order("") }) as const;

async function licencesOf(
  tx: Tx,
  own: { licence: LicenceHash | null; traces: Traces },
  earlier: readonly EarlierOrder[],
): Promise<Map<LicenceHash, Traces>> {
  const licences = new Map<LicenceHash, Traces>();
  if (own.licence !== null) licences.set(own.licence, own.traces);
  for (const { licence_hash } of earlier.map((one) => one.order))
    if (licence_hash !== null && !licences.has(licence_hash))
      licences.set(licence_hash, await findTraces(tx, licenceAlone(licence_hash)));
  return licences;
}
