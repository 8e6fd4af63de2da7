import type { ContainerReader } from "./container.ts";
import { findDmgAttributes } from "./dmg-attribute.ts";
import { readPlaceholder } from "./placeholder.ts";
import { hasUdifTrailer, readUdif } from "./udif.ts";

/** Reads the stamp of a disk image of macOS: an attribute of the application in it, in a run that is not compressed. */
export const dmgReader: ContainerReader = {
  kind: "dmg",
  recognises: hasUdifTrailer,
  async readStampPlace(source) {
    const [attribute] = await findDmgAttributes(source, await readUdif(source));
    if (attribute === undefined) return undefined;
    return readPlaceholder(attribute.bytes).code === "stamped" ? attribute.bytes : undefined;
  },
};
