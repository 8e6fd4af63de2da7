import { inflateSync } from "node:zlib";
import {
  attributesIn,
  type ByteSource,
  crc32,
  hasUdifTrailer,
  joinBytes,
  readExactly,
  readUdif,
  StampError,
  type UdifLayout,
  type UdifRun,
  type UdifTable,
  udifRunKind,
  viewOf,
} from "@tallystick/sdk/stamp";
import { crc32Combine } from "./crc32-combine.ts";
import type { StampPlan } from "./stamp-plan.ts";
import { patchTable } from "./udif-patch.ts";

/** The runs of `hdiutil` have a megabyte at most. */
const maxRunBytes = 16 << 20;

/** Where the placeholder was found. */
interface Found {
  table: UdifTable;
  run: UdifRun;
  content: Uint8Array;
}

/**
 * Plans how a compressed disk image becomes one that can be stamped: the run with the application's placeholder is
 * kept uncompressed, behind the others. Unpacks the whole image once, a run at a time; a vendor does this once for
 * each release. Runs of zlib are read (`hdiutil -format UDZO`), others are passed over.
 *
 * @throws StampError `container_unknown`, `container_unsupported`, `container_malformed`.
 */
export async function planDmgPreparation(source: ByteSource): Promise<StampPlan> {
  if (!(await hasUdifTrailer(source)))
    throw new StampError(
      "container_unknown",
      "This is not a disk image of macOS; others need no preparation.",
    );
  const layout = await readUdif(source);
  const [found, another] = await findEverywhere(source, layout);
  if (found === undefined)
    throw new StampError(
      "container_unsupported",
      "No application in this disk image has a placeholder as its attribute, or it is not compressed by zlib (UDZO) on HFS+. docs/stamping.md tells how to make such an image.",
    );
  if (another !== undefined)
    throw new StampError(
      "container_unsupported",
      "This disk image has more than one placeholder, so nobody can tell which one macOS reads. Make it anew from a fresh folder.",
    );
  const isRaw = found.run.kind === udifRunKind.raw;
  return isRaw
    ? {
        container: "dmg",
        patches: [],
        newLength: source.size,
        notes: ["This disk image can be stamped as it is."],
      }
    : { container: "dmg", ...(await keepRaw(source, layout, found)), notes: [] };
}

async function findEverywhere(source: ByteSource, { tables }: UdifLayout): Promise<Found[]> {
  const found: Found[] = [];
  for (const table of tables)
    for (const run of table.runs) {
      const content = await unpack(source, run);
      for (const _ of attributesIn(content)) found.push({ table, run, content });
      if (found.length > 1) return found;
    }
  return found;
}

async function unpack(source: ByteSource, run: UdifRun): Promise<Uint8Array> {
  const isRead = run.kind === udifRunKind.raw || run.kind === udifRunKind.zlib;
  if (!isRead || run.length > maxRunBytes || run.packedLength > maxRunBytes) return new Uint8Array();
  const packed = await readExactly(source, run.offset, run.packedLength);
  if (run.kind === udifRunKind.raw) return packed;
  try {
    const content = inflateSync(packed, { maxOutputLength: maxRunBytes });
    if (content.length === run.length) return content;
  } catch (cause) {
    throw new StampError("container_malformed", "A part of the disk image cannot be unpacked.", { cause });
  }
  throw new StampError("container_malformed", "A part of the disk image has another length than it says.");
}

/** The data fork grows by the run; the property list and the trailer move behind it. */
async function keepRaw(
  source: ByteSource,
  { dataFork, dataForkSum, plist, trailerOffset }: UdifLayout,
  { table, run, content }: Found,
): Promise<Pick<StampPlan, "patches" | "newLength">> {
  const end = dataFork.offset + dataFork.length;
  if (end !== plist.offset || plist.offset + plist.length !== trailerOffset)
    throw new StampError("container_unsupported", "This disk image has its parts in an unusual order.");
  const behind = await readExactly(source, end, source.size - end);
  for (const { offset, bytes } of patchTable(table, run.row, rawRow(run, end - table.runsBase)))
    behind.set(bytes, offset - end);
  const trailer = viewOf(behind.subarray(trailerOffset - end));
  trailer.setBigUint64(32, BigInt(dataFork.length + content.length));
  trailer.setBigUint64(216, BigInt(plist.offset + content.length));
  if (dataForkSum.crc !== undefined) {
    const crc = crc32Combine(dataForkSum.crc, crc32(content), content.length);
    trailer.setUint32(dataForkSum.offset - trailerOffset, crc);
  }
  const patches = [{ offset: end, bytes: joinBytes(content, behind) }];
  return { patches, newLength: source.size + content.length };
}

/** A row of a table: u32be kind, four bytes for a comment, u64be first sector, count, offset, length in the file. */
function rawRow(run: UdifRun, offset: number): Uint8Array {
  const row = new Uint8Array(40);
  const view = viewOf(row);
  view.setUint32(0, udifRunKind.raw);
  for (const [index, value] of [run.start / 512, run.length / 512, offset, run.length].entries())
    view.setBigUint64(8 + 8 * index, BigInt(value));
  return row;
}
