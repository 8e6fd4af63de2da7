import { createHash, randomBytes } from "node:crypto";
import { createReadStream, existsSync, rmSync } from "node:fs";
import { link, mkdtemp, open, rename, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { version } from "../cli/version.ts";
import type { Config } from "../config/config.ts";
import type { Environment } from "../config/load-config.ts";
import { copySqlite, describeSqlite, leaveWriteAheadLog } from "../store/sqlite/copy-sqlite.ts";
import type { Instant } from "../words/clock.ts";
import { sealWithPassphrase } from "./age.ts";
import { BackupError } from "./backup-error.ts";
import { gatherFiles } from "./gather.ts";
import { countedTables, type Manifest, type Member, memberNames } from "./manifest.ts";
import { postgresAdvice } from "./postgres-advice.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

/** What a backup is made of, and where it goes. */
export interface CreateBackup {
  config: Config;
  env: Environment;
  now: Instant;
  /** The file to write; there must be none of that name. */
  file: string;
  /** Seals the file when it is given. */
  passphrase?: string;
  /** Hears how many pages of the database are copied. */
  onProgress?: (done: number, total: number) => void;
}

/** A backup that was made. */
export interface MadeBackup {
  file: string;
  bytes: number;
  sealed: boolean;
  manifest: Manifest;
}

/**
 * Writes one file with the database as it stands at one moment, the private keys, the pepper, the configuration, the
 * secrets that stand in files, and a manifest. Works beside a running receiver, changes nothing, and needs no more
 * memory for a larger database; on the disk it needs room for a copy of the database beside the file until it is
 * done. The file is there whole and durable, or not at all.
 *
 * @throws {BackupError} `files_exist`; `backup_elsewhere` on PostgreSQL, with what to do instead
 * @throws {ConfigError} when a secret cannot be read
 */
export async function createBackup(options: CreateBackup): Promise<MadeBackup> {
  const { config } = options;
  const file = resolve(options.file);
  if (config.database.engine === "postgres")
    throw new BackupError("backup_elsewhere", postgresAdvice(config));
  if (existsSync(file)) throw taken(file);
  const staged = await stageIn(dirname(file));
  try {
    const database = join(staged, memberNames.database);
    await copySqlite(
      config.database.path,
      database,
      options.onProgress ? { onProgress: options.onProgress } : {},
    );
    leaveWriteAheadLog(database);
    const { texts, variables } = gatherFiles(config, options.env);
    const members = [
      ...[...texts].map(([name, text]) => describeText(name, text)),
      await describeFile(database),
    ];
    const manifest: Manifest = {
      format: "tallystick-backup",
      version: 1,
      createdAt: new Date(options.now).toISOString(),
      program: version,
      issuer: config.issuer,
      database: { engine: "sqlite", ...describeSqlite(database, countedTables) },
      variables,
      members,
    };
    const archive = pipeline(
      Readable.from(archiveOf(manifest, texts, database), { objectMode: false }),
      createGzip({ level: 1 }),
      () => {},
    );
    const content =
      options.passphrase === undefined ? archive : sealWithPassphrase(archive, options.passphrase);
    const bytes = await writeWhole(file, content);
    return { file, bytes, sealed: options.passphrase !== undefined, manifest };
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** A folder of its owner's alone, on the same disk as the file, where there must be room for the file anyway. */
async function stageIn(folder: string): Promise<string> {
  try {
    return await mkdtemp(join(folder, ".tallystick-backup-"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new BackupError("file_missing", `There is no folder ${folder}.`, { cause });
  }
}

const describeText = (name: string, text: Buffer): Member => ({
  name,
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex"),
});

async function describeFile(path: string): Promise<Member> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { name: memberNames.database, bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

async function* archiveOf(manifest: Manifest, texts: ReadonlyMap<string, Buffer>, database: string) {
  const atSeconds = Math.floor(Date.parse(manifest.createdAt) / 1000);
  const whole = (name: string, text: Buffer) => [
    tarHeader({ name, bytes: text.length, atSeconds }),
    text,
    tarPadding(text.length),
  ];
  yield* whole(memberNames.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  for (const [name, text] of texts) yield* whole(name, text);
  const { size } = await stat(database);
  yield tarHeader({ name: memberNames.database, bytes: size, atSeconds });
  yield* createReadStream(database);
  yield tarPadding(size);
  yield tarEnd();
}

/** Writes beside the name and names it then, so that nobody takes half a backup for one. Returns its length. */
async function writeWhole(file: string, content: AsyncIterable<Buffer>): Promise<number> {
  const partial = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.part`);
  let bytes = 0;
  try {
    const handle = await open(partial, "wx", 0o600);
    try {
      for await (const chunk of content) {
        await handle.writeFile(chunk);
        bytes += chunk.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await nameWhole(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  await syncFolder(dirname(file));
  return bytes;
}

/**
 * Gives a file its name, if nothing has it by now: of two backups at once into one file the second would take the first
 * one's place. A file system without links has no such step; there the look before has to do.
 */
async function nameWhole(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw taken(file);
    await rename(partial, file);
  }
}

const taken = (file: string) =>
  new BackupError("files_exist", `Nothing was written, since there is ${file} already.`);

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
