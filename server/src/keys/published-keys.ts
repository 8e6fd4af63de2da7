import { createKeySet, type JsonWebKeySet, type KeySet, type PublicJwk } from "@tallystick/sdk/protocol";
import type { Store } from "../store/store.ts";
import { listKeyRows } from "./rows/keys.ts";
import type { KeyRow } from "./rows/schema.ts";

const freshMilliseconds = 1000;

/** The public halves as the database has them, read anew when they may have changed. */
export interface PublishedKeys {
  /** Every key, revoked ones too, as last read: no waiting. */
  verifying(): KeySet;
  /** Reads the keys anew for a `kid` nobody knows, at most once a second; returns whether it did. Never rejects. */
  lookAgain(): Promise<boolean>;
  /** The keys that are not revoked, at most a second old. */
  unrevoked(): Promise<JsonWebKeySet>;
  /** The key that signs, read anew. */
  newestActive(): Promise<PublicJwk | undefined>;
}

interface Reading {
  keySet: KeySet;
  keys: readonly { status: KeyRow["status"]; jwk: PublicJwk }[];
  unrevoked: JsonWebKeySet;
  /** By the monotonic clock: a test's or a machine's clock that jumps changes nothing here. */
  readAt: number;
}

/** Reads the keys for the first time. */
export async function openPublishedKeys(store: Store): Promise<PublishedKeys> {
  let reading = await readKeys(store);
  let underWay: Promise<Reading> | undefined;
  let lookedAgainAt = Number.NEGATIVE_INFINITY;

  const readAnew = (): Promise<Reading> => {
    underWay ??= readKeys(store, reading)
      .then((fresh) => {
        reading = fresh;
        return fresh;
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };

  return {
    verifying: () => reading.keySet,
    lookAgain: async () => {
      if (underWay === undefined) {
        if (performance.now() - lookedAgainAt < freshMilliseconds) return false;
        lookedAgainAt = performance.now();
      }
      return readAnew().then(
        () => true,
        () => false,
      );
    },
    unrevoked: async () => {
      const isFresh = performance.now() - reading.readAt < freshMilliseconds;
      return (isFresh ? reading : await readAnew()).unrevoked;
    },
    newestActive: async () => (await readAnew()).keys.find(({ status }) => status === "active")?.jwk,
  };
}

/** Keeps the imported keys of the reading before when no key came or went. */
async function readKeys(store: Store, before?: Reading): Promise<Reading> {
  const readAt = performance.now();
  const rows = await store.read(listKeyRows);
  const keys = rows.map(({ status, public_jwk }) => ({ status, jwk: JSON.parse(public_jwk) as PublicJwk }));
  const isSame = before !== undefined && before.keySet.kids.join() === rows.map(({ kid }) => kid).join();
  return {
    keySet: isSame ? before.keySet : createKeySet({ keys: keys.map(({ jwk }) => jwk) }),
    keys,
    unrevoked: { keys: keys.filter(({ status }) => status !== "revoked").map(({ jwk }) => jwk) },
    readAt,
  };
}
