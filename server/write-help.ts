/**
 * Writes `dist/help/`: what the built command line prints for `--help` and `--version`, so that the launcher prints it
 * without loading the program. A file has the helps of a noun and of its verbs by their words; `tallystick.json` has the
 * whole's and the version.
 *
 * Usage: node --conditions=tallystick-source write-help.ts [DIST]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "./src/cli/version.ts";
import { describeHelps, type HelpLine } from "./src/receiver/commands/describe-helps.ts";

const folder = join(resolve(process.argv[2] ?? join(import.meta.dirname, "dist")), "help");
mkdirSync(folder, { recursive: true });
const files: Record<string, { version?: string; helps: Record<string, HelpLine[]> }> = {
  tallystick: { version: `${version}\n`, helps: {} },
};
for (const [words, lines] of await describeHelps()) {
  const name = words.split(" ")[0] || "tallystick";
  files[name] ??= { helps: {} };
  files[name].helps[words] = lines;
}
for (const [name, content] of Object.entries(files))
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
