import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Environment } from "../config/load-config.ts";
import { minSecretBytes } from "../config/secret-source.ts";
import { readSecret } from "../config/secrets.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../words/clock.ts";
import type { Hashes } from "./hashes.ts";
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

/** What it takes to tell whether a database was filled with this pepper. */
interface PepperCheck {
  store: Store;
  clock: Clock;
  hashes: Pick<Hashes, "pepperId">;
}

/**
 * Refuses to go on with another pepper than the one the database was filled with: its licences and addresses would
 * all be strangers, without a word. A database that has met none yet takes this one.
 *
 * @throws {ConfigError}
 */
export async function assertSamePepper({ store, clock, hashes }: PepperCheck): Promise<void> {
  const known = await store.read(findPepper);
  const inForce =
    known ??
    (await store.write(async (tx) => {
      await insertPepper(tx, { pepper_id: hashes.pepperId, since: clock() });
      return findPepper(tx);
    }));
  if (inForce?.pepper_id === hashes.pepperId) return;
  const message =
    "expected the pepper that this database was filled with; this is another: restore it from a backup";
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
