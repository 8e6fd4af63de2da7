import { hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { findTrailer, stampPlaceBytes, type TrailerShape } from "./trailer.ts";

/** The stamp of a zstd file: a skippable frame at the end (RFC 8878, 3.1.2), which every decoder passes over. */
export const zstdTrailer: TrailerShape = {
  before: Uint8Array.of(0x5b, 0x2a, 0x4d, 0x18, stampPlaceBytes & 0xff, stampPlaceBytes >>> 8, 0, 0),
  after: new Uint8Array(),
};

const signature = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);
const skippable = Uint8Array.of(0x2a, 0x4d, 0x18);

/** pzstd begins with a skippable frame of four bytes, which holds the length of the first real one. */
const afterPzstdHeader = 12;

/** Reads the stamp of a zstd file. */
export const zstdReader: ContainerReader = {
  kind: "zstd",
  recognises: (_source, head) =>
    hasBytesAt(head, signature) ||
    (hasBytesAt(head, skippable, 1) && hasBytesAt(head, signature, afterPzstdHeader)),
  readStampPlace: async (source) => (await findTrailer(source, zstdTrailer))?.place,
};
