import { isPosix } from "../documents/safe-file.ts";
import { dirname, fs } from "../runtime/built-in.ts";
import type { CarrierFinding } from "./carrier.ts";

/**
 * Marks a text that everybody on the machine may have put there: its file or its folder is writable by all, such as in a
 * shared folder for downloads. Windows has no modes; there nothing is marked.
 */
export function markOpenToAll(finding: CarrierFinding): CarrierFinding {
  if (!("text" in finding) || !isPosix) return finding;
  return isWritableByAll(finding.where) || isWritableByAll(dirname(finding.where))
    ? { ...finding, openToAll: true }
    : finding;
}

function isWritableByAll(path: string): boolean {
  try {
    return (fs.statSync(path).mode & 0o002) !== 0;
  } catch {
    return false;
  }
}
