import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { makeFolder } from "../store/make-folder.ts";
import { ageMagic, openWithPassphrase } from "./age.ts";
import { BackupError, damaged } from "./backup-error.ts";
import { type Manifest, type Member, manifestBytesAtMost, manifestSchema, memberNames } from "./manifest.ts";
import { readTar, type TarEntry } from "./tar.ts";

/** A backup that is read. */
export interface ReadBackup {
  file: string;
  /** Opens a sealed one. */
  passphrase?: string;
  /** The folder that its members are written into, each under its own name. It must be there. */
  into: string;
}

/**
 * Unpacks a backup, each member as it was written or not at all: length and hash of every one are compared with the
 * manifest's, and none may be missing. Holds no more than a chunk in memory. Members are for their owner alone.
 *
 * @throws {BackupError} `backup_damaged`, `backup_foreign`, `backup_newer`, `file_missing`, or about the passphrase
 */
export async function readBackup({ file, passphrase, into }: ReadBackup): Promise<Manifest> {
  const tar = readTar(await unwrap(file, passphrase));
  try {
    const manifest = await readManifest(tar);
    const expected = new Map(manifest.members.map((member) => [member.name, member]));
    for await (const entry of tar) {
      const member = expected.get(entry.name);
      if (member === undefined) throw damaged("it has a member that its manifest does not name");
      expected.delete(entry.name);
      await unpack(entry, member, into);
    }
    const [missing] = expected.keys();
    if (missing !== undefined) throw damaged(`${missing} is not in it`);
    return manifest;
  } catch (error) {
    throw isOfZlib(error) ? damaged("a part of it was changed or is missing", error) : error;
  }
}

/** What is inside the seal and the compression. A file that is neither is nobody's backup. */
async function unwrap(file: string, passphrase: string | undefined): Promise<AsyncIterable<Buffer>> {
  const start = await firstBytes(file);
  const isSealed = start.equals(ageMagic);
  if (!isSealed && !(start[0] === 0x1f && start[1] === 0x8b)) {
    throw new BackupError("backup_foreign", `${file} is no backup of this program.`);
  }
  if (!isSealed) return pipeline(createReadStream(file), createGunzip(), () => {});
  if (passphrase === undefined) {
    throw new BackupError(
      "passphrase_missing",
      `${file} is sealed: name its passphrase with --passphrase-file.`,
    );
  }
  const opened = openWithPassphrase(createReadStream(file), passphrase);
  // Through the first chunk, so that a wrong passphrase is told before anything else.
  return Readable.from(opened, { objectMode: false }).compose(createGunzip()) as AsyncIterable<Buffer>;
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(ageMagic.length), 0, ageMagic.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = isMissing
      ? `There is no file ${file}.`
      : `${file} cannot be read: ${(cause as Error).message}.`;
    throw new BackupError("file_missing", what, { cause });
  }
}

async function readManifest(tar: AsyncGenerator<TarEntry>): Promise<Manifest> {
  const { value: entry } = await tar.next();
  if (entry?.name !== memberNames.manifest) {
    throw new BackupError("backup_foreign", "The file does not begin with a backup's manifest.");
  }
  if (entry.bytes > manifestBytesAtMost) throw damaged("its manifest is too long");
  const parts: Buffer[] = [];
  for await (const part of entry.content) parts.push(part);
  const parsed = parseJson(Buffer.concat(parts).toString("utf8"));
  const version = (parsed as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version > 1) {
    throw new BackupError(
      "backup_newer",
      "The backup was made by a newer version of this program: use that one.",
    );
  }
  const manifest = manifestSchema.safeParse(parsed);
  if (!manifest.success) throw damaged("its manifest is not as this program writes it", manifest.error);
  return manifest.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged("its manifest is not JSON", cause);
  }
}

async function unpack(entry: TarEntry, member: Member, into: string): Promise<void> {
  if (entry.bytes !== member.bytes) throw damaged(`${member.name} has another length than its manifest says`);
  const path = join(into, member.name);
  makeFolder(dirname(path), 0o700);
  const hash = createHash("sha256");
  const handle = await open(path, "wx", 0o600);
  try {
    for await (const chunk of entry.content) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (hash.digest("hex") !== member.sha256) throw damaged(`${member.name} is not what was written`);
}

const isOfZlib = (error: unknown): boolean =>
  String((error as { code?: unknown } | null)?.code).startsWith("Z_");
