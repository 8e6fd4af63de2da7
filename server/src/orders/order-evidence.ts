import type { AttributionFacts, Evidence } from "../attribution/evidence.ts";
import type { Tx } from "../store/store.ts";
import type { LicenceHash, PartnerId } from "../words/ids.ts";
import type { EarlierOrder, EvidenceQuestion } from "./evidence-source.ts";
import { lockLicence } from "./order-names.ts";
import { earlierOf, findRelatedOrders } from "./related-orders.ts";
import type { OrderRow } from "./rows/schema.ts";
import { findTraces, type Traces } from "./rows/traces.ts";
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
  /** The other orders of the same subscription or licence, whenever they came. */
  related: readonly OrderRow[];
}

/** Gathers all evidence on who sold the copy an order is for: of its own click, its licence, and its earlier orders. */
export async function findEvidence(
  tx: Tx,
  { ways, config: { referenceDays } }: DecidingDeps,
  { order, serial }: Pick<EvidenceQuestion, "order" | "serial">,
): Promise<FoundEvidence> {
  const click = order.reference === null ? undefined : await ways.findClick(tx, order.reference);
  const licence = order.licence_hash ?? click?.licence_hash ?? null;
  const product = order.product ?? click?.product ?? null;
  if (licence !== null) await lockLicence(tx, licence, order.order_key);
  const traces = await findTraces(tx, { licence_hash: licence, email_hash: order.email_hash });
  const related = await findRelatedOrders(tx, order, traces.ordered ? licence : null);
  const earlier = earlierOf(related, order);
  const licences = await licencesOf(tx, { licence, traces }, earlier);
  const question: EvidenceQuestion = {
    order,
    click,
    referenceDays,
    licences,
    buyerIsRegistered: traces.registered,
    product,
    earlier,
    serial,
  };
  const evidence: Evidence[] = [];
  const rates = new Map<PartnerId, number>();
  for (const findIn of ways.sources)
    for (const piece of await findIn(tx, question)) {
      evidence.push(piece.evidence);
      if (piece.evidence.partner !== null) rates.set(piece.evidence.partner, piece.rateBp);
    }
  const facts: AttributionFacts = {
    unknownReference: order.reference !== null && click === undefined,
    evidence,
    ...(product === null ? {} : { product }),
    ...(order.email_hash === null ? {} : { buyerEmail: order.email_hash }),
    ...(order.email_domain_hash === null ? {} : { buyerEmailDomain: order.email_domain_hash }),
  };
  const ofProduct = earlier.some(({ order: { product: its } }) => its === null || its === product);
  const renews = ofProduct || (click?.licence_hash ?? null) !== null;
  return { facts, licence, product, rates, renews, related: related.map((one) => one.order) };
}

async function licencesOf(
  tx: Tx,
  own: { licence: LicenceHash | null; traces: Traces },
  earlier: readonly EarlierOrder[],
): Promise<Map<LicenceHash, Traces>> {
  const licences = new Map<LicenceHash, Traces>();
  if (own.licence !== null) licences.set(own.licence, own.traces);
  for (const { licence_hash } of earlier.map((one) => one.order))
    if (licence_hash !== null && !licences.has(licence_hash))
      licences.set(licence_hash, await findTraces(tx, { licence_hash, email_hash: null }));
  return licences;
}
