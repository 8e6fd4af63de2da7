import { ascii, hasBytesAt, joinBytes } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { findTrailer, stampPlaceBytes, type TrailerShape } from "./trailer.ts";

const low = (value: number) => Uint8Array.of(value & 0xff, value >>> 8);

/**
 * The stamp of a gzip file: a member of its own at the end, which unpacks to nothing and carries the frame in an extra
 * subfield `TK` (RFC 1952, 2.3.1.1). A decoder joins the members' contents, so what comes out is unchanged; bytes
 * merely appended would be "trailing garbage" to it.
 */
export const gzipTrailer: TrailerShape = {
  before: joinBytes(
    // ID1, ID2, CM deflate, FLG.FEXTRA, no time, no XFL, OS unknown; XLEN; SI1, SI2; LEN.
    Uint8Array.of(0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff),
    low(4 + stampPlaceBytes),
    ascii("TK"),
    low(stampPlaceBytes),
  ),
  // An empty block of fixed codes, then the CRC-32 and the length of nothing.
  after: Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0, 0),
};

const signature = Uint8Array.of(0x1f, 0x8b, 8);

/** Reads the stamp of a gzip file, `.tar.gz` above all. */
export const gzipReader: ContainerReader = {
  kind: "gzip",
  recognises: (_source, head) => hasBytesAt(head, signature),
  readStampPlace: async (source) => (await findTrailer(source, gzipTrailer))?.place,
};
