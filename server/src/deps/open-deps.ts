import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "../config/config.ts";
import type { Environment } from "../config/load-config.ts";
import { openKeyRing } from "../keys/open-key-ring.ts";
import { listKeyRows } from "../keys/rows/keys.ts";
import { ensureSigningKey } from "../keys/signing-keys.ts";
import { createHashes } from "../secrets/create-hashes.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { readFormerPepper, readPepper, settlePepper } from "../secrets/pepper.ts";
import { makeFolder } from "../store/make-folder.ts";
import { type OpenStoreOptions, openStore } from "../store/open-store.ts";
import type { OpenedStore } from "../store/store.ts";
import { type Clock, systemClock } from "../words/clock.ts";
import type { Log } from "../words/log.ts";
import type { Deps } from "./deps.ts";

/** What is opened for a program, and closed by it: `deps.store.close()`. */
export type OpenedDeps = Deps & { store: OpenedStore };

/** How the dependencies are opened, beyond what the configuration says. */
export interface OpenDepsOptions {
  log: Log;
  ways: Deps["ways"];
  bookChecks: Deps["bookChecks"];
  /** By default the machine's own clock. */
  clock?: Clock;
  /** Where a pepper that is named by a variable is read from. */
  env?: Environment;
  /** Hears in a sentence what was made because it was missing. */
  say?: (sentence: string) => void;
  store?: OpenStoreOptions;
  /** What keeps receipts of rows, and renews them before a pepper is rotated. */
  receipts?: {
    keeping(store: OpenedStore, hashes: Hashes): OpenedStore;
    renew(store: OpenedStore, hashes: Hashes): Promise<unknown>;
  };
}

/** The database cannot be opened; the message names it. */
class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

/**
 * Opens what the shells need: the database, brought up to date; the pepper and the first signing key, made when
 * they are missing. Two processes may do so at once.
 *
 * @throws {ConfigError} when the pepper is missing, too short, or another one than the database was filled with
 */
export async function openDeps(config: Config, options: OpenDepsOptions): Promise<OpenedDeps> {
  const { log, ways, bookChecks, clock = systemClock, env = {}, say = () => {} } = options;
  const store = await openDatabase(config.database, options.store);
  try {
    await store.migrate();
    // The keys are looked at first: a process that starts at the same time writes the pepper before its key.
    const isInUse = (await store.read(listKeyRows)).length > 0;
    const pepper = await readPepper(config, env, isInUse);
    const hashes = createHashes(pepper, await readFormerPepper(config, env, pepper));
    const { receipts } = options;
    const kept = receipts?.keeping(store, hashes) ?? store;
    const beforeRotation = async () => receipts?.renew(kept, hashes);
    const sealed = await settlePepper({ store: kept, clock, hashes, beforeRotation });
    if (sealed !== undefined) {
      log.info("pepper.rotated", { many: sealed });
      say(`Another pepper is in force now: ${sealed} rows were sealed anew. See: tallystick pepper status`);
    }
    const made = await ensureSigningKey({ config, store, clock });
    if (made !== undefined) say(`Made the first signing key, ${made.kid}, in ${config.keysFolder}.`);
    const keys = await openKeyRing({ config, store, clock });
    return { config, store, clock, log, hashes, keys, ways, bookChecks };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Names the database when it cannot be opened: the driver's own words do not. A password stays unsaid. */
async function openDatabase(
  database: Config["database"],
  options: OpenStoreOptions | undefined,
): Promise<OpenedStore> {
  try {
    if (database.engine === "sqlite") makeFolder(dirname(database.path), 0o700);
    return await openStore(database, options);
  } catch (cause) {
    const name =
      database.engine === "sqlite" ? database.path : (URL.parse(database.url)?.host ?? "PostgreSQL");
    const why = database.engine === "sqlite" ? whyUnwritable(database.path) : whySilent(cause);
    throw new DatabaseError(`The database ${name} cannot be opened${why}`, { cause });
  }
}

/** What the person who runs PostgreSQL looks at first. The password stays unsaid. */
function whySilent(cause: unknown): string {
  const { code, errors } = cause as { code?: string; errors?: readonly { code?: string }[] };
  const found = code ?? errors?.find((one) => one.code !== undefined)?.code;
  switch (found) {
    case "ECONNREFUSED":
      return ": nothing listens there. Is PostgreSQL running, and is its address in DATABASE_URL or `database` right?";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return ": there is no host of that name. It stands in DATABASE_URL, or in `database` of the configuration";
    case "28P01":
    case "28000":
      return ": it refuses the user or the password in DATABASE_URL, or in `database` of the configuration";
    case "3D000":
      return ": the server has no database of that name. Make it with `createdb`";
    default:
      return "";
  }
}

/** SQLite says only that it cannot open a file; the system knows why. It writes beside the file, too. */
function whyUnwritable(path: string): string {
  if (!existsSync(dirname(path))) return `: there is no folder ${dirname(path)}, and it cannot be made`;
  const places = [dirname(path), path].filter((place) => existsSync(place));
  for (const place of places) {
    try {
      accessSync(place, constants.W_OK);
    } catch (error) {
      const isReadOnly = (error as NodeJS.ErrnoException).code === "EROFS";
      return isReadOnly
        ? `: ${place} is on a disk that is mounted read-only`
        : `: this user may not write ${place}`;
    }
  }
  return "";
}
