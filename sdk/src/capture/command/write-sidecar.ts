import { dirname } from "node:path";
import { errorCode } from "../../documents/safe-file.ts";
import { fs } from "../../runtime/built-in.ts";

/**
 * Writes a sidecar that every user of the machine may read: whole or not at all, and never through a link that
 * somebody put in its place.
 */
export function writeSidecar(
  file: string,
  token: string,
  replace: boolean,
): "written" | "exists" | "file_unwritable" {
  // A name that nobody has taken before: what lies there would be told as the sidecar itself.
  const temporary = `${file}.${globalThis.crypto.randomUUID()}.part`;
  try {
    makeFolder(dirname(file));
    fs.writeFileSync(temporary, `${token}\n`, { flag: "wx", mode: 0o644, flush: true });
    try {
      fs.chmodSync(temporary, 0o644);
      // A link is made only where nothing is; a rename takes the place of what is there.
      if (replace) fs.renameSync(temporary, file);
      else fs.linkSync(temporary, file);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
    return "written";
  } catch (error) {
    return errorCode(error) === "EEXIST" ? "exists" : "file_unwritable";
  }
}

/** A folder that is made is for every user too, whatever mask the installer runs with; one that is there stays as it is. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
}
