import { errorCode, readStart } from "../documents/safe-file.ts";
import { fs, join } from "../runtime/built-in.ts";
import type { Carrier, CarrierContext, CarrierFinding } from "./carrier.ts";
import { markOpenToAll } from "./open-to-all.ts";
import { machineFolders, mediaRoots, programFolders } from "./sidecar-folders.ts";

/** The file's fixed name. Its text is the token alone; white space around it is ignored. */
export const sidecarName = "tallystick.token";

/** Room for a token, a byte order mark and a line end; more is not a token. */
const maxBytes = 2048;

/** `tallystick.token` beside the program, as in an unpacked archive, then on the root of the reseller's medium. */
export const programSidecarCarrier: Carrier = {
  name: "sidecar",
  look: (context) => lookIn(new Set([...programFolders(context), ...mediaRoots(context)])),
};

/** `tallystick.token` in the machine-wide folder, written by an elevated installer for every user. */
export const machineSidecarCarrier: Carrier = {
  name: "machine",
  look: (context: CarrierContext) => lookIn(machineFolders(context)),
};

function* lookIn(folders: Iterable<string>): Iterable<CarrierFinding> {
  for (const folder of folders) {
    const where = join(folder, sidecarName);
    yield markOpenToAll({ where, ...readSidecar(where) });
  }
}

/**
 * Links are followed here, other than in the store: packages and mounted images are made of links, and what is
 * read is public and signed. Only a plain file is read, and a pipe put there does not hold up the start.
 */
function readSidecar(path: string): { text: string } | { code: "absent" | "unreadable" | "too_large" } {
  try {
    const descriptor = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      if (!fs.fstatSync(descriptor).isFile()) return { code: "unreadable" };
      const { text: read, isWhole } = readStart(descriptor, maxBytes);
      const text = read.trim(); // A byte order mark is white space too.
      // The placeholder of a stamped disc has this name too: it is read where stamps are.
      if (text.startsWith("TALLYSTICK\n")) return { code: "absent" };
      return isWhole ? { text } : { code: "too_large" };
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    return { code: ["ENOENT", "ENOTDIR"].includes(errorCode(error)) ? "absent" : "unreadable" };
  }
}
