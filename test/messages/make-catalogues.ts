/**
 * Compiles what the server says: `node --conditions=tallystick-source test/messages/make-catalogues.ts` reads
 * server/messages/CATALOGUE/TAG.mf2 and writes server/src/messages/CATALOGUE/TAG.ts with an index for each catalogue.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { textLines } from "./make-languages.ts";
import { readMessages, tagsIn } from "./read-messages.ts";

const sources = new URL("../../server/messages/", import.meta.url);
const compiledFolder = new URL("../../server/src/messages/", import.meta.url);

/** The names of the catalogues. */
export const catalogueNames: readonly string[] = readdirSync(sources).sort();

/** Where a catalogue's messages are. */
export const catalogueMessages = (name: string): URL => new URL(`${name}/`, sources);

/** Where a catalogue's compiled files are. */
export const catalogueFolder = (name: string): URL => new URL(`${name}/`, compiledFolder);

/** The compiled files of a catalogue by name. @throws when a message cannot be compiled, naming it */
export function compileCatalogue(name: string): Map<string, string> {
  const folder = catalogueMessages(name);
  const tags = tagsIn(folder);
  const files = new Map(tags.map((tag) => [`${tag.toLowerCase()}.ts`, languageText(name, tag)]));
  return files.set("index.ts", indexText(name, tags));
}

function languageText(name: string, tag: string): string {
  const made = `// Made from server/messages/${name}/${tag}.mf2 by test/messages/make-catalogues.ts.\n`;
  const lines = textLines(tag, readMessages(tag, catalogueMessages(name))).join("\n");
  const english = new Intl.DisplayNames("en", { type: "language" }).of(tag);
  if (tag === "en") return `${made}\n/** ${english}. */\nexport const texts = {\n${lines}\n} as const;\n`;
  return `${made}import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** ${english}. */
export const texts: Texts<keyof typeof en> = {
${lines}
};
`;
}

function indexText(name: string, tags: readonly string[]): string {
  const others = tags
    .filter((tag) => tag !== "en")
    .map(
      (tag) => `    ${JSON.stringify(tag)}: async () => (await import("./${tag.toLowerCase()}.ts")).texts,`,
    );
  return `// Made from server/messages/${name} by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type ${typeName(name)}Text = keyof typeof en;

/** What is said about ${name}, in each language it was translated into. */
export const ${variableName(name)}Texts: Catalogue<${typeName(name)}Text> = {
  en,
  others: {
${others.join("\n")}
  },
};
`;
}

const variableName = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const typeName = (name: string) => variableName(name).replace(/^\w/, (letter) => letter.toUpperCase());

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const name of catalogueNames) {
    rmSync(catalogueFolder(name), { recursive: true, force: true });
    mkdirSync(catalogueFolder(name), { recursive: true });
    for (const [file, text] of compileCatalogue(name))
      writeFileSync(new URL(file, catalogueFolder(name)), text);
  }
