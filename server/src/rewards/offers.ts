import { requireTradingPartner } from "../channel/active-partner.ts";
import type { OfferedReward } from "../commission/reward-terms.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { planOf } from "../plans/plans.ts";
import { findAssignedPlan } from "../plans/rows/plans.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { as } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { beginFollowing } from "./progress.ts";
import { deleteFreeCodes } from "./rows/codes.ts";
import { insertOffer, listOffersOfPartner, mostOffers, updateOffer } from "./rows/offers.ts";
import type { RewardOfferRow } from "./rows/schema.ts";
import { type RewardOffer, requireOffer, shownOffer } from "./shown-offers.ts";

type World = Pick<Deps, "store" | "clock" | "config">;

/** What a partner is about to offer her customers for a renewal. */
export interface NewOffer {
  partner: string;
  /** What customers read. */
  title: string;
  /** Every product by default. */
  product?: string | undefined;
  /** From when on sales count; by default from when it is offered. Never earlier than that. */
  from?: Instant | undefined;
  /** Sales before it count. */
  until?: Instant | undefined;
  /** Points for each renewal. */
  points?: number | undefined;
  /** Points for each whole unit of currency that the renewal brought. */
  pointsPerUnit?: number | undefined;
  /** A coupon of the vendor's shop worth this much. */
  coupon?: { currency: string; amountMinor: number } | undefined;
}

const mostPoints = 10_000_000_000_000;

/**
 * Drafts an offer. Nothing is given by it until it is offered.
 *
 * @param options `isOffered` offers it at once: where that is refused there is no draft either
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `partner_suspended`, `product_unknown`, `request_invalid`,
 * `too_many_requests`; as `takeOfferStep` where it is offered at once
 */
export async function draftOffer(
  deps: World,
  asked: NewOffer,
  { isOffered = false }: { isOffered?: boolean } = {},
): Promise<RewardOffer> {
  const now = deps.clock();
  const what = readOffered(asked);
  const title = asked.title.trim();
  if (!/^\P{Cc}{1,200}$/u.test(title) || !title.isWellFormed())
    throw new Refusal("request_invalid", "A title has 1 to 200 characters on one line.");
  if (asked.product !== undefined && !deps.config.products.has(as.product(asked.product)))
    throw new Refusal("product_unknown", `There is no product ${asked.product}.`);
  if (asked.until !== undefined && asked.until <= (asked.from ?? now))
    throw new Refusal("request_invalid", "An offer ends after it begins, on a day to come.");
  const row: RewardOfferRow = {
    offer_id: `ro_${now.toString(36).padStart(9, "0")}${randomHex(8)}`,
    partner_id: as.partner(asked.partner),
    kind: what.kind,
    title,
    product: asked.product === undefined ? null : as.product(asked.product),
    points: what.kind === "points" && "points" in what ? what.points : null,
    points_per_unit: what.kind === "points" && "pointsPerUnit" in what ? what.pointsPerUnit : null,
    currency: what.kind === "coupon" ? what.currency : null,
    amount_minor: what.kind === "coupon" ? what.amountMinor : null,
    from_at: asked.from ?? null,
    until_at: asked.until ?? null,
    created_at: now,
    state: "draft",
    offered_at: null,
    ended_at: null,
    ended_note: null,
  };
  return deps.store.write(async (tx) => {
    await requireTradingPartner(tx, asked.partner);
    await lockName(tx, `rewards ${row.partner_id}`);
    if ((await listOffersOfPartner(tx, row.partner_id)).length >= mostOffers)
      throw new Refusal("too_many_requests", `A partner has ${mostOffers} offers at the most.`);
    await insertOffer(tx, row);
    nameSubject(row.offer_id);
    return shownOffer(tx, isOffered ? await takeStepOf(tx, row, { step: "offered" }, now) : row, now);
  });
}

function readOffered({ points, pointsPerUnit, coupon }: NewOffer): OfferedReward {
  if ([points, pointsPerUnit, coupon].filter((one) => one !== undefined).length !== 1)
    throw new Refusal(
      "request_invalid",
      "An offer is points for each renewal, points for each unit of its currency, or a coupon: one of them.",
    );
  const whole = (amount: number) => {
    if (Number.isSafeInteger(amount) && amount >= 1 && amount <= mostPoints) return amount;
    throw new Refusal("request_invalid", "Points and amounts are whole and more than zero.");
  };
  if (points !== undefined) return { kind: "points", points: whole(points) };
  if (pointsPerUnit !== undefined) return { kind: "points", pointsPerUnit: whole(pointsPerUnit) };
  const { currency = "", amountMinor = 0 } = coupon ?? {};
  if (!isCurrencyCode(currency))
    throw new Refusal("request_invalid", "A coupon's currency is an ISO 4217 code, such as EUR.");
  return { kind: "coupon", currency: as.currency(currency), amountMinor: whole(amountMinor) };
}

/** What is done with an offer: it is offered, or it ends. */
export type OfferStep = { step: "offered" } | { step: "ended"; note?: string | undefined };

