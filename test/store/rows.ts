import { sql } from "kysely";
import type { BalanceRow, TransferRow } from "../../server/src/books/rows/schema.ts";
import type { NewPartnerRow } from "../../server/src/channel/rows/partners.ts";
import type { EventRow } from "../../server/src/events/rows/schema.ts";
import type { DecisionRow, OrderRow } from "../../server/src/orders/rows/schema.ts";
import type { ClickRow } from "../../server/src/renewal/rows/schema.ts";
import { query } from "../../server/src/store/query.ts";
import type { Schema } from "../../server/src/store/schema.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as, type Reference } from "../../server/src/words/ids.ts";

const at = instant(1_900_000_000_000);

/** A partner with everything valid, but for what is given. */
export const partner = (change: Partial<NewPartnerRow> = {}): NewPartnerRow => ({
  id: as.partner("north-light"),
  name: "North Light",
  kind: "reseller",
  percent_bp: 2000,
  email_hash: null,
  email_domain_hash: null,
  email_alias_hash: null,
  email_site_hash: null,
  status: "active",
  created_at: at,
  ended_at: null,
  ...change,
});

/** A click with everything valid, but for what is given. */
export const click = (change: Partial<ClickRow> = {}): ClickRow => ({
  reference: as.reference("click-1"),
  product: as.product("acme-paint"),
  partner_id: as.partner("north-light"),
  jti: as.token("token-1"),
  token_issued_at: at,
  licence_hash: null,
  clicked_at: at,
  seal: null,
  ...change,
});

/** A sale event with everything valid, but for what is given. */
export const event = (change: Partial<EventRow> = {}): EventRow => ({
  shop: as.shop("stripe"),
  event_id: "evt_1",
  object_id: "cs_1",
  effect: "sale",
  link_id: as.provider("cs_1"),
  movement_id: null,
  status: null,
  amount_minor: 5831,
  net_minor: 4900,
  cumulative: 0,
  currency: as.currency("EUR"),
  lines: null,
  amounts_rank: 1,
  told: '{"cycle":"new"}',
  note: null,
  occurred_at: at,
  created_at: null,
  received_at: at,
  seal: null,
  ...change,
});

/** An order with everything valid, but for what is given. */
export const order = (change: Partial<OrderRow> = {}): OrderRow => ({
  order_key: as.order("order-1"),
  shop: as.shop("stripe"),
  order_id: as.provider("cs_1"),
  object_id: "cs_1",
  cycle: "new",
  told_cycle: "new",
  product: as.product("acme-paint"),
  subscription_id: null,
  licence_hash: null,
  email_hash: null,
  email_domain_hash: null,
  email_alias_hash: null,
  email_site_hash: null,
  reference: null,
  coupon: null,
  country: null,
  net_minor: 4900,
  tax_minor: 931,
  currency: as.currency("EUR"),
  lines: null,
  amounts_rank: 1,
  amounts_at: instant(0),
  amounts_event: "evt_1",
  told_by: null,
  occurred_at: at,
  received_at: at,
  decision_seq: 1,
  outcome: "unattributed",
  partner_id: null,
  reason: "no_evidence",
  release_at: null,
  released_at: null,
  joined_to: null,
  chain: null,
  ...change,
});

/** A decision with everything valid, but for what is given. */
export const decision = (change: Partial<DecisionRow> = {}): DecisionRow => ({
  order_key: as.order("order-1"),
  seq: 1,
  outcome: "unattributed",
  partner_id: null,
  reason: "no_evidence",
  evidence_kind: null,
  evidence_route: null,
  evidence: "[]",
  credits: "[]",
  plan: null,
  policy: "{}",
  suspicions: null,
  cause: "sale",
  decided_at: at,
  seal: null,
  ...change,
});

/** A transfer with everything valid, but for what is given. The database numbers it. */
export const transfer = (change: Partial<TransferRow> = {}): Omit<TransferRow, "id"> => ({
  order_key: as.order("order-1"),
  decision_seq: 1,
  partner_id: as.partner("north-light"),
  kind: "credit",
  debit: "expense",
  credit: "held",
  amount_minor: 980,
  currency: as.currency("EUR"),
  cause: "sale",
  booked_at: at,
  source: null,
  source_id: null,
  ...change,
});

/** A balance with everything valid, but for what is given. */
export const balance = (change: Partial<BalanceRow> = {}): BalanceRow => ({
  partner_id: as.partner("north-light"),
  currency: as.currency("EUR"),
  shard: 0,
  held_minor: 0,
  payable_minor: 0,
  paid_minor: 0,
  ...change,
});

/** An insert of one row, with the columns of a sample. */
function insertLike<Row extends object>(table: keyof Schema, sample: Row) {
  const columns = Object.keys(sample) as (keyof Row)[];
  return query<Row>()((db, p) =>
    db.insertInto(table).values(Object.fromEntries(columns.map((column) => [column, p[column]])) as never),
  );
}

/** An insert of one row, for each table the suites write to. */
export const insert = {
  partners: insertLike("partners", partner()),
  clicks: insertLike("clicks", click()),
  events: insertLike("events", event()),
  orders: insertLike("orders", order()),
  decisions: insertLike("decisions", decision()),
  transfers: insertLike("transfers", transfer()),
  balances: insertLike("balances", balance()),
};

/** A statement in the engine's own words, for what the store's queries never do. */
export const statement = (text: string) =>
  query<object>()((db) => ({ compile: () => sql.raw<Record<string, unknown>>(text).compile(db) }));

/** One click, by its name. */
export const clickByReference = query<{ reference: Reference }>()((db, p) =>
  db.selectFrom("clicks").selectAll().where("reference", "=", p.reference),
);

/** The names of all clicks. */
export const allClicks = query<object>()((db) =>
  db.selectFrom("clicks").select("reference").orderBy("reference"),
);
