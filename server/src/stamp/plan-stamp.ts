import { type ByteSource, maxStampPayloadBytes, recogniseContainer, StampError } from "@tallystick/sdk/stamp";
import { debWriter } from "./deb.ts";
import { dmgWriter } from "./dmg.ts";
import { elfWriter } from "./elf.ts";
import { gzipWriter } from "./gzip.ts";
import { isoWriter } from "./iso.ts";
import { macZipWriter } from "./mac-zip.ts";
import { msiWriter } from "./msi.ts";
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
  const writer = await writerFor(source);
  const payload = new TextEncoder().encode(token);
  if (payload.length === 0 || payload.length > maxStampPayloadBytes)
    throw new StampError("stamp_too_large", `A stamp carries 1 to ${maxStampPayloadBytes} bytes.`);
  const plan = await writer.planStamp(source, payload);
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

async function writerFor(source: ByteSource): Promise<ContainerWriter> {
  const { kind } = await recogniseContainer(source);
  const writer = writers.find((one) => one.kind === kind);
  if (writer === undefined)
    throw new StampError("container_unsupported", `Files of the kind ${kind} can be read, not stamped.`);
  return writer;
}
