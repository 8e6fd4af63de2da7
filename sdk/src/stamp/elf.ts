import { hasBytesAt } from "./bytes-at.ts";
import type { ContainerReader } from "./container.ts";
import { bareTrailer, findTrailer } from "./trailer.ts";

const signature = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46);

/**
 * Reads the stamp of a Linux program, an AppImage among them: the last bytes of the file. The system loads what the
 * program's headers name and nothing behind it.
 */
export const elfReader: ContainerReader = {
  kind: "elf",
  recognises: (_source, head) => hasBytesAt(head, signature),
  readStampPlace: async (source) => (await findTrailer(source, bareTrailer))?.place,
};
