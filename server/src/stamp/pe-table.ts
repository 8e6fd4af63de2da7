import {
  alignPe,
  decodeStampFrame,
  joinBytes,
  type PeCertificate,
  readAuthenticode,
  readPeCertificates,
  readStampAttribute,
  StampError,
  sidecarAdvice,
  viewOf,
} from "@tallystick/sdk/stamp";
import { endOf, insertStampAttribute, removeStampAttribute } from "./authenticode.ts";
import { decodeRestore, type PeRestore } from "./pe-restore.ts";

/** The bytes of a WIN_CERTIFICATE before the signature: u32le length, u16le revision, u16le type. */
const certificateHeadBytes = 8;

/** The most zeros behind a signature that are kept for the way back. */
const maxSlackBytes = 65_536;

/** A certificate table without its stamp. */
export interface RestoredTable {
  table: Uint8Array;
  /** The dwLength of the certificate that had, or will have, the stamp. */
  certificateLength: number;
  /** The checksum that the stamp remembers, where it cannot be worked out. */
  restore: PeRestore | undefined;
}

/**
 * Puts a stamp into a certificate table that has none. The certificate's length is that of the table, padded to eight
 * with zeros: verifiers may refuse anything else behind a signature.
 *
 * @param content - the frame, and what is kept behind it.
 * @throws StampError `container_malformed`, `container_unsupported`.
 */
export function stampTable(table: Uint8Array, content: Uint8Array): Uint8Array {
  const { certificate, blob } = findCertificate(table);
  const bytes = wrap(table, certificate, insertStampAttribute(blob, content), {});
  return joinBytes(table.subarray(0, certificate.start), bytes, table.subarray(certificate.spanEnd));
}

/**
 * Takes the stamp out of a certificate table, if it has one.
 *
 * @throws StampError `container_malformed`, `container_unsupported`, `stamp_damaged`.
 */
export function restoreTable(table: Uint8Array): RestoredTable | undefined {
  const { certificate, blob } = findCertificate(table);
  const content = readStampAttribute(blob);
  if (content === undefined) return undefined;
  const frame = decodeStampFrame(content);
  if (frame.code !== "stamped")
    throw new StampError(
      "stamp_damaged",
      "The stamp in this program was damaged: stamp the original instead.",
    );
  const signature = removeStampAttribute(blob);
  if (readStampAttribute(signature) !== undefined)
    throw new StampError("container_malformed", "This program has two stamps: stamp the original instead.");
  const restore = decodeRestore(content.subarray(frame.frameBytes));
  const others = table.length - (certificate.spanEnd - certificate.start);
  const bytes = wrap(table, certificate, signature, {
    length: restore?.certificateLength,
    span: restore === undefined ? undefined : restore.directorySize - others,
  });
  return {
    table: joinBytes(table.subarray(0, certificate.start), bytes, table.subarray(certificate.spanEnd)),
    certificateLength: viewOf(bytes).getUint32(0, true),
    restore,
  };
}

/** The dwLength of the certificate that a stamp goes into. */
export const certificateLengthOf = (table: Uint8Array): number => findCertificate(table).certificate.length;

/** A certificate with its head, its signature and zeros behind it. */
function wrap(
  table: Uint8Array,
  { start }: PeCertificate,
  signature: Uint8Array,
  kept: { length?: number | undefined; span?: number | undefined },
): Uint8Array {
  const least = certificateHeadBytes + signature.length;
  const { length = alignPe(least), span = alignPe(least) } = kept;
  if (length < least || span < length || span > least + maxSlackBytes)
    throw new StampError("container_malformed", "What the stamp remembers of the original cannot be true.");
  const bytes = new Uint8Array(span);
  bytes.set(table.subarray(start, start + certificateHeadBytes));
  bytes.set(signature, certificateHeadBytes);
  viewOf(bytes).setUint32(0, length, true);
  return bytes;
}

function findCertificate(table: Uint8Array): { certificate: PeCertificate; blob: Uint8Array } {
  const certificate = readPeCertificates(table).find(({ isAuthenticode }) => isAuthenticode);
  if (certificate === undefined) throw unsupported("it is signed in a way that is not Authenticode");
  const { start, length, spanEnd } = certificate;
  const blob = table.subarray(start + certificateHeadBytes, start + length);
  const padding = table.subarray(start + certificateHeadBytes + endOf(readAuthenticode(blob)), spanEnd);
  if (padding.some((byte) => byte !== 0)) throw unsupported("there is something hidden behind its signature");
  if (padding.length > maxSlackBytes) throw unsupported("there are too many zeros behind its signature");
  return { certificate, blob };
}

const unsupported = (why: string) =>
  new StampError("container_unsupported", `This program cannot be stamped: ${why}. ${sidecarAdvice}`);
