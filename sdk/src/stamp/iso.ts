import type { ContainerReader } from "./container.ts";
import { hasIsoDescriptor, readIsoLayout } from "./iso-layout.ts";
import { readPlaceholder } from "./placeholder.ts";

/**
 * Reads the stamp of an ISO 9660 image: the file `tallystick.token` at its root if it is a placeholder, and otherwise
 * the field for applications of the primary volume descriptor.
 */
export const isoReader: ContainerReader = {
  kind: "iso",
  recognises: hasIsoDescriptor,
  async readStampPlace(source) {
    const { placeholder, applicationUse } = await readIsoLayout(source);
    if (placeholder === undefined) return applicationUse.bytes;
    const { code } = readPlaceholder(placeholder.bytes);
    if (code === "foreign") return applicationUse.bytes;
    return code === "stamped" ? placeholder.bytes : undefined;
  },
};
