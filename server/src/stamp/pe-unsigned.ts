import {
  type ByteSource,
  bareTrailer,
  decodeStampFrame,
  encodeStampFrame,
  endsAsZip,
  findTrailer,
  joinBytes,
  type PeLayout,
  readPeLayout,
  StampError,
  stampPlaceBytes,
  type Trailer,
  viewOf,
} from "@tallystick/sdk/stamp";
import { updateChecksum } from "./pe-checksum.ts";
import { decodeRestore, encodeRestore } from "./pe-restore.ts";
import { type BarePlan, noStamp } from "./plan-trailer.ts";
import type { ContainerWriter } from "./stamp-plan.ts";

const unsignedNote =
  "This program is not signed: the stamp stands behind its end. A signature must be made before a program is stamped.";
const zipNote =
  "This program ends with a ZIP archive, and some readers of such programs want nothing behind it: try the result.";

/** What a stamp changes in a program that is not signed. */
interface Unsigned {
  checksumAt: number;
  checksum: number;
  size: number;
  stamp: Trailer | undefined;
}

/** How a program without a signature is stamped: the frame behind its end, in a place that is filled with zeros. */
export const unsignedPe: Pick<ContainerWriter, "planStamp" | "planRemoval"> = {
  planStamp: async (source, payload) => {
    const program = await readUnsigned(source);
    const original = { size: program.size, checksum: checksumBefore(program) };
    const place = placeFor(original, encodeStampFrame(payload));
    const notes = (await endsAsZip(upTo(source, program.size))) ? [unsignedNote, zipNote] : [unsignedNote];
    const patch = { offset: program.size, bytes: place };
    return plan(program, checksumWith(original, place), {
      patch,
      newLength: program.size + place.length,
      notes,
    });
  },
  planRemoval: async (source) => {
    const program = await readUnsigned(source);
    if (program.stamp === undefined) throw noStamp();
    return plan(program, checksumBefore(program), { newLength: program.size, notes: [] });
  },
};

async function readUnsigned(source: ByteSource): Promise<Unsigned> {
  const { checksumAt, checksum }: PeLayout = await readPeLayout(source);
  const stamp = await findTrailer(source, bareTrailer);
  return { checksumAt, checksum, stamp, size: stamp?.start ?? source.size };
}

function plan(
  { checksumAt, checksum: before }: Unsigned,
  checksum: number,
  {
    patch,
    newLength,
    notes,
  }: Pick<BarePlan, "newLength" | "notes"> & { patch?: BarePlan["patches"][number] },
): BarePlan {
  const patches = patch === undefined ? [] : [patch];
  if (checksum === before) return { patches, newLength, notes };
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, checksum, true);
  return { patches: [{ offset: checksumAt, bytes }, ...patches], newLength, notes };
}

function placeFor(original: { size: number; checksum: number }, frame: Uint8Array): Uint8Array {
  const place = joinBytes(frame, new Uint8Array(stampPlaceBytes - frame.length));
  const back = checksumWithout({ size: original.size, checksum: checksumWith(original, place) }, place);
  if (back === original.checksum) return place;
  const kept = encodeRestore({ checksum: original.checksum, directorySize: 0, certificateLength: 0 });
  if (frame.length + kept.length > place.length)
    throw new StampError(
      "stamp_too_large",
      "The token is too long for this program, whose checksum must be kept.",
    );
  place.set(kept, frame.length);
  return place;
}

/** The original's checksum, as the stamp remembers it or as it is worked out. */
function checksumBefore({ checksum, size, stamp }: Unsigned): number {
  if (stamp === undefined) return checksum;
  const frame = decodeStampFrame(stamp.place);
  if (frame.code !== "stamped")
    throw new StampError(
      "stamp_damaged",
      "The stamp in this program was damaged: stamp the original instead.",
    );
  const kept = decodeRestore(stamp.place.subarray(frame.frameBytes));
  return kept === undefined ? checksumWithout({ size, checksum }, stamp.place) : kept.checksum;
}

const checksumWith = ({ size, checksum }: { size: number; checksum: number }, place: Uint8Array): number =>
  updateChecksum({
    before: { checksum, length: size, parts: [] },
    after: { length: size + place.length, parts: [{ at: size, bytes: place }] },
  });

const checksumWithout = ({ size, checksum }: { size: number; checksum: number }, place: Uint8Array): number =>
  updateChecksum({
    before: { checksum, length: size + place.length, parts: [{ at: size, bytes: place }] },
    after: { length: size, parts: [] },
  });

const upTo = (source: ByteSource, size: number): ByteSource => ({
  size,
  read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, size - offset))),
});
