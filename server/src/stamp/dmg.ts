import {
  type ByteSource,
  crc32,
  type DmgAttribute,
  encodePlaceholder,
  encodeStampFrame,
  findDmgAttributes,
  readPlaceholder,
  readUdif,
  StampError,
  stampHeaderBytes,
  type UdifLayout,
  udifRunKind,
  udifTableCrcAt,
  viewOf,
} from "@tallystick/sdk/stamp";
import { crc32AfterChange } from "./crc32-combine.ts";
import { orderPatches } from "./patches.ts";
import type { ContainerWriter, Patch, StampPlan } from "./stamp-plan.ts";
import { patchTable } from "./udif-patch.ts";

/**
 * Stamps a disk image of macOS: fills the placeholder that the vendor gave the application as an attribute, and
 * corrects the three sums above it by what changed, without reading what did not.
 */
export const dmgWriter: ContainerWriter = {
  kind: "dmg",
  async planStamp(source, payload) {
    const { layout, attribute } = await findPlace(source);
    const room = attribute.bytes.length - stampHeaderBytes;
    if (payload.length > room)
      throw new StampError(
        "stamp_too_large",
        `The placeholder in this disk image has room for ${room} bytes. Make a larger one by \`tallystick stamp placeholder\`.`,
      );
    return change(source, layout, attribute, encodeStampFrame(payload, attribute.bytes.length));
  },
  async planRemoval(source) {
    const { layout, attribute, isStamped } = await findPlace(source);
    if (!isStamped) throw new StampError("stamp_absent", "This disk image carries no stamp.");
    return change(source, layout, attribute, encodePlaceholder(attribute.bytes.length));
  },
};

async function findPlace(source: ByteSource) {
  const layout = await readUdif(source);
  const [attribute, another] = await findDmgAttributes(source, layout, 2);
  if (attribute === undefined)
    throw new StampError(
      "container_unsupported",
      "This disk image has no placeholder where it is not compressed. Run `tallystick stamp prepare` on it; docs/stamping.md tells how the placeholder gets into it.",
    );
  if (another !== undefined)
    throw new StampError(
      "container_unsupported",
      "This disk image has more than one placeholder, so nobody can tell which one macOS reads. Make it anew from a fresh folder.",
    );
  return { layout, attribute, isStamped: readPlaceholder(attribute.bytes).code === "stamped" };
}

function change(
  source: ByteSource,
  layout: UdifLayout,
  attribute: DmgAttribute,
  bytes: Uint8Array,
): Omit<StampPlan, "container"> {
  const difference = bytes.map((byte, index) => byte ^ (attribute.bytes[index] ?? 0));
  const sums = { before: tableCrcs(layout), after: tableCrcs(layout) };
  const patches: Patch[] = [{ offset: attribute.offset, bytes }];
  const { table } = attribute;
  if (table.crc !== undefined) {
    const crc = crc32AfterChange(table.crc, difference, countedBehind(attribute));
    sums.after[layout.tables.indexOf(table)] = crc;
    patches.push(...patchTable(table, udifTableCrcAt, number(0, crc).bytes));
  }
  const { dataFork, dataForkSum, masterSum } = layout;
  if (dataForkSum.crc !== undefined) {
    const behind = dataFork.offset + dataFork.length - attribute.offset - bytes.length;
    patches.push(number(dataForkSum.offset, crc32AfterChange(dataForkSum.crc, difference, behind)));
  }
  if (masterSum.crc !== undefined) {
    if (masterSum.crc !== crcOfCrcs(sums.before))
      throw new StampError("container_malformed", "The disk image's sums do not fit together.");
    patches.push(number(masterSum.offset, crcOfCrcs(sums.after)));
  }
  return { patches: orderPatches(patches), newLength: source.size, notes: [] };
}

const tableCrcs = ({ tables }: UdifLayout) => tables.map(({ crc }) => crc);

/** How much of the partition follows the attribute in its sum. */
function countedBehind({ table, start, bytes }: DmgAttribute): number {
  const end = start + bytes.length;
  return table.runs
    .filter(({ kind }) => kind !== udifRunKind.leftOut)
    .map((run) => run.length - Math.min(run.length, Math.max(0, end - run.start)))
    .reduce((sum, length) => sum + length, 0);
}

/** The sum over the tables' sums, of those that have one. */
function crcOfCrcs(crcs: readonly (number | undefined)[]): number {
  return crcs.reduce<number>((sum, crc) => (crc === undefined ? sum : crc32(number(0, crc).bytes, sum)), 0);
}

function number(offset: number, value: number): Patch {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return { offset, bytes };
}
