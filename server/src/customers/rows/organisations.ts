import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { OrganisationHash } from "../../words/ids.ts";
import type { OrganisationRow, ToldBy } from "./schema.ts";

const columns = columnsOf<OrganisationRow>({
  organisation_id: true,
  parent_id: true,
  told_by: true,
  name_hash: true,
  name_sealed: true,
  sealed_for: true,
  added_at: true,
});

const insertQuery = query<OrganisationRow>()((db, p) =>
  db.insertInto("customer_organisations").values(valuesOf(columns, p)),
);

/** Keeps a new organisation. */
export const insertOrganisation = (tx: Tx, row: OrganisationRow) => tx.run(insertQuery, row);

const oneQuery = query<{ organisation_id: string }>()((db, p) =>
  db.selectFrom("customer_organisations").selectAll().where("organisation_id", "=", p.organisation_id),
);

/** An organisation by its id. */
export const findOrganisation = (tx: Tx, id: string) => tx.one(oneQuery, { organisation_id: id });

interface Place {
  told_by: ToldBy;
  name_hash: OrganisationHash;
}

const atTopQuery = query<Place>()((db, p) =>
  db
    .selectFrom("customer_organisations")
    .selectAll()
    .where("told_by", "=", p.told_by)
    .where("name_hash", "=", p.name_hash)
    .where("parent_id", "is", null),
);
const belowQuery = query<Place & { parent_id: string }>()((db, p) =>
  db
    .selectFrom("customer_organisations")
    .selectAll()
    .where("told_by", "=", p.told_by)
    .where("name_hash", "=", p.name_hash)
    .where("parent_id", "=", p.parent_id),
);

/** The organisation of a name directly below another, or at the top. */
export const findOrganisationNamed = (tx: Tx, parent: string | null, place: Place) =>
  parent === null ? tx.one(atTopQuery, place) : tx.one(belowQuery, { ...place, parent_id: parent });

const childrenQuery = query<{ parent_id: string }>()((db, p) =>
  db
    .selectFrom("customer_organisations")
    .selectAll()
    .where("parent_id", "=", p.parent_id)
    .orderBy("organisation_id"),
);

/** What stands directly below an organisation. */
export const listOrganisationsBelow = (tx: Tx, id: string) => tx.all(childrenQuery, { parent_id: id });

const pageQuery = query<{ after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("customer_organisations")
    .selectAll()
    .where("organisation_id", ">", p.after)
    .orderBy("organisation_id")
    .limit(p.limit as never),
);

/** A page of organisations, the oldest first. */
export const listOrganisationRows = (tx: Tx, page: { after: string; limit: number }) =>
  tx.all(pageQuery, page);

const moveQuery = query<{ organisation_id: string; parent_id: string | null }>()((db, p) =>
  db
    .updateTable("customer_organisations")
    .set({ parent_id: p.parent_id })
    .where("organisation_id", "=", p.organisation_id),
);

/** Places an organisation below another, or at the top. */
export const moveOrganisationRow = (tx: Tx, move: { organisation_id: string; parent_id: string | null }) =>
  tx.run(moveQuery, move);

const deleteQuery = query<{ organisation_id: string }>()((db, p) =>
  db
    .deleteFrom("customer_organisations")
    .where("organisation_id", "=", p.organisation_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("customer_organisations as below")
            .select("below.organisation_id")
            .whereRef("below.parent_id", "=", "customer_organisations.organisation_id"),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("customer_people")
            .select("customer_id")
            .whereRef("customer_people.organisation_id", "=", "customer_organisations.organisation_id"),
        ),
      ),
    ),
);

/** Deletes an organisation in which nobody is and below which none stands; false where that is not so. */
export const deleteEmptyOrganisation = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(deleteQuery, { organisation_id: id })) === 1;

const sharedQuery = query<{ sealed_for: string }>()((db, p) =>
  db
    .selectFrom("customer_organisations")
    .select(["organisation_id as id", "sealed_for", "name_sealed as sealed"])
    .where("sealed_for", "=", p.sealed_for)
    .where("sealed_for", "<>", "vendor")
    .limit(500),
);

/** Some of the organisations that are sealed for an agreement. */
export const listSharedOrganisations = (tx: Tx, sealed_for: string) => tx.all(sharedQuery, { sealed_for });

interface Resealed {
  id: string;
  was: string;
  sealed_for: string;
  sealed: Uint8Array;
}

const resealQuery = query<Resealed>()((db, p) =>
  db
    .updateTable("customer_organisations")
    .set({ name_sealed: p.sealed, sealed_for: p.sealed_for })
    .where("organisation_id", "=", p.id)
    .where("sealed_for", "=", p.was),
);

/** Puts another seal in place of one. */
export const resealOrganisation = (tx: Tx, row: Resealed) => tx.run(resealQuery, row);
