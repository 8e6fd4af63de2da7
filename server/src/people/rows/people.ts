import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PartnerId, PersonId } from "../../words/ids.ts";
import type { PersonRow } from "./schema.ts";

const personColumns = columnsOf<PersonRow>({
  id: true,
  partner_id: true,
  role: true,
  mail_hash: true,
  mail: true,
  language: true,
  digest: true,
  added_at: true,
  added_by: true,
  last_seen_at: true,
  removed_at: true,
});

const insertQuery = query<PersonRow>()((db, p) =>
  db
    .insertInto("people")
    .values(valuesOf(personColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Adds a person; false when the address stands for that side already. */
export const insertPerson = async (tx: Tx, person: PersonRow): Promise<boolean> =>
  (await tx.run(insertQuery, person)) === 1;

const byMailQuery = query<{ mail_hash: EmailHash }>()((db, p) =>
  db
    .selectFrom("people")
    .leftJoin("partners", "partners.id", "people.partner_id")
    .selectAll("people")
    .select("partners.name as partner_name")
    .where("people.mail_hash", "=", p.mail_hash)
    .where("people.removed_at", "is", null)
    .orderBy(sql`coalesce(people.partner_id, '')`)
    .limit(sql.lit(100)),
);

/** For whom an address acts: the vendor first, then partners by their ids. */
export const findPeopleByMail = (tx: Tx, mail_hash: EmailHash) => tx.all(byMailQuery, { mail_hash });

const byIdQuery = query<{ id: PersonId }>()((db, p) =>
  db
    .selectFrom("people")
    .leftJoin("partners", "partners.id", "people.partner_id")
    .selectAll("people")
    .select("partners.name as partner_name")
    .where("people.id", "=", p.id)
    .where("people.removed_at", "is", null),
);

/** A person who was not removed. */
export const findPerson = (tx: Tx, id: PersonId) => tx.one(byIdQuery, { id });

/** A person with the name of the partner it acts for. */
export type FoundPerson = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

const ofPartnerQuery = query<{ partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("people")
    .innerJoin("partners", "partners.id", "people.partner_id")
    .selectAll("people")
    .select("partners.name as partner_name")
    .where("people.partner_id", "=", p.partner_id)
    .where("people.removed_at", "is", null)
    .orderBy("people.id")
    .limit(sql.lit(1000)),
);

const ofVendorQuery = query<object>()((db) =>
  db
    .selectFrom("people")
    .selectAll()
    .select(sql<string | null>`null`.as("partner_name"))
    .where("partner_id", "is", null)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(sql.lit(1000)),
);

/** A partner's people, or with null the vendor's: a thousand at the most. */
export const findPeopleOfSide = (tx: Tx, partner_id: PartnerId | null): Promise<FoundPerson[]> =>
  partner_id === null ? tx.all(ofVendorQuery, {}) : tx.all(ofPartnerQuery, { partner_id });

/** Whose people: the vendor's, or all partners'. */
export type DigestSide = "vendor" | "partner";

/** Which of those who want a summary so often. */
export interface DigestPage {
  digest: PersonRow["digest"];
  after: PersonId;
  limit: number;
}

const digestReadersQuery = (side: DigestSide) =>
  query<DigestPage>()((db, p) =>
    db
      .selectFrom("people")
      .select(["id", "partner_id"])
      .where("digest", "=", p.digest)
      .where("partner_id", side === "vendor" ? "is" : "is not", null)
      .where("removed_at", "is", null)
      .where("id", ">", p.after)
      .orderBy("id")
      .limit(p.limit as never),
  );

const vendorReadersQuery = digestReadersQuery("vendor");
const partnerReadersQuery = digestReadersQuery("partner");

/** A page of people of a side who want a summary so often, by their ids. */
export const findDigestReaders = (tx: Tx, page: DigestPage, side: DigestSide) =>
  tx.all(side === "vendor" ? vendorReadersQuery : partnerReadersQuery, page);

const digestQuery = query<{ id: PersonId; digest: PersonRow["digest"] }>()((db, p) =>
  db.updateTable("people").set({ digest: p.digest }).where("id", "=", p.id),
);

/** Notes how often a person wants a summary. */
export const updateDigest = (tx: Tx, choice: Pick<PersonRow, "id" | "digest">) => tx.run(digestQuery, choice);

const removeQuery = query<{ id: PersonId; removed_at: Instant }>()((db, p) =>
  db
    .updateTable("people")
    .set({ removed_at: p.removed_at })
    .where("id", "=", p.id)
    .where("removed_at", "is", null),
);

/** Removes a person; false when nobody has that id. */
export const markPersonRemoved = async (tx: Tx, removal: { id: PersonId; removed_at: Instant }) =>
  (await tx.run(removeQuery, removal)) === 1;

const seenQuery = query<{ id: PersonId; last_seen_at: Instant }>()((db, p) =>
  db.updateTable("people").set({ last_seen_at: p.last_seen_at }).where("id", "=", p.id),
);

/** Notes when a person was here last. */
export const markPersonSeen = (tx: Tx, seen: { id: PersonId; last_seen_at: Instant }) =>
  tx.run(seenQuery, seen);

const chooseQuery = query<{ id: PersonId; language: string | null; digest: PersonRow["digest"] }>()((db, p) =>
  db.updateTable("people").set({ language: p.language, digest: p.digest }).where("id", "=", p.id),
);

/** Notes what a person chose for itself. */
export const updateChoices = (tx: Tx, choices: Pick<PersonRow, "id" | "language" | "digest">) =>
  tx.run(chooseQuery, choices);

const languageQuery = query<{ id: PersonId; language: string | null }>()((db, p) =>
  db.updateTable("people").set({ language: p.language }).where("id", "=", p.id),
);

/** Notes in which language a person wants its pages and mail. */
export const updateLanguage = (tx: Tx, choice: Pick<PersonRow, "id" | "language">) =>
  tx.run(languageQuery, choice);

const listQuery = query<{ after: PersonId; limit: number }>()((db, p) =>
  db
    .selectFrom("people")
    .selectAll()
    .where("id", ">", p.after)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(p.limit as never),
);

const listOfPartnerQuery = query<{ after: PersonId; limit: number; partner_id: PartnerId }>()((db, p) =>
  db
    .selectFrom("people")
    .selectAll()
    .where("partner_id", "=", p.partner_id)
    .where("id", ">", p.after)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(p.limit as never),
);

/** A page of people in the order in which they were added, of all or of one partner. */
export const listPeopleRows = (
  tx: Tx,
  page: { after: PersonId; limit: number },
  partner_id: PartnerId | undefined,
): Promise<PersonRow[]> =>
  partner_id === undefined ? tx.all(listQuery, page) : tx.all(listOfPartnerQuery, { ...page, partner_id });
