import type { Config } from "../../config/config.ts";
import type { Environment } from "../../config/load-config.ts";
import type { LookingDeps } from "../../deps/deps.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { KeyRing } from "../../keys/key-ring.ts";
import { listKeyRows } from "../../keys/rows/keys.ts";
import { areSettled } from "../../receipts/are-settled.ts";
import { createHashes } from "../../secrets/create-hashes.ts";
import type { Hashes } from "../../secrets/hashes.ts";
import { readPepper } from "../../secrets/pepper.ts";
import { pepperIdOf } from "../../secrets/pepper-id.ts";
import { findPepper } from "../../secrets/rows/peppers.ts";
import { type LookingStore, lookAtSqlite } from "../../store/sqlite/look.ts";
import type { OpenedStore } from "../../store/store.ts";
import { systemClock } from "../../words/clock.ts";
import type { Log } from "../../words/log.ts";

/**
 * Opens what a command needs that only looks: one connection, and neither the ways of selling nor the checks of the books.
 * Undefined where anything is to be made or settled first, or is wrong: `openDeps` does that, and says what.
 *
 * @throws {ConfigError} when the pepper is missing or too short
 */
export async function openLooking(
  config: Config,
  { log, env, openAll }: { log: Log; env: Environment; openAll: () => Promise<OpenedDeps> },
): Promise<LookingDeps | undefined> {
  if (config.database.engine !== "sqlite" || config.formerPepper !== undefined) return undefined;
  const store = await lookAtSqlite(config.database.path).catch(() => undefined);
  if (store === undefined) return undefined;
  try {
    const keys = await store.read(listKeyRows);
    if (keys.some(({ status }) => status === "active")) {
      const pepper = await readPepper(config, env, true);
      const pepperId = pepperIdOf(pepper);
      const isSettled = await store.read(
        async (tx) => (await findPepper(tx))?.pepper_id === pepperId && areSettled(tx, { pepperId }),
      );
      if (isSettled) {
        let hashes: Hashes | undefined;
        return {
          config,
          clock: systemClock,
          log,
          // Most that only look hash nothing, and the keys take Node's crypto.
          get hashes() {
            hashes ??= createHashes(pepper);
            return hashes;
          },
          ...withTheRest(store, openAll),
        };
      }
    }
  } catch (error) {
    await store.close();
    throw error;
  }
  await store.close();
  return undefined;
}

/** What looking does not need is opened once it is asked for: a command may know only while it runs. */
function withTheRest(
  looking: LookingStore,
  openAll: () => Promise<OpenedDeps>,
): { store: OpenedStore; keys: KeyRing } {
  let opened: Promise<OpenedDeps> | undefined;
  const all = () => {
    opened ??= openAll();
    return opened;
  };
  const keys: KeyRing = {
    verify: async (token, expected) => (await all()).keys.verify(token, expected),
    sign: async (claims) => (await all()).keys.sign(claims),
    publicKeys: async () => (await all()).keys.publicKeys(),
  };
  const store: OpenedStore = {
    engine: looking.engine,
    read: (work) => looking.read(work),
    ping: () => looking.ping(),
    get cold() {
      return looking.cold;
    },
    write: async (work, options) => (await all()).store.write(work, options),
    migrate: async () => (await all()).store.migrate(),
    close: async () => {
      await looking.close();
      // The last to be closed brings the log into the file.
      await (await opened)?.store.close();
    },
  };
  return { store, keys };
}
