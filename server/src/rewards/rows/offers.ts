import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { PartnerId } from "../../words/ids.ts";
import type { RewardOfferRow } from "./schema.ts";

const offerColumns = columnsOf<RewardOfferRow>({
  offer_id: true,
  partner_id: true,
  kind: true,
  title: true,
  product: true,
  points: true,
  points_per_unit: true,
  currency: true,
  amount_minor: true,
  from_at: true,
  until_at: true,
  created_at: true,
  state: true,
  offered_at: true,
  ended_at: true,
  ended_note: true,
});

const insertQuery = query<RewardOfferRow>()((db, p) =>
  db.insertInto("reward_offers").values(valuesOf(offerColumns, p)),
);

/** Keeps a new offer. */
export const insertOffer = (tx: Tx, offer: RewardOfferRow) => tx.run(insertQuery, offer);

const updateQuery = query<
  Pick<RewardOfferRow, "offer_id" | "state" | "offered_at" | "ended_at" | "ended_note">
>()((db, p) =>
  db
    .updateTable("reward_offers")
    .set({
      state: p.state,
      offered_at: p.offered_at,
      ended_at: p.ended_at,
      ended_note: p.ended_note,
    })
    .where("offer_id", "=", p.offer_id),
);

/** Brings an offer's state up to what was done with it. */
export const updateOffer = (tx: Tx, { offer_id, state, offered_at, ended_at, ended_note }: RewardOfferRow) =>
  tx.run(updateQuery, { offer_id, state, offered_at, ended_at, ended_note });

const offerQuery = query<{ offer_id: string }>()((db, p) =>
  db.selectFrom("reward_offers").selectAll().where("offer_id", "=", p.offer_id),
);

/** An offer by its id. */
export const findOffer = (tx: Tx, id: string) => tx.one(offerQuery, { offer_id: id });

/** A partner's offers are few; a bound keeps a hostile one cheap. */
export const mostOffers = 200;

/** A draft that was discarded is in no list: nobody was ever offered it. */
const isKept = sql<boolean>`(offered_at is not null or state = 'draft')`;

const ofPartnerQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("reward_offers")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where(isKept)
    .orderBy("offer_id", "desc")
    .limit(sql.lit(mostOffers)),
);

/** A partner's offers but discarded drafts, the newest first. */
export const listOffersOfPartner = (tx: Tx, partner: PartnerId) =>
  tx.all(ofPartnerQuery, { partner_id: partner });

interface OfferPage {
  before: string;
  limit: number;
}

const pageQuery = query<OfferPage>()((db, p) =>
  db
    .selectFrom("reward_offers")
    .selectAll()
    .where("offer_id", "<", p.before)
    .where(isKept)
    .orderBy("offer_id", "desc")
    .limit(p.limit as never),
);
const pageOfPartnerQuery = query<OfferPage & { partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("reward_offers")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("offer_id", "<", p.before)
    .where(isKept)
    .orderBy("offer_id", "desc")
    .limit(p.limit as never),
);

/** A page of offers but discarded drafts, the newest first, of all partners or of one. Ids begin with the time. */
export const listOfferRows = (tx: Tx, page: OfferPage, partner?: PartnerId) =>
  partner === undefined
    ? tx.all(pageQuery, page)
    : tx.all(pageOfPartnerQuery, { ...page, partner_id: partner });
