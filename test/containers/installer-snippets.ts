import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "installers.md"), "utf8");

/** The text of a block of docs/installers.md, by its language and its place among those. Throws when there is none. */
export function snippet(language: string, index: number): string {
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))];
  const text = blocks[index]?.[1];
  if (text === undefined) throw new Error(`docs/installers.md has no block ${index} of ${language}`);
  return text;
}
