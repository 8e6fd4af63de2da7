import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { overList } from "../../store/over-list.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailDomainHash, EmailHash, PartnerId } from "../../words/ids.ts";
import type { PartnerRow } from "./schema.ts";

/** A partner that is added: the percentage it is added with is kept for good. */
export type NewPartnerRow = Omit<PartnerRow, "added_percent_bp" | Standing>;

/** Set by updates of their own. */
type Standing = "suspended_at" | "merged_into" | "merged_at";

const partnerColumns = columnsOf<NewPartnerRow>({
  id: true,
  name: true,
  kind: true,
  percent_bp: true,
  email_hash: true,
  email_domain_hash: true,
  email_alias_hash: true,
  email_site_hash: true,
  status: true,
  created_at: true,
  ended_at: true,
});

const insertPartnerQuery = query<NewPartnerRow>()((db, p) =>
  db
    .insertInto("partners")
    .values({ ...valuesOf(partnerColumns, p), added_percent_bp: p.percent_bp })
    .onConflict((conflict) => conflict.column("id").doNothing()),
);

/** Adds a partner; returns false when the id is taken. */
export const insertPartner = async (tx: Tx, partner: NewPartnerRow): Promise<boolean> =>
  (await tx.run(insertPartnerQuery, partner)) === 1;

const partnerQuery = query<{ id: PartnerId }>()((db, p) =>
  db.selectFrom("partners").selectAll().where("id", "=", p.id),
);

/** The partner of that id, ended or not. */
export const findPartner = (tx: Tx, id: PartnerId) => tx.one(partnerQuery, { id });

const partnersQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("partners").selectAll().orderBy("id"),
);

/** All partners by id. */
export const listPartnerRows = (tx: Tx) => tx.all(partnersQuery, {});

const namedPartnersQuery = query<{ limit: number }>()((db, p) =>
  db.selectFrom("partners").select(["id", "name"]).orderBy("id").limit(p.limit),
);

/** The first partners by id, at most so many, with their names. */
export const listNamedPartners = (tx: Tx, limit: number) => tx.all(namedPartnersQuery, { limit });

/** The names of the partners of these ids, each in a row as its only member; of one that is not there, none. */
export const findPartnerNames = overList(
  (items) => sql<Pick<PartnerRow, "id" | "name">>`select partners.id, partners.name
    from ${items} cross join partners where partners.id = item.value ->> 0`,
);

const unaddressedQuery = query<{ limit: number }>()((db, p) =>
  db
    .selectFrom("partners")
    .select("id")
    .select(sql<number | string>`count(*) over ()`.as("all_of_them"))
    .where("email_hash", "is", null)
    .where("status", "=", sql.lit("active"))
    .orderBy("id")
    .limit(p.limit as never),
);

/** Active partners without an address, the first of them by id, and how many there are. */
export async function findUnaddressed(tx: Tx, limit: number): Promise<{ ids: PartnerId[]; all: number }> {
  const rows = await tx.all(unaddressedQuery, { limit });
  return { ids: rows.map(({ id }) => id), all: Number(rows[0]?.all_of_them ?? 0) };
}

/** What a decision needs of a partner, for queries of evidence that join the partner it names. */
export const partnerStandingColumns = [
  "partners.status as partner_status",
  "partners.ended_at as partner_ended_at",
  "partners.suspended_at as partner_suspended_at",
  "partners.merged_into as partner_merged_into",
  "partners.merged_at as partner_merged_at",
  "partners.email_hash as partner_email",
  "partners.email_domain_hash as partner_email_domain",
  "partners.email_alias_hash as partner_alias",
  "partners.email_site_hash as partner_site",
  "partners.percent_bp as partner_rate_bp",
] as const;

/** A partner's part of a row that was selected with `partnerStandingColumns`. */
export interface PartnerStanding {
  partner_status: PartnerRow["status"];
  partner_ended_at: Instant | null;
  partner_suspended_at: Instant | null;
  partner_merged_into: PartnerId | null;
  partner_merged_at: Instant | null;
  partner_email: EmailHash | null;
  partner_email_domain: EmailDomainHash | null;
  partner_alias: EmailHash | null;
  partner_site: EmailDomainHash | null;
  /** Basis points. */
  partner_rate_bp: number;
}

