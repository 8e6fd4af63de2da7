import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { defaultConfigFile } from "../config/load-config.ts";
import { replaceSecrets } from "../config/secret-source.ts";
import { makeFolder } from "../store/make-folder.ts";
import { BackupError } from "./backup-error.ts";
import { type Manifest, memberNames } from "./manifest.ts";
import { readBackup } from "./read-backup.ts";

/** A receiver's folder that was made of a backup. */
export interface Restored {
  /** The configuration's file. */
  config: string;
  manifest: Manifest;
}

/**
 * Unpacks a backup into a folder from which a receiver runs: `tallystick.config.json`, and under `var/` the database,
 * keys with the pepper, and secrets. The folder is there whole or not at all; one that holds something is left alone.
 *
 * @throws {BackupError} what `readBackup` throws, and `files_exist`
 */
export async function restoreBackup(options: {
  file: string;
  passphrase?: string;
  dir: string;
}): Promise<Restored> {
  const dir = resolve(options.dir);
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new BackupError(
      "files_exist",
      `Nothing was written, since ${dir} is there already and is not empty.`,
    );
  }
  const making = join(dirname(dir), `.${basename(dir)}.${randomBytes(6).toString("hex")}.restoring`);
  const place = join(making, "var");
  makeFolder(place, 0o700);
  try {
    const { file, passphrase } = options;
    const manifest = await readBackup({
      file,
      into: place,
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    await arrange(making);
    if (existsSync(dir)) rmdirSync(dir);
    await rename(making, dir);
    return { config: join(dir, defaultConfigFile), manifest };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Gives the members the places where a receiver looks for them. */
async function arrange(folder: string): Promise<void> {
  const at = (name: string) => join(folder, "var", name);
  makeFolder(at("keys"), 0o700);
  await rename(at(memberNames.pepper), at("keys/pepper"));
  await rename(at(memberNames.database), at("tallystick.db"));
  const written = JSON.parse(readFileSync(at(memberNames.config), "utf8")) as Record<string, unknown>;
  rmSync(at(memberNames.config));
  const { networks, ...rest } = written;
  const config = {
    ...(located(rest) as object),
    ...(networks === undefined ? {} : { networks: located(networks) }),
    database: "sqlite:./var/tallystick.db",
    keys: "./var/keys",
  };
  writeFileSync(join(folder, defaultConfigFile), `${JSON.stringify(config, null, 2)}\n`, {
    flag: "wx",
    mode: 0o600,
  });
}

/** Secrets were given names in the backup; templates of networks may have members of the same name with other texts. */
const located = (value: unknown): unknown =>
  replaceSecrets(value, "", (source) =>
    "file" in source && /^secrets\/\d{1,3}$/.test(source.file) ? { file: `./var/${source.file}` } : source,
  );
