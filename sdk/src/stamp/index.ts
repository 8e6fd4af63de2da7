/** Stamps: a token inside an installer, a medium or an archive. Reading is here; the receiver writes them. */
export { lookForStamps } from "../capture/stamped/look-for-stamps.ts";
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
export { encodeAppleDouble } from "./apple-double.ts";
export { type AuthenticodeLayout, readAuthenticode, readStampAttribute } from "./authenticode.ts";
export { type ByteSource, bytesSource, readExactly, viewOf } from "./byte-source.ts";
export { ascii, byteText, hasBytesAt, joinBytes } from "./bytes-at.ts";
export {
  type CompoundFile,
  compoundHeader,
  openCompoundFile,
  sectorMark,
  sectorOffset,
} from "./compound-file.ts";
export {
  type CompoundChain,
  type CompoundStream,
  readStreamChain,
  smallStreamLimit,
} from "./compound-stream.ts";
export { type ContainerKind, type ContainerReader, containerKinds } from "./container.ts";
export { type ArMember, debStampHeader, endOfMember, findDebStamp, readDebMembers } from "./deb.ts";
export { type DerNode, derChildren, derSlice, derTag, encodeDer, readDer } from "./der.ts";
export { applicationInstance, attributesIn, type DmgAttribute, findDmgAttributes } from "./dmg-attribute.ts";
export { gzipTrailer } from "./gzip.ts";
export { type IsoLayout, readIsoLayout } from "./iso-layout.ts";
export { findMacZipStamp, type MacZipStamp } from "./mac-zip.ts";
export { findSignatureStream, readSignatureStream } from "./msi.ts";
export { alignPe, type PeCertificate, type PeLayout, readPeCertificates, readPeLayout } from "./pe-layout.ts";
export {
  encodePlaceholder,
  maxPlaceholderBytes,
  placeholderBytes,
  placeholderName,
  readPlaceholder,
} from "./placeholder.ts";
export { readStamp, recogniseContainer, type StampReading } from "./read-stamp.ts";
export { readTail, type TailReading, tailBytes } from "./read-tail.ts";
export { StampError, type StampErrorCode, stampErrorCodes } from "./stamp-error.ts";
export { bareTrailer, findTrailer, stampPlaceBytes, type Trailer, type TrailerShape } from "./trailer.ts";
export { hasUdifTrailer, readUdif, type UdifLayout } from "./udif.ts";
export { type UdifRun, type UdifTable, udifRunKind, udifTableCrcAt } from "./udif-table.ts";
export { sidecarAdvice } from "./unsupported.ts";
export {
  endsAsZip,
  maxZipCommentBytes,
  missingZipBytes,
  readZipEnd,
  type ZipEnd,
  zipEndBytes,
} from "./zip/zip-end.ts";
export { beginsAsZip, findZipStamp } from "./zip.ts";
export { zstdTrailer } from "./zstd.ts";
