import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, and leaves one that is there as it is. `mkdir` with `recursive` of Node 26 goes round
 * for ever where a file system takes no new folders and says so with ENOENT, as in /proc.
 *
 * @param mode of each folder that is made
 * @throws the system's own error, which names the folder that cannot be made
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(path).isDirectory()) throw error;
  }
}
