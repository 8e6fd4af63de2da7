import {
  type ByteSource,
  encodeStampFrame,
  joinBytes,
  type PeLayout,
  readExactly,
  readPeLayout,
  StampError,
  sidecarAdvice,
  viewOf,
} from "@tallystick/sdk/stamp";
import { updateChecksum } from "./pe-checksum.ts";
import { encodeRestore, type PeRestore } from "./pe-restore.ts";
import { certificateLengthOf, restoreTable, stampTable } from "./pe-table.ts";
import { unsignedPe } from "./pe-unsigned.ts";
import type { BarePlan } from "./plan-trailer.ts";
import type { ContainerWriter, Patch } from "./stamp-plan.ts";

/**
 * Windows programs. A signed one gets its stamp in an attribute that its signature does not cover, so the signature
 * holds; one that is not signed gets it behind its end.
 */
export const peWriter: ContainerWriter = {
  kind: "pe",
  planStamp: async (source, payload) => {
    const signed = await readSigned(source);
    if (signed === undefined) return unsignedPe.planStamp(source, payload);
    const original = withoutStamp(signed) ?? signed;
    return planTable(signed, withStamp(original, encodeStampFrame(payload)));
  },
  planRemoval: async (source) => {
    const signed = await readSigned(source);
    if (signed === undefined) return unsignedPe.planRemoval(source);
    const original = withoutStamp(signed);
    if (original === undefined) throw new StampError("stamp_absent", "This program carries no stamp.");
    return planTable(signed, original);
  },
};

/** What a stamp changes in a signed program. */
interface Signed {
  checksumAt: number;
  directoryAt: number;
  tableOffset: number;
  checksum: number;
  table: Uint8Array;
}

async function readSigned(source: ByteSource): Promise<Signed | undefined> {
  const { table, directoryAt, checksumAt, checksum }: PeLayout = await readPeLayout(source);
  if (table === undefined || directoryAt === undefined) return undefined;
  const bytes = await readExactly(source, table.offset, table.size);
  return { checksumAt, directoryAt, tableOffset: table.offset, checksum, table: bytes };
}

/** The way there and back is tried at once; what would not come back by itself is kept in the stamp. */
function withStamp(original: Signed, frame: Uint8Array): Signed {
  const made = changeTable(original, stampTable(original.table, frame));
  if (isSame(withoutStamp(made), original)) return made;
  const kept: PeRestore = {
    checksum: original.checksum,
    directorySize: original.table.length,
    certificateLength: certificateLengthOf(original.table),
  };
  const table = stampTable(original.table, joinBytes(frame, encodeRestore(kept)));
  const remembering = changeTable(original, table);
  if (isSame(withoutStamp(remembering), original)) return remembering;
  throw new StampError(
    "container_unsupported",
    `This program's signature is written so that it could not be restored. ${sidecarAdvice}`,
  );
}

function withoutStamp(stamped: Signed): Signed | undefined {
  const restored = restoreTable(stamped.table);
  if (restored === undefined) return undefined;
  const original = changeTable(stamped, restored.table);
  return restored.restore === undefined ? original : { ...original, checksum: restored.restore.checksum };
}

function changeTable(from: Signed, table: Uint8Array): Signed {
  const side = (one: Uint8Array) => ({
    length: from.tableOffset + one.length,
    parts: [
      { at: from.directoryAt + 4, bytes: littleEndian(one.length) },
      { at: from.tableOffset, bytes: one },
    ],
  });
  const checksum = updateChecksum({
    before: { checksum: from.checksum, ...side(from.table) },
    after: side(table),
  });
  return { ...from, table, checksum };
}

const isSame = (some: Signed | undefined, other: Signed) =>
  some !== undefined && some.checksum === other.checksum && Buffer.compare(some.table, other.table) === 0;

function planTable(from: Signed, to: Signed): BarePlan {
  const patches: Patch[] = [
    { offset: to.directoryAt + 4, bytes: littleEndian(to.table.length) },
    { offset: to.tableOffset, bytes: to.table },
  ];
  if (to.checksum !== from.checksum)
    patches.unshift({ offset: to.checksumAt, bytes: littleEndian(to.checksum) });
  return { patches, newLength: to.tableOffset + to.table.length, notes: [] };
}

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
}
