import { join } from "node:path";
import { readExactly } from "../../stamp/byte-source.ts";
import { maxPlaceholderBytes, placeholderName, readPlaceholder } from "../../stamp/placeholder.ts";
import { tokenText } from "../../stamp/read-stamp.ts";
import { StampError } from "../../stamp/stamp-error.ts";
import type { CarrierContext, CarrierFinding } from "../carrier.ts";
import { markOpenToAll } from "../open-to-all.ts";
import { mediaRoots, programFolders } from "../sidecar-folders.ts";
import { readingFile } from "./file-bytes.ts";

/** The placeholder of a stamped disc, which has the name of a sidecar and holds a frame in its place. */
export async function* placeholderFindings(context: CarrierContext): AsyncGenerator<CarrierFinding> {
  for (const folder of new Set([...programFolders(context), ...mediaRoots(context)])) {
    const where = join(folder, placeholderName);
    const finding = await readingFile(where, async (source) => {
      const bytes = await readExactly(source, 0, Math.min(maxPlaceholderBytes, source.size));
      return placeholderFinding(where, bytes);
    });
    // A sidecar that is a text was told of already.
    if ("text" in finding || finding.code === "damaged") yield markOpenToAll(finding);
  }
}

/** What a placeholder holds, as a finding: its token, nothing yet, or a frame that was damaged. */
export function placeholderFinding(where: string, bytes: Uint8Array): CarrierFinding {
  try {
    const reading = readPlaceholder(bytes);
    return reading.code === "stamped"
      ? { where, text: tokenText(reading.payload) }
      : { where, code: "absent" };
  } catch (error) {
    if (!(error instanceof StampError)) throw error;
    return { where, code: "damaged" };
  }
}
