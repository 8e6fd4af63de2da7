import { type ByteSource, readExactly } from "./byte-source.ts";
import type { ContainerReader } from "./container.ts";
import { attributesIn, findDmgAttributes } from "./dmg-attribute.ts";
import { readPlaceholder } from "./placeholder.ts";
import { hasUdifTrailer, readUdif, readUdifTrailer, type UdifTrailer } from "./udif.ts";

/** Reads the stamp of a disk image of macOS: an attribute of the application in it, in a run that is not compressed. */
export const dmgReader: ContainerReader = {
  kind: "dmg",
  recognises: hasUdifTrailer,
  async readStampPlace(source) {
    const trailer = await readUdifTrailer(source);
    const prepared = trailer.plist.length > smallPlistBytes ? await findPrepared(source, trailer) : undefined;
    return prepared ?? stamped((await findDmgAttributes(source, await readUdif(source)))[0]?.bytes);
  },
};

const stamped = (place: Uint8Array | undefined) =>
  place && readPlaceholder(place).code === "stamped" ? place : undefined;

/** That of an image of 500 MB: its tables are read sooner than a megabyte is searched in vain. */
const smallPlistBytes = 64 << 10;

/** The runs of `hdiutil` have no more. */
const preparedBytes = 1 << 20;

/**
 * The stamp where preparing an image puts it: in the run at the data fork's end. So the tables of an image with a
 * hundred thousand runs need not be read.
 */
async function findPrepared(source: ByteSource, { dataFork }: UdifTrailer): Promise<Uint8Array | undefined> {
  const length = Math.min(dataFork.length, preparedBytes);
  const piece = await readExactly(source, dataFork.offset + dataFork.length - length, length);
  return stamped([...attributesIn(piece)].at(-1)?.bytes);
}
