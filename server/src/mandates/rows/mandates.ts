import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash, LicenceHash, PartnerId } from "../../words/ids.ts";
import type { MandateRow } from "./schema.ts";

const columns = columnsOf<MandateRow>({
  mandate_id: true,
  partner_id: true,
  product: true,
  licence_hash: true,
  licence_end: true,
  given_by: true,
  given_at: true,
  ended_at: true,
});

const insertQuery = query<MandateRow>()((db, p) =>
  db.insertInto("customer_mandates").values(valuesOf(columns, p)),
);

/** Keeps a new mandate. */
export const insertMandate = (tx: Tx, row: MandateRow) => tx.run(insertQuery, row);

const oneQuery = query<{ mandate_id: string }>()((db, p) =>
  db.selectFrom("customer_mandates").selectAll().where("mandate_id", "=", p.mandate_id),
);

/** A mandate by its id. */
export const findMandate = (tx: Tx, id: string) => tx.one(oneQuery, { mandate_id: id });

const ofLicenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) =>
  db
    .selectFrom("customer_mandates")
    .innerJoin("partners", "partners.id", "customer_mandates.partner_id")
    .selectAll("customer_mandates")
    .select("partners.name as partner_name")
    .where("licence_hash", "=", p.licence_hash)
    .where("customer_mandates.ended_at", "is", null)
    .orderBy("mandate_id"),
);

/** The mandates on a licence that hold, with the partners' names. */
export const listMandatesOfLicence = (tx: Tx, licence_hash: LicenceHash) =>
  tx.all(ofLicenceQuery, { licence_hash });

const ofPartnerQuery = query<{ partner_id: PartnerId; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_mandates")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("ended_at", "is", null)
    .where("mandate_id", ">", p.after)
    .orderBy("mandate_id")
    .limit(p.limit as never),
);

/** A page of a partner's mandates that hold, the oldest first. */
export const listMandatesOfPartner = (
  tx: Tx,
  page: { partner_id: PartnerId; after: string; limit: number },
) => tx.all(ofPartnerQuery, page);

const endQuery = query<{ mandate_id: string; ended_at: Instant }>()((db, p) =>
  db
    .updateTable("customer_mandates")
    .set({ ended_at: p.ended_at })
    .where("mandate_id", "=", p.mandate_id)
    .where("ended_at", "is", null),
);

/** Ends a mandate; false where it has ended. */
export const endMandateRow = async (
  tx: Tx,
  end: { mandate_id: string; ended_at: Instant },
): Promise<boolean> => (await tx.run(endQuery, end)) === 1;

const deleteGivenQuery = query<{ given_by: EmailHash }>()((db, p) =>
  db.deleteFrom("customer_mandates").where("given_by", "=", p.given_by),
);

/** Deletes what an address has given; returns how many. */
export const deleteMandatesOf = (tx: Tx, given_by: EmailHash) => tx.run(deleteGivenQuery, { given_by });
