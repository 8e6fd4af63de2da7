import { constants, statSync } from "node:fs";
import { copyFile, link, rm, writeFile } from "node:fs/promises";
import { CommandRefusal } from "./failure.ts";

/** A pipe or a device, such as `/dev/stdout`: what is written to it takes nothing's place. */
function isPassage(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/**
 * Refuses a file that is there already, before anything is done for it. Every command that writes a file leaves what is
 * there as it is; a pipe or a device is no such file.
 *
 * @throws {CommandRefusal} `files_exist`
 */
export function refuseTakenFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined && !isPassage(file)) throw taken(file);
}

/**
 * Writes a file that is not there yet: whole or not at all, readable for its owner alone.
 *
 * @throws {CommandRefusal} `files_exist` where there is one by now
 */
export async function writeNewFile(file: string, content: string | Uint8Array): Promise<void> {
  if (isPassage(file)) return writeFile(file, content);
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await writeFile(unfinished, content, { mode: 0o600, flag: "wx" });
    // Unlike a new name, a second one takes nobody's place. Where a disk gives no second names, a copy does the same.
    await link(unfinished, file)
      .catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "EEXIST") throw cause;
        return copyFile(unfinished, file, constants.COPYFILE_EXCL);
      })
      .catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === "EEXIST" ? taken(file) : cause;
      });
  } finally {
    await rm(unfinished, { force: true });
  }
}

const taken = (file: string) =>
  new CommandRefusal("files_exist", `${file} exists already, and is left as it is.`);
