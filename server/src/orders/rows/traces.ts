import { type RawBuilder, sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash, LicenceHash, OrderKey } from "../../words/ids.ts";

/** Who or what an order is for, as far as evidence is found by it. */
export interface TraceQuestion {
  licence_hash: LicenceHash | null;
  email_hash: EmailHash | null;
  /** The click that the order names, and the order itself. */
  reference: string | null;
  order_key: OrderKey;
}

/** What is known at all of a licence and of a buyer's address. Where a trace is missing, nothing need be looked up. */
export interface Traces {
  /** Orders of the licence. */
  ordered: boolean;
  /** Bindings of the licence by a token, or claims against them. */
  bound: boolean;
  /** Serials that the licence was activated with. */
  activated: boolean;
  /** Vouchers that were exchanged for the licence itself. */
  exchanged: boolean;
  /** Registrations of the address. */
  registered: boolean;
  /** Another order named the same click. */
  referenced: boolean;
  /** The vendor's licence system was asked about the licence. */
  checked: boolean;
  /** Plans that pay anybody: where there are none, partners are paid their percentage. */
  planned: boolean;
  /** Deals of anybody: where there are none, no buyer is looked up among them. */
  dealt: boolean;
  /** Destinations of anybody: where there are none, nobody hears of a booking. */
  heard: boolean;
}

const yes = (rows: RawBuilder<unknown>) => sql<0 | 1>`case when exists (${rows}) then 1 else 0 end`;

const tracesQuery = query<TraceQuestion>()((db, { licence_hash, email_hash, reference, order_key }) => ({
  compile: () =>
    sql<Record<keyof Traces, 0 | 1>>`select
      ${yes(sql`select 1 from orders where licence_hash = ${licence_hash}`)} as ordered,
      ${yes(sql`select 1 from registrations where licence_hash = ${licence_hash}
        union all select 1 from registration_conflicts where licence_hash = ${licence_hash}`)} as bound,
      ${yes(sql`select 1 from serial_activations where licence_hash = ${licence_hash}`)} as activated,
      ${yes(sql`select 1 from vouchers where licence_hash = ${licence_hash}`)} as exchanged,
      ${yes(sql`select 1 from registered_emails where email_hash = ${email_hash}`)} as registered,
      ${yes(sql`select 1 from orders where reference = ${reference} and order_key <> ${order_key}`)} as referenced,
      ${yes(sql`select 1 from licence_checks where licence_hash = ${licence_hash}`)} as checked,
      ${yes(sql`select 1 from plan_assignments`)} as planned,
      ${yes(sql`select 1 from deals`)} as dealt,
      ${yes(sql`select 1 from outbox_destinations`)} as heard`.compile(db),
}));

/** What is known of a licence and of a buyer's address, in one statement: most purchases are spared all others. */
export async function findTraces(tx: Tx, about: TraceQuestion): Promise<Traces> {
  const found = await tx.one(tracesQuery, about);
  if (found === undefined) throw new Error("a select without a table gives one row");
  return {
    ordered: found.ordered === 1,
    bound: found.bound === 1,
    activated: found.activated === 1,
    exchanged: found.exchanged === 1,
    registered: found.registered === 1,
    referenced: found.referenced === 1,
    checked: found.checked === 1,
    planned: found.planned === 1,
    dealt: found.dealt === 1,
    heard: found.heard === 1,
  };
}
