import type { ByteSource } from "./byte-source.ts";

/** The kinds of file that can carry a stamp. */
export const containerKinds = [
  "pe",
  "msi",
  "mac-zip",
  "zip",
  "deb",
  "gzip",
  "zstd",
  "elf",
  "iso",
  "dmg",
] as const;

/** One kind of file that can carry a stamp. */
export type ContainerKind = (typeof containerKinds)[number];

/** How the stamp of one kind of file is found. A kind is one file here, and one in the receiver that writes it. */
export interface ContainerReader {
  /** The kind's name, as results and refusals have it. */
  readonly kind: ContainerKind;
  /**
   * Whether a source is of this kind. `head` is its first 4,096 bytes or all of them; a container that is known by
   * its end reads there itself. Returns no for anything too short, and never throws for what the file holds.
   */
  recognises(source: ByteSource, head: Uint8Array): boolean | Promise<boolean>;
  /**
   * The bytes at the place of the stamp, beginning with a frame, or nothing when there is no such place.
   *
   * @throws StampError `container_malformed`, `container_unsupported`.
   */
  readStampPlace(source: ByteSource): Promise<Uint8Array | undefined>;
}
