import { requirePartner } from "../channel/active-partner.ts";
import type { RewardKind } from "../commission/reward-terms.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { countFreeCodes } from "./rows/codes.ts";
import { findOffer, listOfferRows } from "./rows/offers.ts";
import type { OfferState, RewardOfferRow } from "./rows/schema.ts";

/** An offer as it is shown. Times are ISO 8601 in UTC. */
export interface RewardOffer {
  offer: string;
  partner: string;
  kind: RewardKind;
  title: string;
  /** Null for every product. */
  product: string | null;
  points: number | null;
  pointsPerUnit: number | null;
  coupon: { currency: string; amountMinor: number } | null;
  from: string | null;
  until: string | null;
  /** `over` once its last day has passed. */
  state: OfferState | "over";
  offeredAt: string | null;
  endedAt: string | null;
  note: string | null;
  /** Codes that no customer has yet; null of points. */
  codesLeft: number | null;
}

/** Which offers to list. */
export interface OfferFilter {
  partner?: string | undefined;
  limit?: number | undefined;
  /** The `next` of an earlier page. */
  after?: string | undefined;
}

/** A page of offers, the newest first. */
export async function listOffers(
  deps: Pick<Deps, "store" | "clock">,
  { partner, limit, after = "ro_~" }: OfferFilter = {},
): Promise<{ offers: RewardOffer[]; next: string | null }> {
  if (!/^ro_[a-z0-9~]{1,40}$/.test(after)) refuseCursor();
  const now = deps.clock();
  const rows = rowsOfPage(limit);
  return deps.store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    const of: PartnerId | undefined = partner === undefined ? undefined : as.partner(partner);
    const found = await listOfferRows(tx, { before: after, limit: rows + 1 }, of);
    const { shown, next } = cutPage(found, rows, ({ offer_id }) => offer_id);
    const offers: RewardOffer[] = [];
    for (const row of shown) offers.push(await shownOffer(tx, row, now));
    return { offers, next };
  });
}

/** An offer as it is shown. */
export async function shownOffer(tx: Tx, row: RewardOfferRow, now: Instant): Promise<RewardOffer> {
  const isOver = row.state === "offered" && row.until_at !== null && row.until_at <= now;
  return {
    offer: row.offer_id,
    partner: row.partner_id,
    kind: row.kind,
    title: row.title,
    product: row.product,
    points: row.points,
    pointsPerUnit: row.points_per_unit,
    coupon:
      row.currency === null || row.amount_minor === null
        ? null
        : { currency: row.currency, amountMinor: row.amount_minor },
    from: timeOf(row.from_at),
    until: timeOf(row.until_at),
    state: isOver ? "over" : row.state,
    offeredAt: timeOf(row.offered_at),
    endedAt: timeOf(row.ended_at),
    note: row.ended_note,
    codesLeft: row.kind === "coupon" ? await countFreeCodes(tx, row.offer_id) : null,
  };
}

const timeOf = (at: Instant | null): string | null => (at === null ? null : isoTime(at));

/**
 * One offer, the partner's own where one is named.
 *
 * @throws {Refusal} `reward_offer_unknown`
 */
export const showOffer = (
  { store, clock }: Pick<Deps, "store" | "clock">,
  id: string,
  { owner }: { owner?: string | undefined } = {},
): Promise<RewardOffer> =>
  store.read(async (tx) => shownOffer(tx, await requireOffer(tx, id, owner), clock()));

/**
 * An offer, the partner's own where one is named: another's is as one that is not there.
 *
 * @throws {Refusal} `reward_offer_unknown`
 */
export async function requireOffer(tx: Tx, id: string, owner?: string): Promise<RewardOfferRow> {
  const offer = await findOffer(tx, id);
  if (offer === undefined || (owner !== undefined && offer.partner_id !== owner))
    throw new Refusal("reward_offer_unknown", `There is no offer ${id}.`);
  return offer;
}
