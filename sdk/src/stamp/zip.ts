import { stampMagic } from "../protocol/stamp-frame.ts";
import { type ByteSource, readExactly } from "./byte-source.ts";
import { ascii, hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { stampPlaceBytes } from "./trailer.ts";
import { unsupportedReason } from "./unsupported.ts";
import { endsAsZip, readZipEnd, type ZipEnd } from "./zip/zip-end.ts";

const entrySignature = ascii("PK\x03\x04");
const emptySignature = ascii("PK\x05\x06");

/** Whether a file begins as an archive does. */
export const beginsAsZip = (head: Uint8Array): boolean =>
  hasBytesAt(head, entrySignature) || hasBytesAt(head, emptySignature);

/** The stamp's place, when there is one: the last bytes of the archive's comment, behind what was there before. */
export async function findZipStamp(source: ByteSource, end: ZipEnd): Promise<Uint8Array | undefined> {
  if (end.commentBytes < stampPlaceBytes) return undefined;
  const place = await readExactly(source, source.size - stampPlaceBytes, stampPlaceBytes);
  return hasBytesAt(place, stampMagic) ? place : undefined;
}

/** Reads the stamp of a ZIP file, whatever it is called: JAR, VSIX, or with a script in front. */
export const zipReader: ContainerReader = {
  kind: "zip",
  recognises: async (source, head) =>
    beginsAsZip(head) || (unsupportedReason(head) === undefined && (await endsAsZip(source))),
  readStampPlace: async (source) => findZipStamp(source, await readZipEnd(source)),
};
