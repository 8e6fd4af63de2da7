import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Environment } from "../config/load-config.ts";
import { minSecretBytes } from "../config/secret-source.ts";
import { readSecret } from "../config/secrets.ts";
import { lockName } from "../store/locks.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../words/clock.ts";
import type { Hashes } from "./hashes.ts";
import { rotatePepper } from "./rotate-pepper.ts";
import { findPepper, insertPepper } from "./rows/peppers.ts";
import { writeSecretFile } from "./secret-file.ts";

/**
 * Reads the key of the e-mail and licence hashes. The default file is made when it is missing, unless the database
 * is in use: with a new pepper every licence and address in it would be a stranger's, and no renewal would find
 * its partner any more.
 *
 * @throws {ConfigError} when it is missing or shorter than 24 bytes
 */
export async function readPepper(config: Config, env: Environment, databaseInUse: boolean): Promise<string> {
  if ("file" in config.pepper && config.pepper.file === join(config.keysFolder, "pepper")) {
    createWhenMissing(config.pepper.file, databaseInUse);
  }
  const pepper = await readSecret(config.pepper, env, "pepper");
  if (Buffer.byteLength(pepper) < minSecretBytes) {
    throw new ConfigError([{ path: "pepper", message: `expected at least ${minSecretBytes} bytes` }]);
  }
  return pepper;
}

/**
 * Reads the pepper that was in force before, where the configuration names one.
 *
 * @throws {ConfigError} when it is missing, shorter than 24 bytes, or the same as the one in force
 */
export async function readFormerPepper(
  config: Config,
  env: Environment,
  pepper: string,
): Promise<string | undefined> {
  if (config.formerPepper === undefined) return undefined;
  const former = await readSecret(config.formerPepper, env, "formerPepper");
  const problem =
    former === pepper
      ? "expected the pepper that was in force before; this is the one in force"
      : Buffer.byteLength(former) < minSecretBytes
        ? `expected at least ${minSecretBytes} bytes`
        : undefined;
  if (problem !== undefined) throw new ConfigError([{ path: "formerPepper", message: problem }]);
  return former;
}

/** What it takes to tell whether a database was filled with this pepper. */
interface PepperCheck {
  store: Store;
  clock: Clock;
  hashes: Hashes;
  /** What has to be done while everything is still kept as the former pepper has it. */
  beforeRotation?: () => Promise<unknown>;
}

/**
 * Refuses to go on with another pepper than the one the database was filled with: its licences and addresses would
 * all be strangers, without a word. A database that has met none yet takes this one, and one that was filled with the
 * former pepper of the configuration is brought over to this one.
 *
 * @returns how many rows were sealed anew by a rotation; undefined where there was none
 * @throws {ConfigError}
 */
export async function settlePepper({
  store,
  clock,
  hashes,
  beforeRotation,
}: PepperCheck): Promise<number | undefined> {
  const known = await store.read(findPepper);
  const inForce =
    known ??
    (await store.write(async (tx) => {
      await insertPepper(tx, { pepper_id: hashes.pepperId, since: clock() });
      return findPepper(tx);
    }));
  if (inForce?.pepper_id === hashes.pepperId) return undefined;
  if (inForce !== undefined && inForce.pepper_id === hashes.former?.pepperId) {
    await beforeRotation?.();
    return store.write(async (tx) => {
      await lockName(tx, "pepper");
      const before = await findPepper(tx);
      // Another process was first.
      if (before?.pepper_id !== inForce.pepper_id) return undefined;
      return rotatePepper(tx, { before, hashes, now: clock() });
    });
  }
  const message =
    "expected the pepper that this database was filled with; this is another: restore it from a backup, or name the one before as formerPepper";
  throw new ConfigError([{ path: "pepper", message }]);
}

function createWhenMissing(file: string, databaseInUse: boolean): void {
  if (existsSync(file)) return;
  if (databaseInUse) {
    const message = `expected a file ${file}; there is none, and the database was filled with it: restore it from a backup`;
    throw new ConfigError([{ path: "pepper", message }]);
  }
  writeSecretFile(file, `${randomBytes(32).toString("base64url")}\n`);
}
