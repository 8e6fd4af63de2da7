import { type ByteSource, readExactly, viewOf } from "./byte-source.ts";
import { type UdifRun, type UdifTable, udifRunKind } from "./udif-table.ts";

const headerOffset = 1024;
const headerBytes = 512;
/** Of the first of the eight extents of the attributes' file: u32be first block, u32be count of blocks. */
const attributesExtents = 352 + 16;

/**
 * Where a volume of HFS+ keeps all attributes (TN1150, Volume Header), as far as it lies in a disk image uncompressed.
 *
 * @returns no run when the partition is no such volume, or is compressed.
 * @throws StampError `container_malformed`.
 */
export async function attributeRunsOf(source: ByteSource, { runs }: UdifTable): Promise<UdifRun[]> {
  const [first] = rawWithin(runs, headerOffset, headerBytes);
  if (first?.length !== headerBytes) return [];
  const header = viewOf(await readExactly(source, first.offset, headerBytes));
  if (header.getUint16(0) !== 0x48_2b && header.getUint16(0) !== 0x48_58) return [];
  const blockBytes = header.getUint32(40);
  return Array.from({ length: 8 }, (_, index) => attributesExtents + 8 * index).flatMap((at) =>
    rawWithin(runs, header.getUint32(at) * blockBytes, header.getUint32(at + 4) * blockBytes),
  );
}

/** What of a stretch of the partition lies in the file as it is. */
const rawWithin = (runs: readonly UdifRun[], start: number, length: number): UdifRun[] =>
  runs
    .filter((run) => run.kind === udifRunKind.raw)
    .map((run) => {
      const from = Math.max(start, run.start);
      const until = Math.min(start + length, run.start + run.length);
      return { ...run, start: from, length: until - from, offset: run.offset + from - run.start };
    })
    .filter((part) => part.length > 0);
