import { join } from "node:path";
import { readExactly } from "../../stamp/byte-source.ts";
import { readTail, tailBytes } from "../../stamp/read-tail.ts";
import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { markOpenToAll } from "../open-to-all.ts";
import { machineFolders, programFolders } from "../sidecar-folders.ts";
import { readingFile } from "./file-bytes.ts";

/** The file's fixed name: the last 64 KiB of the installer, which a script of the installer saved. */
const tailName = "tallystick.tail";

/** `tallystick.tail` beside the program, where an installer puts what it installs, then in the machine-wide folder. */
export async function* tailFindings(context: CarrierContext): AsyncGenerator<CarrierFinding> {
  for (const folder of [...programFolders(context), ...machineFolders(context)]) {
    const where = join(folder, tailName);
    const finding = await readingFile(where, async (source) => {
      const length = Math.min(tailBytes, source.size);
      const reading = readTail(await readExactly(source, source.size - length, length));
      return reading.code === "stamped" ? { where, text: reading.token } : { where, code: "absent" };
    });
    yield markOpenToAll(finding);
  }
}
