import type { ByteSource, ContainerKind } from "@tallystick/sdk/stamp";

/** Bytes that stand at an offset of the result, whatever the original has there. */
export interface Patch {
  /** In the result, in bytes. */
  offset: number;
  /** What stands there. */
  bytes: Uint8Array;
}

/**
 * How a file becomes its stamped self: the original cut or filled with zeros to `newLength`, with the patches over it.
 * So a copy for a partner costs its patches, and any range of it can be served from the one original.
 */
export interface StampPlan {
  /** Which kind of file it is. */
  container: ContainerKind;
  /** By offset, without overlaps, all inside `newLength`. */
  patches: readonly Patch[];
  /** Bytes of the result. */
  newLength: number;
  /** What the person who stamps should know, such as that the file was not signed. */
  notes: readonly string[];
}

/** How one kind of file is stamped and restored. Both read a few parts of the source and write nothing. */
export interface ContainerWriter {
  readonly kind: ContainerKind;
  /**
   * Plans the stamp; a stamp that is there already is replaced: the result is the same as of the original.
   *
   * @param payload - what the frame shall carry, 1 to 4,096 bytes.
   * @throws StampError `container_malformed`, `container_unsupported`, `stamp_too_large`.
   */
  planStamp(source: ByteSource, payload: Uint8Array): Promise<Omit<StampPlan, "container">>;
  /**
   * Plans the way back: the result is the original, byte for byte.
   *
   * @throws StampError `stamp_absent`, `container_malformed`.
   */
  planRemoval(source: ByteSource): Promise<Omit<StampPlan, "container">>;
}
