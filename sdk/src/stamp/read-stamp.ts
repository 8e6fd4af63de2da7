import { decodeStampFrame } from "../protocol/stamp-frame.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ContainerKind, ContainerReader } from "./container.ts";
import { debReader } from "./deb.ts";
import { dmgReader } from "./dmg.ts";
import { elfReader } from "./elf.ts";
import { gzipReader } from "./gzip.ts";
import { isoReader } from "./iso.ts";
import { macZipReader } from "./mac-zip.ts";
import { msiReader } from "./msi.ts";
import { peReader } from "./pe.ts";
import { StampError } from "./stamp-error.ts";
import { sidecarAdvice, unsupportedReason } from "./unsupported.ts";
import { windowedSource } from "./windowed-source.ts";
import { zipReader } from "./zip.ts";
import { zstdReader } from "./zstd.ts";

/** What a file carries. The token is a claim until its signature was verified. */
export type StampReading =
  | { code: "stamped"; container: ContainerKind; token: string }
  | { code: "absent"; container: ContainerKind };

const headBytes = 4096;

/**
 * The readers in the order in which they are asked. A file that is two things at once, such as an installer with an
 * archive behind it, is what the system takes it for when it is opened.
 */
const readers: readonly ContainerReader[] = [
  peReader,
  msiReader,
  elfReader,
  debReader,
  gzipReader,
  zstdReader,
  isoReader,
  dmgReader,
  macZipReader,
  zipReader,
];

/**
 * Which container a source is.
 *
 * @throws StampError `container_unknown`; `container_unsupported` for a kind that is known to have no place.
 */
export async function recogniseContainer(source: ByteSource): Promise<ContainerReader> {
  const head = Uint8Array.prototype.slice.call(await source.read(0, Math.min(headBytes, source.size)));
  for (const reader of readers) if (await reader.recognises(source, head)) return reader;
  const reason = unsupportedReason(head);
  if (reason !== undefined) throw new StampError("container_unsupported", reason);
  throw new StampError("container_unknown", `This kind of file cannot be stamped. ${sidecarAdvice}`);
}

/**
 * Reads the stamp of an installer, a medium or an archive. Reads a few kilobytes, whatever the size.
 *
 * @throws StampError `container_unknown`, `container_unsupported`, `container_malformed`, `stamp_damaged`.
 */
export async function readStamp(source: ByteSource): Promise<StampReading> {
  const windowed = windowedSource(source);
  const reader = await recogniseContainer(windowed);
  const place = await reader.readStampPlace(windowed);
  const frame = place === undefined ? ({ code: "absent" } as const) : decodeStampFrame(place);
  if (frame.code === "damaged")
    throw new StampError("stamp_damaged", "The stamp in this file was damaged. Stamp it again.");
  if (frame.code === "absent") return { code: "absent", container: reader.kind };
  return { code: "stamped", container: reader.kind, token: tokenText(frame.payload) };
}

/** A token is ASCII; anything else in a whole frame is not one, and is left to the verifier to refuse. */
export const tokenText = (payload: Uint8Array): string => new TextDecoder("latin1").decode(payload);
