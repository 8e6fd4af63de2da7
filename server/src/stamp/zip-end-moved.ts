import { type ByteSource, readExactly, StampError, viewOf, type ZipEnd } from "@tallystick/sdk/stamp";

/** By how much a directory moves and grows; negative, back and less. */
export interface DirectoryMove {
  offset: number;
  bytes: number;
  entries: number;
}

/**
 * An archive's end, from behind the directory to the end of the comment, as it must be when the directory was moved.
 * Differences are added to what stands there, so the way back gives the same bytes whatever the archive said.
 *
 * @throws StampError `container_unsupported` when the new numbers have no room.
 */
export async function moveZipEnd(source: ByteSource, end: ZipEnd, move: DirectoryMove): Promise<Uint8Array> {
  const start = end.zip64Offset ?? end.offset;
  const bytes = await readExactly(source, start, source.size - start);
  if (end.zip64Offset !== undefined) moveZip64End(viewOf(bytes), move);
  moveEnd(viewOf(bytes.subarray(end.offset - start)), move, end.zip64Offset !== undefined);
  return bytes;
}

/** The record (APPNOTE 4.3.14), and the locator behind it (4.3.15). */
function moveZip64End(view: DataView, { offset, bytes, entries }: DirectoryMove): void {
  const add = (at: number, difference: number) => {
    const value = view.getBigUint64(at, true) + BigInt(difference);
    if (value < 0 || value !== BigInt.asUintN(64, value)) throw noRoom();
    view.setBigUint64(at, value, true);
  };
  add(24, entries);
  add(32, entries);
  add(40, bytes);
  add(48, offset);
  add(64, offset + bytes);
}

/** The end record (4.3.16). A field of all ones says that the number stands in the ZIP64 end, and stays so. */
function moveEnd(view: DataView, { offset, bytes, entries }: DirectoryMove, hasZip64: boolean): void {
  const moved = (present: number, difference: number, none: number) => {
    if (present === none && hasZip64) return present;
    const value = present + difference;
    if (value < 0 || value >= none) throw noRoom();
    return value;
  };
  for (const at of [8, 10]) view.setUint16(at, moved(view.getUint16(at, true), entries, 0xffff), true);
  view.setUint32(12, moved(view.getUint32(12, true), bytes, 0xffff_ffff), true);
  view.setUint32(16, moved(view.getUint32(16, true), offset, 0xffff_ffff), true);
}

const noRoom = () =>
  new StampError(
    "container_unsupported",
    "The archive has no room for another entry. Pack the app as a dmg.",
  );
