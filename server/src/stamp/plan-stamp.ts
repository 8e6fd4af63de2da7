import {
  type ByteSource,
  decodeStampFrame,
  maxStampPayloadBytes,
  recogniseContainer,
  StampError,
} from "@tallystick/sdk/stamp";
import { debWriter } from "./deb.ts";
import { dmgWriter } from "./dmg.ts";
import { elfWriter } from "./elf.ts";
import { gzipWriter } from "./gzip.ts";
import { isoWriter } from "./iso.ts";
import { holdsMacApp } from "./mac-app.ts";
import { macZipWriter } from "./mac-zip.ts";
import { msiWriter } from "./msi.ts";
import { changedSource } from "./patches.ts";
import { peWriter } from "./pe.ts";
import type { ContainerWriter, StampPlan } from "./stamp-plan.ts";
import { zipWriter } from "./zip.ts";
import { zstdWriter } from "./zstd.ts";

const writers: readonly ContainerWriter[] = [
  peWriter,
  msiWriter,
  elfWriter,
  debWriter,
  gzipWriter,
  zstdWriter,
  isoWriter,
  dmgWriter,
  macZipWriter,
  zipWriter,
];

/**
 * Plans how a file is stamped with a token. Pure: reads the source, writes nothing, takes memory for the patches alone.
 *
 * @throws StampError `container_unknown`, `container_unsupported`, `container_malformed`, `stamp_too_large`.
 */
export async function planStamp(source: ByteSource, token: string): Promise<StampPlan> {
  const carrier = await writerFor(source);
  // An app without a stamp is not told from other archives by the reader, which does not read all their names.
  const writer = carrier === zipWriter && (await holdsMacApp(source)) ? macZipWriter : carrier;
  const payload = new TextEncoder().encode(token);
  if (payload.length === 0 || payload.length > maxStampPayloadBytes)
    throw new StampError("stamp_too_large", `A stamp carries 1 to ${maxStampPayloadBytes} bytes.`);
  const plan = await writer.planStamp(source, payload);
  if (!(await canBeRead(changedSource(source, plan), payload)))
    throw new StampError(
      "container_malformed",
      "This file contradicts itself: a stamp in it could not be read. Build it again.",
    );
  return { container: writer.kind, ...plan };
}

/**
 * Plans how a stamped file becomes the original again, byte for byte.
 *
 * @throws StampError as `planStamp`, and `stamp_absent`.
 */
export async function planRemoval(source: ByteSource): Promise<StampPlan> {
  const writer = await writerFor(source);
  return { container: writer.kind, ...(await writer.planRemoval(source)) };
}

/** What is never read is never written: a file may be damaged where only the way back from its stamp leads. */
async function canBeRead(stamped: ByteSource, payload: Uint8Array): Promise<boolean> {
  try {
    const place = await (await recogniseContainer(stamped)).readStampPlace(stamped);
    const frame = decodeStampFrame(place ?? new Uint8Array());
    return frame.code === "stamped" && payload.every((byte, index) => frame.payload[index] === byte);
  } catch (error) {
    if (error instanceof StampError) return false;
    throw error;
  }
}

async function writerFor(source: ByteSource): Promise<ContainerWriter> {
  const { kind } = await recogniseContainer(source);
  const writer = writers.find((one) => one.kind === kind);
  if (writer === undefined)
    throw new StampError("container_unsupported", `Files of the kind ${kind} can be read, not stamped.`);
  return writer;
}
