import { type ByteSource, readExactly, StampError, viewOf, type ZipEnd } from "@tallystick/sdk/stamp";

/** A directory's new place, its size and how many records it has. */
export type MovedDirectory = Pick<ZipEnd, "directoryOffset" | "directoryBytes" | "entries">;

const [none16, none32] = [0xffff, 0xffff_ffff];

/**
 * An archive's end, from behind the directory to the end of the comment, as it must be when the directory was moved.
 *
 * @throws StampError `container_unsupported` when the new numbers have no room.
 */
export async function moveZipEnd(
  source: ByteSource,
  end: ZipEnd,
  moved: MovedDirectory,
): Promise<Uint8Array> {
  const start = end.zip64Offset ?? end.offset;
  const bytes = await readExactly(source, start, source.size - start);
  const view = viewOf(bytes);
  const directoryOffset = moved.directoryOffset - end.prefixBytes;
  if (end.zip64Offset !== undefined) {
    const put = (at: number, value: number) => view.setBigUint64(at, BigInt(value), true);
    put(24, moved.entries);
    put(32, moved.entries);
    put(40, moved.directoryBytes);
    put(48, directoryOffset);
    put(64, moved.directoryOffset + moved.directoryBytes);
  }
  const at = end.offset - start;
  // A field of all ones says that the number stands in the ZIP64 end, and stays so.
  const place = (offset: number, value: number, none: number) => {
    const isShort = none === none16;
    const present = isShort ? view.getUint16(at + offset, true) : view.getUint32(at + offset, true);
    if (present === none && end.zip64Offset !== undefined) return;
    if (value >= none)
      throw new StampError("container_unsupported", "The archive has no room for another entry.");
    if (isShort) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  };
  place(8, moved.entries, none16);
  place(10, moved.entries, none16);
  place(12, moved.directoryBytes, none32);
  place(16, directoryOffset, none32);
  return bytes;
}
