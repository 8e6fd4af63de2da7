import { sql } from "kysely";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { PersonId } from "../../words/ids.ts";
import type { PasskeyRow } from "./schema.ts";

const passkeyColumns = columnsOf<PasskeyRow>({
  id: true,
  person_id: true,
  public_key: true,
  counter: true,
  transports: true,
  name: true,
  added_at: true,
  last_used_at: true,
});

const insertQuery = query<PasskeyRow>()((db, p) =>
  db
    .insertInto("passkeys")
    .values(valuesOf(passkeyColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Adds a passkey; false when a credential of this id is known already, whoever's it is. */
export const insertPasskey = async (tx: Tx, passkey: PasskeyRow): Promise<boolean> =>
  (await tx.run(insertQuery, passkey)) === 1;

/** So many passkeys one person may have. */
export const passkeysAtMost = 20;

const listQuery = query<{ person_id: PersonId }>()((db, p) =>
  db
    .selectFrom("passkeys")
    .selectAll()
    .where("person_id", "=", p.person_id)
    .orderBy("added_at")
    .orderBy("id")
    .limit(sql.lit(passkeysAtMost)),
);

/** The passkeys of a person in the order in which they were added. */
export const listPasskeyRows = (tx: Tx, person_id: PersonId) => tx.all(listQuery, { person_id });

const findQuery = query<{ id: string }>()((db, p) =>
  db.selectFrom("passkeys").selectAll().where("id", "=", p.id),
);

/** The passkey of a credential's id. */
export const findPasskey = (tx: Tx, id: string) => tx.one(findQuery, { id });

const useQuery = query<{ id: string; counter: number; last_used_at: Instant; before: number }>()((db, p) =>
  db
    .updateTable("passkeys")
    .set({ counter: p.counter, last_used_at: p.last_used_at })
    .where("id", "=", p.id)
    .where("counter", "=", p.before),
);

/** Notes a use and the counter after it; false when another use came between. */
export const markPasskeyUsed = async (
  tx: Tx,
  use: { id: string; counter: number; last_used_at: Instant; before: number },
): Promise<boolean> => (await tx.run(useQuery, use)) === 1;

const renameQuery = query<{ id: string; person_id: PersonId; name: string }>()((db, p) =>
  db
    .updateTable("passkeys")
    .set({ name: p.name })
    .where("id", "=", p.id)
    .where("person_id", "=", p.person_id),
);

/** Renames a person's own passkey; false when she has none of that id. */
export const renamePasskeyRow = async (
  tx: Tx,
  passkey: Pick<PasskeyRow, "id" | "person_id" | "name">,
): Promise<boolean> => (await tx.run(renameQuery, passkey)) === 1;

const deleteQuery = query<{ id: string; person_id: PersonId }>()((db, p) =>
  db.deleteFrom("passkeys").where("id", "=", p.id).where("person_id", "=", p.person_id).returningAll(),
);

/** Removes a person's own passkey and returns it; undefined when she has none of that id. */
export const deletePasskey = (tx: Tx, passkey: Pick<PasskeyRow, "id" | "person_id">) =>
  tx.one(deleteQuery, passkey);
