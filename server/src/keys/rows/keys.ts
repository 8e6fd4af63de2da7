import { columnsOf, valuesOf } from "../../store/columns.ts";
import { lockName } from "../../store/locks.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { KeyId } from "../../words/ids.ts";
import type { KeyRow } from "./schema.ts";

const keyColumns = columnsOf<KeyRow>({
  kid: true,
  public_jwk: true,
  status: true,
  created_at: true,
  revoked_at: true,
});

const insertKeyQuery = query<KeyRow>()((db, p) =>
  db.insertInto("signing_keys").values(valuesOf(keyColumns, p)),
);

/** Adds the public half of a signing key. */
export const insertKey = (tx: Tx, key: KeyRow) => tx.run(insertKeyQuery, key);

const keyQuery = query<{ kid: KeyId }>()((db, p) =>
  db.selectFrom("signing_keys").selectAll().where("kid", "=", p.kid),
);

/** The signing key of that id, whatever its status. */
export const findKey = (tx: Tx, kid: KeyId) => tx.one(keyQuery, { kid });

const keysQuery = query<Record<string, never>>()((db) =>
  db.selectFrom("signing_keys").selectAll().orderBy("created_at", "desc").orderBy("kid"),
);

/** All signing keys, the newest first. */
export const listKeyRows = (tx: Tx) => tx.all(keysQuery, {});

/**
 * Makes changes of the keys wait for one another until the transaction ends. The keys' own rows would not do: when
 * there are none yet, there is nothing to lock.
 */
export const lockKeys = (tx: Tx) => lockName(tx, "signing keys");

const retireActiveKeysQuery = query<Record<string, never>>()((db) =>
  db.updateTable("signing_keys").set({ status: "retired" }).where("status", "=", "active"),
);

/** Retires every active key: it signs no more and still verifies. */
export const retireActiveKeys = (tx: Tx) => tx.run(retireActiveKeysQuery, {});

const revokeKeyQuery = query<{ kid: KeyId; revoked_at: Instant }>()((db, p) =>
  db
    .updateTable("signing_keys")
    .set({ status: "revoked", revoked_at: p.revoked_at })
    .where("kid", "=", p.kid)
    .where("revoked_at", "is", null),
);

/** Revokes a key; one that is revoked already keeps its first time. */
export const markKeyRevoked = (tx: Tx, revocation: { kid: KeyId; revoked_at: Instant }) =>
  tx.run(revokeKeyQuery, revocation);
