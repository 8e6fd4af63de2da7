import { accessSync, constants, readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { parseConfig } from "../config/parse-config.ts";
import { checkSqlite, describeSqlite } from "../store/sqlite/copy-sqlite.ts";
import { countedTables, type Manifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";

/** What a trial of a backup found. */
export interface BackupReport {
  ok: boolean;
  manifest: Manifest;
  /** One sentence for each thing that is wrong. */
  failures: string[];
}

/**
 * Tries a backup. It is restored into a folder that is removed again; its members are compared with the manifest, its
 * database is checked page by page, and its rows are counted. `tryOut` is handed the configuration of the restored
 * receiver, to open it and check its books. Needs room on the disk for the database.
 *
 * @throws {BackupError} what cannot be restored at all
 */
export async function verifyBackup(options: {
  file: string;
  passphrase?: string;
  tryOut: (config: Config) => Promise<readonly string[]>;
}): Promise<BackupReport> {
  const { tryOut, ...backup } = options;
  const trial = await mkdtemp(join(placeBeside(options.file), ".tallystick-trial-"));
  try {
    const { config: file, manifest } = await restoreBackup({ ...backup, dir: join(trial, "receiver") });
    const config = parseConfig(JSON.parse(readFileSync(file, "utf8")), { file, env: {} });
    const failures = [...checkDatabase(config, manifest), ...(await tryOut(config))];
    return { ok: failures.length === 0, manifest, failures };
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

function checkDatabase({ database }: Config, manifest: Manifest): string[] {
  if (database.engine !== "sqlite") return ["The backup's database is not SQLite's."];
  const broken = checkSqlite(database.path).map((words) => `The database is damaged: ${words}.`);
  if (broken.length > 0) return broken;
  const { rows } = describeSqlite(database.path, countedTables);
  return Object.entries(manifest.database.rows)
    .filter(([table, count]) => rows[table] !== count)
    .map(([table, count]) => `${table} has ${rows[table] ?? "no"} rows; the manifest says ${count}.`);
}

/** Where the backup lies there was room for it; a medium that cannot be written leaves the system's own place. */
function placeBeside(file: string): string {
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return tmpdir();
  }
}
