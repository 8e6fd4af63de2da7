import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { promisify } from "node:util";
import { BackupError, damaged } from "./backup-error.ts";

// The age format with one recipient, a passphrase: https://c2sp.org/age. So a sealed backup is opened without this
// program, too: `age --decrypt`.
const version = "age-encryption.org/v1";
const scryptLabel = "age-encryption.org/v1/scrypt";
const chunkBytes = 65_536;
const tagBytes = 16;
/** 2^16 blocks of 1 KiB: 64 MiB of memory and some tenths of a second a try. */
const usualLogN = 16;
const logNAtMost = 20;
const headerBytesAtMost = 1_000;
const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** How a file in the age format begins. */
export const ageMagic = Buffer.from(`${version}\n`);

/**
 * Seals a stream under a passphrase. What comes out is a file in the age format.
 *
 * @param logN work that a try of a passphrase takes: 2 to this power KiB of memory, and the time to fill them
 */
export async function* sealWithPassphrase(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  logN = usualLogN,
): AsyncGenerator<Buffer> {
  const fileKey = randomBytes(16);
  const salt = randomBytes(16);
  const wrapping = await stretch(passphrase, salt, logN);
  const wrapped = sealChunk(wrapping, Buffer.alloc(12), fileKey);
  const stanza = `${version}\n-> scrypt ${unpadded(salt)} ${logN}\n${unpadded(wrapped)}\n---`;
  yield Buffer.from(`${stanza} ${unpadded(macOf(fileKey, stanza))}\n`);
  const nonce = randomBytes(16);
  yield nonce;
  const key = expand(fileKey, nonce, "payload");
  let counter = 0;
  for await (const { chunk, last } of chunksOf(source, chunkBytes)) {
    yield sealChunk(key, chunkNonce(counter++, last), chunk);
  }
}

/**
 * Opens what was sealed under a passphrase. No byte comes out that was not checked.
 *
 * @throws {BackupError} `passphrase_wrong`, or `backup_damaged`
 */
export async function* openWithPassphrase(
  source: AsyncIterable<Buffer>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const { header, rest } = await splitHeader(source);
  const fileKey = await openHeader(header, passphrase);
  let key: Buffer | undefined;
  let counter = 0;
  const payload = skip(rest, 16, (nonce) => {
    key = expand(fileKey, nonce, "payload");
  });
  for await (const { chunk, last } of chunksOf(payload, chunkBytes + tagBytes)) {
    if (key === undefined) throw damaged("it ends early");
    yield openChunk(key, chunkNonce(counter++, last), chunk);
  }
}

async function openHeader(header: string, passphrase: string): Promise<Buffer> {
  const [, salt = "", logN = "", body = "", mac = ""] =
    /^age-encryption\.org\/v1\n-> scrypt ([\w+/]{22}) (\d{1,2})\n([\w+/]{43})\n--- ([\w+/]{43})\n$/.exec(
      header,
    ) ?? [];
  if (salt === "")
    throw new BackupError("backup_foreign", "The file is sealed for a key, not under a passphrase.");
  if (Number(logN) > logNAtMost) throw damaged("its passphrase would take too much work to try");
  const wrapping = await stretch(passphrase, Buffer.from(salt, "base64"), Number(logN));
  const fileKey = unwrap(wrapping, Buffer.from(body, "base64"));
  const expected = macOf(fileKey, header.slice(0, header.lastIndexOf("---") + 3));
  if (!timingSafeEqual(expected, Buffer.from(mac, "base64"))) throw damaged("its header was changed");
  return fileKey;
}

function unwrap(wrapping: Buffer, body: Buffer): Buffer {
  try {
    return openChunk(wrapping, Buffer.alloc(12), body);
  } catch (cause) {
    throw new BackupError("passphrase_wrong", "The passphrase does not open this backup.", { cause });
  }
}

async function stretch(passphrase: string, salt: Buffer, logN: number): Promise<Buffer> {
  const N = 2 ** logN;
  return derive(passphrase, Buffer.concat([Buffer.from(scryptLabel), salt]), 32, {
    N,
    r: 8,
    p: 1,
    maxmem: 2_048 * N,
  });
}

const expand = (key: Buffer, salt: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, label, 32));

const macOf = (fileKey: Buffer, header: string): Buffer =>
  createHmac("sha256", expand(fileKey, Buffer.alloc(0), "header"))
    .update(header)
    .digest();

function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function sealChunk(key: Buffer, nonce: Buffer, chunk: Buffer): Buffer {
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagBytes });
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < tagBytes) throw damaged("it ends early");
  const cipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: tagBytes });
  cipher.setAuthTag(sealed.subarray(-tagBytes));
  const opened = cipher.update(sealed.subarray(0, -tagBytes));
  try {
    cipher.final();
  } catch (cause) {
    throw damaged("a part of it was changed or is missing", cause);
  }
  return opened;
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/** A stream in portions of one length, of which the last says that it is the last and may be shorter. */
async function* chunksOf(source: AsyncIterable<Buffer>, length: number) {
  let held: Buffer[] = [];
  let count = 0;
  for await (const part of source) {
    held.push(part);
    count += part.length;
    if (count <= length) continue;
    let whole = Buffer.concat(held);
    for (; whole.length > length; whole = whole.subarray(length))
      yield { chunk: whole.subarray(0, length), last: false };
    held = [whole];
    count = whole.length;
  }
  yield { chunk: Buffer.concat(held), last: true };
}

/** The lines of the header, and what comes behind them. */
async function splitHeader(source: AsyncIterable<Buffer>) {
  const parts = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (;;) {
    const { done, value } = await parts.next();
    if (done) throw damaged("it ends early");
    head = Buffer.concat([head, value]);
    const dashes = head.indexOf("\n--- ");
    const end = dashes < 0 ? -1 : head.indexOf("\n", dashes + 1);
    if (end >= 0) {
      const first = head.subarray(end + 1);
      return { header: head.subarray(0, end + 1).toString("latin1"), rest: joined(first, parts) };
    }
    if (head.length > headerBytesAtMost) throw damaged("its header does not end");
  }
}

async function* joined(first: Buffer, parts: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}

/** Hands the first bytes of a stream to `take`, and gives the rest. */
async function* skip(
  source: AsyncIterable<Buffer>,
  count: number,
  take: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const part of source) {
    if (head === undefined) yield part;
    else {
      head = Buffer.concat([head, part]);
      if (head.length < count) continue;
      take(head.subarray(0, count));
      const rest: Buffer = head.subarray(count);
      head = undefined;
      if (rest.length > 0) yield rest;
    }
  }
}
