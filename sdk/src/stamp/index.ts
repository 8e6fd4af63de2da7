/** Stamps: a token inside an installer, a medium or an archive. Reading is here; the receiver writes them. */
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
export { type AuthenticodeLayout, readAuthenticode, readStampAttribute } from "./authenticode.ts";
export { type ByteSource, bytesSource, readExactly, viewOf } from "./byte-source.ts";
export {
  type CompoundFile,
  compoundHeader,
  openCompoundFile,
  sectorMark,
  sectorOffset,
} from "./compound-file.ts";
export { type CompoundStream, smallStreamLimit } from "./compound-stream.ts";
export { type ContainerKind, type ContainerReader, containerKinds } from "./container.ts";
export { type DerNode, derChildren, derSlice, derTag, encodeDer, readDer } from "./der.ts";
export { findSignatureStream, readSignatureStream } from "./msi.ts";
export { alignPe, type PeCertificate, type PeLayout, readPeCertificates, readPeLayout } from "./pe-layout.ts";
export { readStamp, recogniseContainer, type StampReading } from "./read-stamp.ts";
export { StampError, type StampErrorCode, stampErrorCodes } from "./stamp-error.ts";