/** What stays as it was when the partner was added, or changes by an update of its own. */
type Unchanging = "id" | "kind" | "status" | "created_at" | "ended_at" | "added_percent_bp" | Standing;
/** The hashes of its address, which are set and forgotten together. */
type Address = Extract<keyof PartnerRow, `email_${string}`>;
type Changing = Omit<PartnerRow, Unchanging | Address>;

/** What to set of a partner: null leaves a member as it is, and the address stays unless `sets_email` is 1. */
export type PartnerUpdate = Pick<PartnerRow, "id" | Address> & {
  [Name in keyof Changing]: Changing[Name] | null;
} & { sets_email: 0 | 1 };

const address = columnsOf<Pick<PartnerRow, Address>>({
  email_hash: true,
  email_domain_hash: true,
  email_alias_hash: true,
  email_site_hash: true,
});
const changing = columnsOf<Changing>({ name: true, percent_bp: true });

const updatePartnerQuery = query<PartnerUpdate>()((db, p) => ({
  compile: () =>
    sql`update partners set
      ${sql.join(changing.map((name) => sql`${sql.ref(name)} = coalesce(${p[name]}, ${sql.ref(name)})`))},
      ${sql.join(address.map((name) => sql`${sql.ref(name)} = case when ${p.sets_email} = 1 then ${p[name]} else ${sql.ref(name)} end`))}
    where id = ${p.id}`.compile(db),
}));

/** Changes a partner, in one statement, so that of two at the same time neither undoes the other; false when unknown. */
export const updatePartner = async (tx: Tx, update: PartnerUpdate): Promise<boolean> =>
  (await tx.run(updatePartnerQuery, update)) === 1;

const endPartnerQuery = query<{ id: PartnerId; ended_at: Instant }>()((db, p) =>
  db
    .updateTable("partners")
    .set({ status: "ended", ended_at: p.ended_at })
    .where("id", "=", p.id)
    .where("status", "=", "active"),
);

/** Ends the agreement with a partner; one that has ended already keeps its date, which returns false. */
export const markPartnerEnded = async (tx: Tx, end: { id: PartnerId; ended_at: Instant }): Promise<boolean> =>
  (await tx.run(endPartnerQuery, end)) === 1;

const resumePartnerQuery = query<{ id: PartnerId }>()((db, p) =>
  db
    .updateTable("partners")
    .set({ status: "active", ended_at: null })
    .where("id", "=", p.id)
    .where("status", "=", "ended")
    .where("merged_into", "is", null),
);

/** Takes the end of an agreement back; returns false when it has not ended. */
export const markPartnerResumed = async (tx: Tx, id: PartnerId): Promise<boolean> =>
  (await tx.run(resumePartnerQuery, { id })) === 1;

const suspendQuery = query<{ id: PartnerId; suspended_at: Instant }>()((db, p) =>
  db
    .updateTable("partners")
    .set({ suspended_at: p.suspended_at })
    .where("id", "=", p.id)
    .where("status", "=", "active")
    .where("suspended_at", "is", null),
);

/** Suspends a partner; false for one that is suspended or has ended. */
export const markPartnerSuspended = async (
  tx: Tx,
  suspension: { id: PartnerId; suspended_at: Instant },
): Promise<boolean> => (await tx.run(suspendQuery, suspension)) === 1;

const reinstateQuery = query<{ id: PartnerId }>()((db, p) =>
  db
    .updateTable("partners")
    .set({ suspended_at: null })
    .where("id", "=", p.id)
    .where("suspended_at", "is not", null),
);

/** Ends a partner's suspension; false for one that is not suspended. */
export const markPartnerReinstated = async (tx: Tx, id: PartnerId): Promise<boolean> =>
  (await tx.run(reinstateQuery, { id })) === 1;

interface Merge {
  id: PartnerId;
  into: PartnerId;
  at: Instant;
}

const mergeQuery = query<Merge>()((db, p) =>
  db
    .updateTable("partners")
    .set({ merged_into: p.into, merged_at: p.at, suspended_at: null })
    .where("id", "=", p.id)
    .where("merged_into", "is", null),
);

const moveMergedQuery = query<Merge>()((db, p) =>
  db.updateTable("partners").set({ merged_into: p.into }).where("merged_into", "=", p.id),
);

/** Merges a partner into another, with all that were merged into it before; false for one that is merged already. */
export async function markPartnerMerged(tx: Tx, merge: Merge): Promise<boolean> {
  if ((await tx.run(mergeQuery, merge)) !== 1) return false;
  await tx.run(moveMergedQuery, merge);
  return true;
}
