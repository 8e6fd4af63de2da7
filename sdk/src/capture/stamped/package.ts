import type { ByteSource } from "../../stamp/byte-source.ts";
import { readStamp } from "../../stamp/read-stamp.ts";
import { StampError } from "../../stamp/stamp-error.ts";
import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { isRuntime } from "../sidecar-folders.ts";
import { readingFile } from "./file-bytes.ts";

/**
 * The file that is the program: an AppImage, a portable build of electron-builder, or the executable itself. A
 * runtime that runs somebody else's program is nobody's installer.
 */
export async function* packageFindings({ env, execPath }: CarrierContext): AsyncGenerator<CarrierFinding> {
  const own = isRuntime(execPath) ? undefined : execPath;
  for (const where of [env.APPIMAGE, env.PORTABLE_EXECUTABLE_FILE, own])
    if (where) yield await readingFile(where, (source) => stampFinding(where, source));
}

/** What a file of any kind holds as its stamp. */
export async function stampFinding(where: string, source: ByteSource): Promise<CarrierFinding> {
  try {
    const stamp = await readStamp(source);
    return stamp.code === "stamped" ? { where, text: stamp.token } : { where, code: "absent" };
  } catch (error) {
    if (!(error instanceof StampError)) throw error;
    const holdsNone = error.code === "container_unknown" || error.code === "container_unsupported";
    return { where, code: holdsNone ? "absent" : "damaged" };
  }
}
