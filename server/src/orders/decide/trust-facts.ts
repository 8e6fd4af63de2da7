import type { Decision } from "../../attribution/decide.ts";
import type { TrustFacts } from "../../attribution/suspicions.ts";
import type { Tx } from "../../store/store.ts";
import { as, type PartnerId } from "../../words/ids.ts";
import { sharedSince } from "../../words/shared-reference.ts";
import type { OrderRow } from "../rows/schema.ts";
import { isEarlier } from "./is-earlier.ts";
import type { FoundEvidence } from "./order-evidence.ts";
import type { DecidingDeps } from "./ways.ts";

const dayMilliseconds = 86_400_000;

/** The credit that is looked at. */
export interface TrustQuestion {
  order: OrderRow;
  found: FoundEvidence;
  decision: Decision;
  /** Whether buyers of the licence after this order count too: what is learnt before a credit is released. */
  hindsight: boolean;
}

/**
 * What is known of the world around a credit: who else bought the licence or used the click, and how many licences
 * the partner claimed. The database is asked only where the winner is a copy's claim or
 * a registered address; and before a release, for whoever else is paid.
 */
export async function findTrustFacts(
  tx: Tx,
  { ways, config }: DecidingDeps,
  { order, found, decision, hindsight }: TrustQuestion,
): Promise<TrustFacts> {
  const { licence, product, earlier, traces } = found;
  const others = found.related.filter((one) => !isSameSubscription(one, order));
  const before = others.filter((one) => isEarlier(one, order));
  const known = hindsight ? others : before;
  const ofLicence = known.filter((one) => licence !== null && one.licence_hash === licence);
  const click = order.reference === null || isOfManyClicks(order) ? undefined : order.reference;
  const ofReference = before.filter((one) => click !== undefined && one.reference === click);
  const referenceBuyers = otherBuyers(ofReference, order).size + unknownBuyers(ofReference, order);
  const facts: TrustFacts = {
    earlier: earlier.map(({ order: { partner_id: whose, occurred_at: its } }) => ({
      partner: whose === null ? null : (found.heirs.get(whose) ?? whose),
      at: its,
    })),
    ...(otherBuyers(ofLicence, order).size === 0 ? {} : { licenceBuyers: buyersOf(ofLicence, order) }),
    ...(referenceBuyers === 0 ? {} : { referenceBuyers }),
  };
  if (decision.outcome !== "credited") return facts;
  const { winner } = decision;
  if (hindsight && (await ways.findPayee(tx, buyerAndPayees(order, decision.partner, config))))
    facts.buyerIsPaid = true;
  if (winner.kind === "email") {
    const { partner } = decision;
    return { ...facts, ...(await ways.findAddresses(tx, { partner, before: order.occurred_at })) };
  }
  if (winner.kind !== "token" || winner.route !== "licence_binding") return facts;
  const asked = traces.checked ? licence : null;
  const { partner } = decision;
  return {
    ...facts,
    ...(await ways.findClaim(tx, { partner, madeAt: winner.seenAt, licence: asked, product })),
  };
}

/** Who bought an order, and who is paid for it. */
export function buyerAndPayees(
  order: OrderRow,
  partner: PartnerId,
  { policy }: DecidingDeps["config"],
): Parameters<DecidingDeps["ways"]["findPayee"]>[1] {
  const isByDomain = policy.selfPurchaseByDomain;
  return {
    payees: order.chain === null ? [partner] : order.chain.split(" ").map(as.partner),
    email: order.email_hash,
    alias: order.email_alias_hash,
    domain: isByDomain ? order.email_domain_hash : null,
    site: isByDomain ? order.email_site_hash : null,
  };
}

/** Many clicked within an hour, and buy within a day: whoever buys by it later was handed that checkout. */
function isOfManyClicks({ reference, occurred_at }: OrderRow): boolean {
  const since = sharedSince(reference ?? "");
  return since !== undefined && occurred_at - since < dayMilliseconds;
}

const isSameSubscription = (one: OrderRow, other: OrderRow): boolean =>
  one.subscription_id !== null && one.shop === other.shop && one.subscription_id === other.subscription_id;

/** Who bought: colleagues at one domain are one buyer. Null where the shop tells no address. */
const buyerOf = ({ email_site_hash, email_domain_hash, email_alias_hash, email_hash }: OrderRow) =>
  email_site_hash ?? email_domain_hash ?? email_alias_hash ?? email_hash;

function otherBuyers(orders: readonly OrderRow[], own: OrderRow): Set<string> {
  const buyers = new Set<string>();
  const self = buyerOf(own);
  if (self === null) return buyers;
  for (const one of orders) {
    const buyer = buyerOf(one);
    if (buyer !== null && buyer !== self) buyers.add(buyer);
  }
  return buyers;
}

/** Whoever follows a link once may buy a few times. */
const purchasesOfOne = 6;

/** Purchases whose buyer the shop does not tell, or cannot be told from this one's: more than one person makes. */
function unknownBuyers(orders: readonly OrderRow[], own: OrderRow): number {
  const unknown = orders.filter((one) => buyerOf(own) === null || buyerOf(one) === null).length;
  return unknown < purchasesOfOne ? 0 : unknown;
}

function buyersOf(orders: readonly OrderRow[], own: OrderRow): NonNullable<TrustFacts["licenceBuyers"]> {
  const others = otherBuyers(orders, own);
  const gaps = orders
    .filter((one) => others.has(buyerOf(one) ?? ""))
    .map((one) => Math.abs(own.occurred_at - one.occurred_at));
  return { others: others.size, nearestDays: Math.floor(Math.min(...gaps, Infinity) / dayMilliseconds) };
}
