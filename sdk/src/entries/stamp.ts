/** Stamps: a token inside an installer, a medium or an archive. Reading is here; the receiver writes them. */
export { lookForStamps, type StampPlace } from "../capture/stamped/look-for-stamps.ts";
export { crc32 } from "../protocol/crc32.ts";
export {
  decodeStampFrame,
  encodeStampFrame,
  maxStampPayloadBytes,
  type StampFrameReading,
  stampHeaderBytes,
  stampMagic,
  stampOid,
} from "../protocol/stamp-frame.ts";
export { encodeAppleDouble } from "../stamp/apple-double.ts";
export { type AuthenticodeLayout, readAuthenticode, readStampAttribute } from "../stamp/authenticode.ts";
export { type ByteSource, bytesSource, readExactly, viewOf } from "../stamp/byte-source.ts";
export { ascii, byteText, hasBytesAt, joinBytes } from "../stamp/bytes-at.ts";
export {
  type CompoundFile,
  compoundHeader,
  openCompoundFile,
  sectorMark,
  sectorOffset,
} from "../stamp/compound-file.ts";
export {
  type CompoundChain,
  type CompoundStream,
  readStreamChain,
  smallStreamLimit,
} from "../stamp/compound-stream.ts";
export { type ContainerKind, type ContainerReader, containerKinds } from "../stamp/container.ts";
export { type ArMember, debStampHeader, endOfMember, findDebStamp, readDebMembers } from "../stamp/deb.ts";
export { type DerNode, derChildren, derSlice, derTag, encodeDer, readDer } from "../stamp/der.ts";
export {
  applicationInstance,
  attributesIn,
  type DmgAttribute,
  findDmgAttributes,
} from "../stamp/dmg-attribute.ts";
export { gzipTrailer } from "../stamp/gzip.ts";
export { type IsoLayout, readIsoLayout } from "../stamp/iso-layout.ts";
export { findMacZipStamp, type MacZipStamp } from "../stamp/mac-zip.ts";
export { findSignatureStream, readSignatureStream } from "../stamp/msi.ts";
export {
  alignPe,
  type PeCertificate,
  type PeLayout,
  readPeCertificates,
  readPeLayout,
} from "../stamp/pe-layout.ts";
export {
  encodePlaceholder,
  maxPlaceholderBytes,
  placeholderBytes,
  placeholderName,
  readPlaceholder,
} from "../stamp/placeholder.ts";
export { readStamp, recogniseContainer, type StampReading } from "../stamp/read-stamp.ts";
export { readTail, type TailReading, tailBytes } from "../stamp/read-tail.ts";
export { StampError, type StampErrorCode, stampErrorCodes } from "../stamp/stamp-error.ts";
export {
  bareTrailer,
  findTrailer,
  stampPlaceBytes,
  type Trailer,
  type TrailerShape,
} from "../stamp/trailer.ts";
export { hasUdifTrailer, readUdif, type UdifLayout, type UdifSum } from "../stamp/udif.ts";
export { type UdifRun, type UdifTable, udifRunKind, udifTableCrcAt } from "../stamp/udif-table.ts";
export { sidecarAdvice } from "../stamp/unsupported.ts";
export {
  endsAsZip,
  maxZipCommentBytes,
  missingZipBytes,
  readZipEnd,
  type ZipEnd,
  zipEndBytes,
} from "../stamp/zip/zip-end.ts";
export { beginsAsZip, findZipStamp } from "../stamp/zip.ts";
export { zstdTrailer } from "../stamp/zstd.ts";
