import { sql } from "kysely";
import { selectLossEvents } from "../../events/rows/events.ts";
import { type Engine, query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, OrderKey, PartnerId, ProviderId, ShopName } from "../../words/ids.ts";
import { ofPartner } from "./partner-keys.ts";

/** Which of a partner's sales to read: those after one, up to and with another, by the day of the sale and the key. */
export interface SaleSpan {
  partner_id: PartnerId;
  after_at: Instant;
  after_key: OrderKey;
  last_at: Instant;
  last_key: OrderKey;
}

/** Where a page of a partner's sales begins, and the instant before which all of them were made. */
export type SalePageStart = Pick<SaleSpan, "partner_id" | "after_at" | "after_key"> & { until: Instant };

/** How many sales a page has. It stands in the text of the query: SQLite plans anew for each other limit. */
export const salesPerPage = 2_000;

const salesQuery = query<SalePageStart>()((db, p, engine) =>
  db
    .selectFrom("orders")
    // No more than all walks need: of many sales, reading their columns is most of the time.
    .select([
      "order_key",
      "currency",
      "cycle",
      "product",
      "net_minor",
      "tax_minor",
      "lines",
      "occurred_at",
      "country",
      "chain",
    ])
    .where(
      ofPartner(engine, sql`${p.partner_id}`, {
        within: ({ occurred_at, order_key }) =>
          sql`(${occurred_at}, ${order_key}) > (${p.after_at}, ${p.after_key}) and ${occurred_at} < ${p.until}`,
        first: {
          by: ({ occurred_at, order_key }) => sql`${occurred_at}, ${order_key}`,
          limit: sql.lit(salesPerPage),
        },
      }),
    )
    .orderBy("occurred_at")
    .orderBy("order_key")
    .limit(sql.lit(salesPerPage)),
);

/** A page of the sales that are credited to a partner, the earliest first. */
export const listPartnerSales = (tx: Tx, page: SalePageStart) => tx.all(salesQuery, page);

/** A sale that is credited to a partner. */
export type PartnerSaleRow = Awaited<ReturnType<typeof listPartnerSales>>[number];

const inSpan = (engine: Engine, p: { [Name in keyof SaleSpan]: unknown }) =>
  ofPartner(engine, sql`${p.partner_id}`, {
    within: ({
      occurred_at,
      order_key,
    }) => sql`(${occurred_at}, ${order_key}) > (${p.after_at}, ${p.after_key})
      and (${occurred_at}, ${order_key}) <= (${p.last_at}, ${p.last_key})`,
  });

const decisionsQuery = query<SaleSpan>()((db, p, engine) =>
  db
    .selectFrom("orders")
    .innerJoin("decisions", (join) =>
      join
        .onRef("decisions.order_key", "=", "orders.order_key")
        .onRef("decisions.seq", "=", "orders.decision_seq"),
    )
    .select([
      "decisions.order_key",
      "decisions.evidence_kind",
      "decisions.credits",
      "decisions.plan",
      "orders.shop",
      "orders.order_id",
      "orders.occurred_at",
      "orders.subscription_id",
      "orders.licence_hash",
    ])
    .where(inSpan(engine, p)),
);

/** The decisions in force of a page of a partner's sales, with the names of the sales. */
export const listSaleDecisions = (tx: Tx, span: SaleSpan) => tx.all(decisionsQuery, span);

const lossesQuery = query<SaleSpan>()((db, p, engine) =>
  selectLossEvents(db)
    .innerJoin("orders", "orders.order_key", "order_links.order_key")
    .where(inSpan(engine, p))
    .orderBy("events.occurred_at"),
);

/** The refunds and disputes of a page of a partner's sales. */
export const listSaleLosses = (tx: Tx, span: SaleSpan) => tx.all(lossesQuery, span);

const mostRelated = sql.lit(200);
const placeColumns = ["order_key", "order_id", "occurred_at", "cycle", "partner_id", "decision_seq"] as const;

const ofLicenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(placeColumns)
    .where("licence_hash", "=", p.licence_hash)
    .orderBy("occurred_at")
    .orderBy("order_id")
    .limit(mostRelated),
);

const ofSubscriptionQuery = query<{ shop: ShopName; subscription_id: ProviderId }>()((db, p) =>
  db
    .selectFrom("orders")
    .select(placeColumns)
    .where("subscription_id", "=", p.subscription_id)
    .where("shop", "=", p.shop)
    .orderBy("occurred_at")
    .orderBy("order_id")
    .limit(mostRelated),
);

/** Where all sales of the same copy stand in time, each once: what was sold before a sale is among them. */
export async function listSalesOfCopy(
  tx: Tx,
  {
    shop,
    subscription_id,
    licence_hash,
  }: { shop: ShopName; subscription_id: ProviderId | null; licence_hash: LicenceHash | null },
) {
  const byLicence = licence_hash === null ? [] : await tx.all(ofLicenceQuery, { licence_hash });
  if (subscription_id === null) return byLicence;
  const all = new Map(byLicence.map((one) => [one.order_key, one]));
  for (const one of await tx.all(ofSubscriptionQuery, { shop, subscription_id })) all.set(one.order_key, one);
  return [...all.values()];
}
