import {
  type ByteSource,
  type CompoundFile,
  type CompoundStream,
  decodeStampFrame,
  encodeStampFrame,
  findSignatureStream,
  openCompoundFile,
  readExactly,
  readSignatureStream,
  readStampAttribute,
  readStreamChain,
  StampError,
  smallStreamLimit,
} from "@tallystick/sdk/stamp";
import { insertStampAttribute } from "./authenticode.ts";
import { moveStreamToEnd } from "./compound-growth.ts";
import { type MovedFrom, noteMovedFrom, readMovedFrom, retreatFromEnd } from "./compound-retreat.ts";
import { type Changes, changedSource, composeChanges } from "./patches.ts";
import type { ContainerWriter } from "./stamp-plan.ts";

/**
 * Stamps an MSI in its signature, where the signature itself does not look: the stream with the signature is written
 * anew at the end of the file, with our attribute in it, and the directory leads there. Its former sectors become free
 * and keep their bytes, so that the way back needs a short note of where they are, kept behind the frame.
 */
export const msiWriter: ContainerWriter = {
  kind: "msi",
  async planStamp(source, payload) {
    const msi = await openSigned(source);
    if (msi.stamp === undefined) return { ...(await insertStamp(msi, payload)), notes: [] };
    const removal = await restore(source, msi, msi.stamp);
    const original = await openSigned(changedSource(source, removal));
    return { ...composeChanges(removal, await insertStamp(original, payload), source.size), notes: [] };
  },
  async planRemoval(source) {
    const msi = await openSigned(source);
    if (msi.stamp === undefined) throw new StampError("stamp_absent", "This MSI carries no stamp.");
    return { ...(await restore(source, msi, msi.stamp)), notes: [] };
  },
};

interface SignedMsi {
  file: CompoundFile;
  stream: CompoundStream;
  signature: Uint8Array;
  stamp: Stamp | undefined;
}

interface Stamp {
  payload: Uint8Array;
  movedFrom: MovedFrom;
}

async function openSigned(source: ByteSource): Promise<SignedMsi> {
  const file = await openCompoundFile(source);
  const stream = await findSignatureStream(file);
  if (stream === undefined)
    throw new StampError(
      "container_unsupported",
      "This MSI is not signed, and an MSI is stamped in its signature. Sign it first, or put the token beside it in a file named tallystick.token.",
    );
  const signature = await readSignatureStream(file, stream);
  return { file, stream, signature, stamp: readStamp(readStampAttribute(signature)) };
}

function readStamp(attribute: Uint8Array | undefined): Stamp | undefined {
  if (attribute === undefined) return undefined;
  const frame = decodeStampFrame(attribute);
  const movedFrom =
    frame.code === "stamped" ? readMovedFrom(attribute.subarray(frame.frameBytes)) : undefined;
  if (frame.code !== "stamped" || movedFrom === undefined)
    throw new StampError("stamp_damaged", "The stamp in this MSI was damaged. Stamp the original again.");
  return { payload: frame.payload, movedFrom };
}

async function insertStamp(
  { file, stream, signature, stamp }: SignedMsi,
  payload: Uint8Array,
): Promise<Changes> {
  if (stamp !== undefined)
    throw new StampError("container_malformed", "Behind the stamp of this MSI is another stamp.");
  const frame = encodeStampFrame(payload);
  const place = { stream, chain: await readStreamChain(file, stream) };
  const note = await noteMovedFrom(file, place);
  // Behind the note come zeros, so that the stream is never one of the small ones, which live in another's sectors.
  const used = frame.length + note.length;
  const content = new Uint8Array(Math.max(used, smallStreamLimit - signature.length));
  content.set(frame);
  content.set(note, frame.length);
  return moveStreamToEnd(file, place, insertStampAttribute(signature, content));
}

/** The way back, if it is one: stamping what it leads to must give this very file again. */
async function restore(source: ByteSource, msi: SignedMsi, stamp: Stamp): Promise<Changes> {
  const removal = await retreatFromEnd(msi.file, msi.stream, stamp.movedFrom);
  const again = await insertStamp(await openSigned(changedSource(source, removal)), stamp.payload);
  if (!(await isAsPlanned(source, again)))
    throw new StampError(
      "container_unsupported",
      "This MSI was changed after it was stamped. Take the original and stamp that.",
    );
  return removal;
}

async function isAsPlanned(source: ByteSource, { patches, newLength }: Changes): Promise<boolean> {
  if (newLength !== source.size) return false;
  for (const { offset, bytes } of patches) {
    const there = await readExactly(source, offset, bytes.length);
    if (there.some((byte, index) => byte !== bytes[index])) return false;
  }
  return true;
}
