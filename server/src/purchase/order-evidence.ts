import type { AttributionFacts, Evidence, EvidenceRoute } from "../attribution/evidence.ts";
import { addDays } from "../clock.ts";
import type { LicenceHash, PartnerId } from "../ids.ts";
import { findClick } from "../store/queries/clicks.ts";
import { findOrdersOfLicence, findOrdersOfSubscription } from "../store/queries/orders.ts";
import { findBindings } from "../store/queries/registrations.ts";
import type { OrderRow } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";
import { lockLicence } from "./order-names.ts";

/** What was found out about an order. */
export interface FoundEvidence {
  facts: AttributionFacts;
  /** The licence and product of the order, which its click may tell where the shop does not. */
  licence: LicenceHash | null;
  product: OrderRow["product"];
  /** The commission rates in force of the partners in the evidence, in basis points. */
  rates: ReadonlyMap<PartnerId, number>;
  /** The other orders of the same subscription or licence, whenever they came. */
  related: readonly OrderRow[];
}

type Click = NonNullable<Awaited<ReturnType<typeof findClick>>>;
type Binding = Awaited<ReturnType<typeof findBindings>>[number];

/** Gathers all evidence on who sold the copy an order is for: of its own click, its licence, and its earlier orders. */
export async function findEvidence(tx: Tx, order: OrderRow, referenceDays: number): Promise<FoundEvidence> {
  const click = order.reference === null ? undefined : await findClick(tx, order.reference);
  const licence = order.licence_hash ?? click?.licence_hash ?? null;
  const product = order.product ?? click?.product ?? null;
  const rates = new Map<PartnerId, number>();
  const evidence: Evidence[] = [];
  const note = (one: Evidence, rateBp: number) => {
    evidence.push(one);
    rates.set(one.partner, rateBp);
  };
  if (click !== undefined)
    note(
      { ...clickEvidence(click, "click_reference"), endsAt: addDays(click.clicked_at, referenceDays) },
      click.partner_rate_bp,
    );
  const licences = new Set<LicenceHash>();
  if (licence !== null) {
    await lockLicence(tx, licence, order.order_key);
    licences.add(licence);
  }
  const related = await findRelatedOrders(tx, order, licence);
  for (const { other: earlier, route } of related) {
    if (!isEarlier(earlier, order)) continue;
    if (earlier.licence_hash !== null) licences.add(earlier.licence_hash);
    if (earlier.reference === null || earlier.reference === order.reference) continue;
    const found = await findClick(tx, earlier.reference);
    if (found !== undefined) note(clickEvidence(found, route), found.partner_rate_bp);
  }
  for (const one of licences)
    for (const binding of await findBindings(tx, one))
      note(bindingEvidence(binding), binding.partner_rate_bp);
  const facts: AttributionFacts = {
    unknownReference: order.reference !== null && click === undefined,
    evidence,
    ...(product === null ? {} : { product }),
    ...(order.email_hash === null ? {} : { buyerEmail: order.email_hash }),
  };
  return { facts, licence, product, rates, related: related.map(({ other }) => other) };
}

/** The other orders of the same subscription or licence, each once, with what they have in common with this one. */
async function findRelatedOrders(tx: Tx, order: OrderRow, licence: LicenceHash | null) {
  const found = new Map<string, { other: OrderRow; route: EvidenceRoute }>();
  if (order.subscription_id !== null)
    for (const other of await findOrdersOfSubscription(tx, order.shop, order.subscription_id))
      found.set(other.order_key, { other, route: "subscription" });
  if (licence !== null)
    for (const other of await findOrdersOfLicence(tx, licence))
      if (!found.has(other.order_key)) found.set(other.order_key, { other, route: "earlier_purchase" });
  found.delete(order.order_key);
  return [...found.values()];
}

/** Whether an order came before another, by the shop's time and then by name: the same whatever came in first. */
export function isEarlier(a: OrderRow, b: OrderRow): boolean {
  if (a.order_key === b.order_key) return false;
  return a.occurred_at < b.occurred_at || (a.occurred_at === b.occurred_at && a.order_id < b.order_id);
}

const clickEvidence = (click: Click, route: EvidenceRoute): Evidence => ({
  kind: "token",
  route,
  partner: click.partner_id,
  seenAt: click.clicked_at,
  windowFrom: click.token_issued_at,
  product: click.product,
  token: click.jti,
  ...standing(click),
});

const bindingEvidence = (binding: Binding): Evidence => ({
  kind: "token",
  route: "licence_binding",
  partner: binding.partner_id,
  seenAt: binding.bound_at,
  windowFrom: binding.bound_at,
  product: binding.product,
  token: binding.jti,
  ...standing(binding),
});

const standing = (row: Click | Binding) => ({
  partnerActive: row.partner_status === "active",
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  ...(row.partner_email === null ? {} : { partnerEmail: row.partner_email }),
});
