import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { StampError } from "./stamp-error.ts";
import { sidecarAdvice } from "./unsupported.ts";

/** Where a PE file ("PE Format" at Microsoft Learn) keeps what a stamp touches. Offsets in the file. */
export interface PeLayout {
  /** Where the optional header's CheckSum stands: u32le. */
  checksumAt: number;
  /** The optional header's CheckSum; 0 when the linker left it out. */
  checksum: number;
  /** The entry of the certificate table among the data directories: u32le offset, u32le size. */
  directoryAt: number | undefined;
  /** The certificate table, at the end of the file, when it is signed. */
  table: { offset: number; size: number } | undefined;
}

/** One WIN_CERTIFICATE in the certificate table. Offsets in the table. */
export interface PeCertificate {
  /** The offset of its first byte. */
  start: number;
  /** Its dwLength: eight bytes of head and the rest. */
  length: number;
  /** The start of the next one, or the table's end. */
  spanEnd: number;
  /** Whether it holds PKCS #7 SignedData: the kind that Windows verifies. */
  isAuthenticode: boolean;
}

/** The largest certificate table that is read. Real ones have some dozen kilobytes. */
const maxTableBytes = 4 * 1024 * 1024;

const maxCertificates = 64;

/** Certificate tables and what is in them begin at multiples of this. */
export const peAlignment = 8;

/** The next multiple of eight. */
export const alignPe = (offset: number): number => Math.ceil(offset / peAlignment) * peAlignment;

/** Where the PE header begins, when this is the head of a PE file at all. */
export async function findPeHeader(source: ByteSource, head: Uint8Array): Promise<number | undefined> {
  if (head.length < 64 || head[0] !== 0x4d || head[1] !== 0x5a) return undefined;
  const at = viewOf(head).getUint32(0x3c, true);
  if (at < 4 || at % 4 !== 0 || at + 24 > source.size) return undefined;
  const [p, e, zero, end] = await readExactly(source, at, 4);
  return p === 0x50 && e === 0x45 && zero === 0 && end === 0 ? at : undefined;
}

/**
 * Reads the headers of a PE file, 32 or 64 bits.
 *
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export async function readPeLayout(source: ByteSource): Promise<PeLayout> {
  const head = await readExactly(source, 0, Math.min(64, source.size));
  const at = await findPeHeader(source, head);
  if (at === undefined) throw malformed("has no PE header");
  const optionalSize = viewOf(await readExactly(source, at, 24)).getUint16(20, true);
  const optional = viewOf(await readExactly(source, at + 24, Math.min(optionalSize, 240)));
  const magic = optional.byteLength < 96 ? 0 : optional.getUint16(0, true);
  if (magic !== 0x10b && magic !== 0x20b) throw malformed("has no optional header of a program");
  const directories = magic === 0x10b ? 96 : 112;
  const fourth = directories + 4 * 8;
  const found = { checksumAt: at + 24 + 64, checksum: optional.getUint32(64, true) };
  const count = optional.byteLength < directories ? 0 : optional.getUint32(directories - 4, true);
  if (count < 5 || optional.byteLength < fourth + 8)
    return { ...found, directoryAt: undefined, table: undefined };
  const directoryAt = at + 24 + fourth;
  const [offset, size] = [optional.getUint32(fourth, true), optional.getUint32(fourth + 4, true)];
  if (offset === 0 && size === 0) return { ...found, directoryAt, table: undefined };
  checkTable(source, { offset, size }, directoryAt + 8);
  return { ...found, directoryAt, table: { offset, size } };
}

function checkTable(
  source: ByteSource,
  { offset, size }: { offset: number; size: number },
  headerEnd: number,
) {
  if (offset + size > source.size) throw malformed("ends before its signature does");
  if (offset < headerEnd || size < 8) throw malformed("has its signature where none can be");
  if (offset % peAlignment !== 0) throw unsupported("its signature begins at an odd place");
  if (offset + size !== source.size) throw unsupported("there is something behind its signature");
  if (size > maxTableBytes) throw unsupported("its signature is larger than any that is known");
}

/**
 * The entries of a certificate table. Zeros behind the last belong to it.
 *
 * @throws StampError `container_malformed`.
 */
export function readPeCertificates(table: Uint8Array): PeCertificate[] {
  const view = viewOf(table);
  const found: PeCertificate[] = [];
  for (let start = 0; start + 8 <= table.length; ) {
    const length = view.getUint32(start, true);
    if (length === 0) break;
    if (length < 8 || start + length > table.length || found.length === maxCertificates)
      throw malformed("has a damaged table of signatures");
    const isAuthenticode =
      view.getUint16(start + 4, true) === 0x0200 && view.getUint16(start + 6, true) === 2;
    const spanEnd = Math.min(table.length, alignPe(start + length));
    found.push({ start, length, spanEnd, isAuthenticode });
    start = spanEnd;
  }
  const last = found.at(-1);
  if (last !== undefined) last.spanEnd = table.length;
  return found;
}

const malformed = (what: string) => new StampError("container_malformed", `This program ${what}.`);

const unsupported = (why: string) =>
  new StampError("container_unsupported", `This program cannot be stamped: ${why}. ${sidecarAdvice}`);
