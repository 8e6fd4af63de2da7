import { sql } from "kysely";
import { partnerStandingColumns } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailDomainHash, EmailHash, PartnerId } from "../../words/ids.ts";
import type { DealRow, DealStepRow } from "./schema.ts";

const dealColumns = columnsOf<DealRow>({
  deal_id: true,
  partner_id: true,
  customer_hash: true,
  site_hash: true,
  customer_sealed: true,
  product: true,
  territory: true,
  registered_at: true,
  decide_by: true,
  state: true,
  accepted_at: true,
  protected_until: true,
  ended_at: true,
});

const insertQuery = query<DealRow>()((db, p) => db.insertInto("deals").values(valuesOf(dealColumns, p)));

/** Keeps a new deal. */
export const insertDeal = (tx: Tx, deal: DealRow) => tx.run(insertQuery, deal);

const updateQuery = query<DealRow>()((db, p) =>
  db
    .updateTable("deals")
    .set({
      state: p.state,
      accepted_at: p.accepted_at,
      protected_until: p.protected_until,
      ended_at: p.ended_at,
    })
    .where("deal_id", "=", p.deal_id),
);

/** Brings a deal's row up to its newest step. */
export const updateDeal = (tx: Tx, deal: DealRow) => tx.run(updateQuery, deal);

const dealQuery = query<{ deal_id: string }>()((db, p) =>
  db.selectFrom("deals").selectAll().where("deal_id", "=", p.deal_id),
);

/** A deal by its id. */
export const findDeal = (tx: Tx, id: string) => tx.one(dealQuery, { deal_id: id });

const ofCustomerQuery = query<{ customer_hash: string }>()((db, p) =>
  db
    .selectFrom("deals")
    .selectAll()
    .where("customer_hash", "=", p.customer_hash as never)
    .where("state", "in", ["registered", "accepted"])
    .orderBy("deal_id")
    .limit(sql.lit(100)),
);

/** The deals about a customer that wait or hold, the oldest first. */
export const listDealsOfCustomer = (tx: Tx, hash: EmailHash | EmailDomainHash) =>
  tx.all(ofCustomerQuery, { customer_hash: hash });

const ofSiteQuery = query<{ site_hash: string }>()((db, p) =>
  db
    .selectFrom("deals")
    .selectAll()
    .where("site_hash", "=", p.site_hash as never)
    .where("state", "in", ["registered", "accepted"])
    .orderBy("state")
    .orderBy("deal_id")
    .limit(sql.lit(500)),
);

/** The deals about customers of one site that wait or hold, those that hold first. */
export const listDealsOfSite = (tx: Tx, site: EmailDomainHash) => tx.all(ofSiteQuery, { site_hash: site });

const withoutSiteQuery = query<{ after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("deals")
    .selectAll()
    .where("site_hash", "is", null)
    .where("deal_id", ">", p.after)
    .orderBy("deal_id")
    .limit(p.limit as never),
);

/** Deals behind an id whose site was not worked out yet. */
export const listDealsWithoutSite = (tx: Tx, page: { after: string; limit: number }) =>
  tx.all(withoutSiteQuery, page);

const siteQuery = query<{ deal_id: string; site_hash: EmailDomainHash | "" }>()((db, p) =>
  db
    .updateTable("deals")
    .set({ site_hash: p.site_hash })
    .where("deal_id", "=", p.deal_id)
    .where("site_hash", "is", null),
);

/** Fills in the site of a deal's customer where it has none. */
export const updateDealSite = (tx: Tx, row: { deal_id: string; site_hash: EmailDomainHash | "" }) =>
  tx.run(siteQuery, row);

const waitingQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("deals")
    .select(sql<number>`count(*)`.as("waiting"))
    .where("partner_id", "=", p.partner_id)
    .where("state", "=", sql.lit("registered")),
);

/** How many deals of a partner nobody has decided. */
export const countWaitingDeals = async (tx: Tx, partner_id: PartnerId): Promise<number> =>
  Number((await tx.one(waitingQuery, { partner_id }))?.waiting ?? 0);

interface DealPage {
  before: string;
  limit: number;
}

const listQuery = query<DealPage>()((db, p) =>
  db
    .selectFrom("deals")
    .selectAll()
    .where("deal_id", "<", p.before)
    .orderBy("deal_id", "desc")
    .limit(p.limit as never),
);
const listOfPartnerQuery = query<DealPage & { partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("deals")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("deal_id", "<", p.before)
    .orderBy("deal_id", "desc")
    .limit(p.limit as never),
);

/** A page of deals, the newest first, of all partners or of one. Ids begin with the time. */
export const listDealRows = (tx: Tx, page: DealPage, partner?: PartnerId) =>
  partner === undefined
    ? tx.all(listQuery, page)
    : tx.all(listOfPartnerQuery, { ...page, partner_id: partner });

const insertStepQuery = query<Omit<DealStepRow, "step_no">>()((db, p) =>
  db.insertInto("deal_steps").values({
    deal_id: p.deal_id,
    step: p.step,
    note: p.note,
    protected_until: p.protected_until,
    at: p.at,
  }),
);

/** Appends what became of a deal. */
export const insertDealStep = (tx: Tx, step: Omit<DealStepRow, "step_no">) => tx.run(insertStepQuery, step);

const stepsQuery = query<{ deal_id: string }>()((db, p) =>
  db.selectFrom("deal_steps").selectAll().where("deal_id", "=", p.deal_id).orderBy("step_no"),
);

/** What became of a deal, in the order of time. */
export const listDealSteps = (tx: Tx, id: string) => tx.all(stepsQuery, { deal_id: id });

interface Buyer {
  email_hash: EmailHash | null;
  email_domain_hash: EmailDomainHash | null;
  email_site_hash: EmailDomainHash | null;
}

const ofBuyerQuery = query<Buyer>()((db, p) =>
  db
    .selectFrom("deals")
    .innerJoin("partners", "partners.id", "deals.partner_id")
    .select([
      "deals.partner_id",
      "deals.product",
      "deals.territory",
      "deals.accepted_at",
      "deals.protected_until",
      "deals.ended_at",
    ])
    .select(partnerStandingColumns)
    .where(
      sql<boolean>`deals.customer_hash in (${p.email_hash}, ${p.email_domain_hash}, ${p.email_site_hash})`,
    )
    .where("deals.accepted_at", "is not", null)
    .orderBy("deals.deal_id")
    .limit(sql.lit(50)),
);

/** The deals that were ever accepted about a buyer: by its address, its domain or that domain's site. */
export const findDealsOfBuyer = (tx: Tx, buyer: Buyer) => tx.all(ofBuyerQuery, buyer);
