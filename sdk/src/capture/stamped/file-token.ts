import { tokenPattern } from "../../protocol/token.ts";
import { readExactly } from "../../stamp/byte-source.ts";
import { readTail, tailBytes } from "../../stamp/read-tail.ts";
import type { CarrierFinding } from "../carrier.ts";
import { readingFile } from "./file-bytes.ts";
import { stampFinding } from "./package.ts";

/** Longer than a sidecar, whose text is the token. */
const maxTextBytes = 2048;

/** The token of one file that was named, whatever it is: a text with a token, an installer, or the saved end of one. */
export function fileFinding(where: string): Promise<CarrierFinding> {
  return readingFile(where, async (source) => {
    if (source.size <= maxTextBytes) {
      const text = new TextDecoder().decode(await readExactly(source, 0, source.size)).trim();
      if (tokenPattern.test(text)) return { where, text };
    }
    const stamp = await stampFinding(where, source);
    if ("text" in stamp) return stamp;
    const length = Math.min(tailBytes, source.size);
    const tail = readTail(await readExactly(source, source.size - length, length));
    return tail.code === "stamped" ? { where, text: tail.token } : stamp;
  });
}