/**
 * Offers what was drafted, or ends an offer: sales from then on earn nothing by it, and what was earned stays. A draft
 * that ends is discarded.
 *
 * @param owner the partner who does so; the vendor where it is left out
 * @throws {Refusal} `reward_offer_unknown`, `reward_offer_settled`; `reward_not_allowed` where the partner's plan allows no
 * such reward, or where another offer of hers for the same product holds at the same time
 */
export async function takeOfferStep(
  deps: World,
  id: string,
  taken: OfferStep,
  { owner }: { owner?: string | undefined } = {},
): Promise<RewardOffer> {
  const now = deps.clock();
  const note = taken.step === "ended" ? taken.note : undefined;
  if (note !== undefined && !/^\P{Cc}{1,1000}$/u.test(note))
    throw new Refusal("request_invalid", "A reason has 1 to 1000 characters on one line.");
  return deps.store.write(async (tx) => {
    const known = await requireOffer(tx, id, owner);
    nameSubject(id);
    await lockName(tx, `rewards ${known.partner_id}`);
    return shownOffer(tx, await takeStepOf(tx, await requireOffer(tx, id, owner), taken, now), now);
  });
}

/** Takes a step of an offer whose partner's rewards are locked. */
async function takeStepOf(
  tx: Tx,
  offer: RewardOfferRow,
  taken: OfferStep,
  now: Instant,
): Promise<RewardOfferRow> {
  if (offer.state === "ended" || (taken.step === "offered" && offer.state !== "draft"))
    throw new Refusal("reward_offer_settled", `Offer ${offer.offer_id} is ${offer.state}.`);
  const changed: RewardOfferRow =
    taken.step === "offered"
      ? { ...offer, state: "offered", offered_at: now }
      : { ...offer, state: "ended", ended_at: now, ended_note: taken.note ?? null };
  if (taken.step === "offered") {
    await requireTradingPartner(tx, offer.partner_id);
    await refuseUnallowed(tx, changed, now);
    await beginFollowing(tx, now);
  }
  // A draft that ends is discarded: it is in no list, and its codes are free for the next offer.
  if (taken.step === "ended" && offer.state === "draft") await deleteFreeCodes(tx, offer.offer_id);
  await updateOffer(tx, changed);
  return changed;
}

async function refuseUnallowed(tx: Tx, offer: RewardOfferRow, now: Instant): Promise<void> {
  if (offer.until_at !== null && offer.until_at <= now)
    throw new Refusal("reward_offer_settled", "Its last day has passed.");
  const plan = await findAssignedPlan(tx, { partner: offer.partner_id, at: now });
  const terms = plan === undefined ? undefined : planOf(plan).rewards;
  if (terms === undefined || !terms.kinds.includes(offer.kind))
    throw new Refusal(
      "reward_not_allowed",
      `The plan of ${offer.partner_id} allows no ${offer.kind === "coupon" ? "coupons" : "points"} for renewals.`,
    );
  const cap = terms.capPerRenewal.find(({ currency }) => currency === offer.currency);
  if (offer.kind === "coupon" && (cap === undefined || cap.amountMinor < (offer.amount_minor ?? 0)))
    throw new Refusal("reward_not_allowed", "The plan allows no coupon of that much.");
  const others = await listOffersOfPartner(tx, offer.partner_id);
  const other = others.find(
    (one) => one.offer_id !== offer.offer_id && one.product === offer.product && meet(one, offer),
  );
  if (other !== undefined)
    throw new Refusal(
      "reward_not_allowed",
      `Offer ${other.offer_id} for the same product holds at the same time: end it first.`,
    );
}

const meet = (one: RewardOfferRow, other: RewardOfferRow): boolean => {
  if (one.state !== "offered") return false;
  const a = spanOf(one);
  const b = spanOf(other);
  return a.from < b.until && b.from < a.until;
};

/** From when until when sales earn something by an offer that was offered once. */
const spanOf = ({ from_at, offered_at, until_at, ended_at }: RewardOfferRow) => ({
  from: Math.max(from_at ?? 0, offered_at ?? Number.POSITIVE_INFINITY),
  until: Math.min(until_at ?? Number.POSITIVE_INFINITY, ended_at ?? Number.POSITIVE_INFINITY),
});

/** The offer that held on the day of the sale: one for its product before one for every product, then the newest. */
export function offerFor(
  offers: readonly RewardOfferRow[],
  { product, occurred_at }: Pick<OrderRow, "product" | "occurred_at">,
): RewardOfferRow | undefined {
  const holding = offers.filter((offer) => {
    const { from, until } = spanOf(offer);
    const fits = offer.product === null || offer.product === product;
    return fits && occurred_at >= from && occurred_at < until;
  });
  return holding.find(({ product }) => product !== null) ?? holding[0];
}

/** What an offer gives. */
export function offeredBy({
  kind,
  points,
  points_per_unit,
  currency,
  amount_minor,
}: RewardOfferRow): OfferedReward {
  if (kind === "points")
    return points === null ? { kind, pointsPerUnit: points_per_unit ?? 0 } : { kind, points };
  if (currency === null || amount_minor === null) throw new Error("a coupon has an amount");
  return { kind, currency, amountMinor: amount_minor };
}
