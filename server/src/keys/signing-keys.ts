import type { PublicJwk } from "@tallystick/sdk/protocol";
import type { Config } from "../config/config.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Clock } from "../words/clock.ts";
import { isoTime } from "../words/clock.ts";
import { as, type KeyId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { generateSigningKey, removePrivateKey, writePrivateKey } from "./key-pair.ts";
import { findKey, insertKey, listKeyRows, lockKeys, markKeyRevoked, retireActiveKeys } from "./rows/keys.ts";
import type { KeyRow } from "./rows/schema.ts";

/** A signing key as the command line and the admin API show it. `retired` signs no more and still verifies. */
export interface SigningKey {
  kid: KeyId;
  status: "active" | "retired" | "revoked";
  /** ISO 8601 in UTC. */
  createdAt: string;
  revokedAt: string | null;
}

/** What the commands about keys need. */
export interface KeyDeps {
  config: Config;
  store: Store;
  clock: Clock;
}

/** All signing keys, the newest first. */
export async function listKeys(deps: KeyDeps): Promise<SigningKey[]> {
  return (await deps.store.read(listKeyRows)).map(signingKeyOf);
}

/**
 * Makes a new active key and retires the one before it, whose tokens stay good.
 *
 * @param name is told the new key's id before it is kept, so that the audit has it
 */
export async function rotateKey(deps: KeyDeps, name?: (kid: string) => void): Promise<SigningKey> {
  const row = await addKey(deps, async () => true, name);
  if (row === undefined) throw new Error("a rotation always adds a key");
  return signingKeyOf(row);
}

/** Makes the first key when there is none; returns it when this call made it. */
export async function ensureSigningKey(deps: KeyDeps): Promise<SigningKey | undefined> {
  if ((await deps.store.read(countActive)) > 0) return undefined;
  const row = await addKey(deps, async (tx) => (await countActive(tx)) === 0);
  return row && signingKeyOf(row);
}

/**
 * Revokes a key. Tokens it signed stay good when the issuance log shows that they were issued before.
 *
 * @throws {Refusal} `key_unknown`, or `key_last_active` for the only key that signs
 */
export async function revokeKey(deps: KeyDeps, kid: string): Promise<SigningKey> {
  const id = as.key(kid);
  const now = deps.clock();
  const row = await deps.store.write(async (tx) => {
    await lockKeys(tx);
    const key = await findKey(tx, id);
    if (key === undefined) throw new Refusal("key_unknown", `There is no signing key ${kid}.`);
    if (key.status === "active" && (await countActive(tx)) === 1) {
      throw new Refusal(
        "key_last_active",
        `${kid} is the only key that signs: make another with \`tallystick key rotate\` first.`,
      );
    }
    if (key.status === "revoked") return key;
    await markKeyRevoked(tx, { kid: id, revoked_at: now });
    return { ...key, status: "revoked", revoked_at: now } satisfies KeyRow;
  });
  return signingKeyOf(row);
}

const countActive = async (tx: Tx) =>
  (await listKeyRows(tx)).filter(({ status }) => status === "active").length;

/** The private half is on the disk before the database names the key: a key that is named can always sign. */
async function addKey(
  deps: KeyDeps,
  isWanted: (tx: Tx) => Promise<boolean>,
  name?: (kid: string) => void,
): Promise<KeyRow | undefined> {
  const pair = await generateSigningKey();
  const { kid, publicJwk } = pair;
  writePrivateKey(deps.config.keysFolder, pair);
  const row: KeyRow = {
    kid,
    public_jwk: JSON.stringify(publicJwk satisfies PublicJwk),
    status: "active",
    created_at: deps.clock(),
    revoked_at: null,
  };
  const added = await deps.store.write(async (tx) => {
    await lockKeys(tx);
    if (!(await isWanted(tx))) return false;
    name?.(kid);
    await retireActiveKeys(tx);
    await insertKey(tx, row);
    return true;
  });
  // Not after an error: a commit whose answer was lost may stand all the same.
  if (!added) removePrivateKey(deps.config.keysFolder, kid);
  return added ? row : undefined;
}

function signingKeyOf(row: KeyRow): SigningKey {
  return {
    kid: row.kid,
    status: row.status,
    createdAt: isoTime(row.created_at),
    revokedAt: row.revoked_at === null ? null : isoTime(row.revoked_at),
  };
}
