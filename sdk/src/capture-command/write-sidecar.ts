import { dirname } from "node:path";
import { fs } from "../built-in.ts";
import { errorCode } from "../token-store/safe-file.ts";

/**
 * Writes a sidecar that every user of the machine may read: whole or not at all, and never through a link that
 * somebody put in its place.
 */
export function writeSidecar(
  file: string,
  token: string,
  replace: boolean,
): "written" | "exists" | "file_unwritable" {
  const temporary = `${file}.${process.pid}.part`;
  try {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    fs.writeFileSync(temporary, `${token}\n`, { flag: "wx", mode: 0o644, flush: true });
    try {
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
