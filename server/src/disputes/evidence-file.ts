import type { Hashes } from "../secrets/hashes.ts";
import { openSealed, sealText } from "../secrets/seal.ts";
import { Refusal } from "../words/refusal.ts";

/** A file as a partner sends it. */
export interface SentFile {
  name: string;
  type: string;
  /** Its bytes in base64. */
  base64: string;
}

/** A file that was looked at. */
export interface EvidenceFile {
  name: string;
  type: EvidenceType;
  bytes: Buffer;
}

/** What is taken as evidence. */
export const evidenceTypes = ["text/plain", "application/pdf", "image/png", "image/jpeg"] as const;
/** One of the types. */
export type EvidenceType = (typeof evidenceTypes)[number];

/** The largest file, in bytes. */
export const longestFile = 524_288;

const beginnings: Record<EvidenceType, readonly number[]> = {
  "text/plain": [],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/jpeg": [0xff, 0xd8, 0xff],
};

/**
 * Looks at a file before it is kept: its size, its type among those that are taken, its first bytes by that type, and
 * its name without a path.
 *
 * @throws {Refusal} `dispute_file_refused`
 */
export function readFile({ name, type, base64 }: SentFile): EvidenceFile {
  const known = evidenceTypes.find((one) => one === type);
  if (known === undefined) return refuse(`its type is none of ${evidenceTypes.join(", ")}`);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return refuse("it is no base64");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || bytes.length > longestFile)
    return refuse(`it has to have 1 to ${longestFile} bytes`);
  if (!beginnings[known].every((byte, at) => bytes[at] === byte)) return refuse(`it is no ${known}`);
  if (known === "text/plain" && !isText(bytes)) return refuse("it is no text in UTF-8");
  return { name: fitName(name), type: known, bytes };
}

function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\t\r\n]/u.test(text);
  } catch {
    return false;
  }
}

/** The last part of a path, in characters that a header and every file system take. */
const fitName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)
    ?.normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9._ -]/g, "_")
    .replace(/^\.+/, "")
    .slice(-80)
    .trim() || "file";

function refuse(why: string): never {
  throw new Refusal("dispute_file_refused", `The file is not taken: ${why}.`);
}

const entryName = (dispute: string, seq: number) => Buffer.from(`${dispute} ${seq}`);

/** Seals a file for its entry: it may name customers. */
export const sealFile = (
  { bytes }: EvidenceFile,
  of: { dispute: string; seq: number },
  { disputeFileKey }: Hashes,
): Buffer => sealText(bytes.toString("base64"), entryName(of.dispute, of.seq), disputeFileKey);

/** Opens what `sealFile` sealed. */
export const openFile = (
  sealed: Uint8Array,
  of: { dispute: string; seq: number },
  { disputeFileKey }: Hashes,
): Buffer => Buffer.from(openSealed(sealed, entryName(of.dispute, of.seq), disputeFileKey), "base64");
