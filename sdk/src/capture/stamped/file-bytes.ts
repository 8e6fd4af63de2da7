import { errorCode } from "../../documents/safe-file.ts";
import { fs } from "../../runtime/built-in.ts";
import type { ByteSource } from "../../stamp/byte-source.ts";
import type { CarrierFinding } from "../carrier.ts";

/**
 * Opens a plain file, hands its bytes to a reader and closes it. Links are followed, as for a sidecar: what is read
 * is public and signed. A pipe or a device that was put there is not read.
 */
export async function readingFile(
  where: string,
  read: (source: ByteSource) => Promise<CarrierFinding>,
): Promise<CarrierFinding> {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(where, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(descriptor);
    return stat.isFile() ? await read(sourceOf(descriptor, stat.size)) : { where, code: "unreadable" };
  } catch (error) {
    return { where, code: ["ENOENT", "ENOTDIR"].includes(errorCode(error)) ? "absent" : "unreadable" };
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

const sourceOf = (descriptor: number, size: number): ByteSource => ({
  size,
  read: (offset, length) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    return bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, offset));
  },
});
