/**
 * Compiles the prompt's texts: `node --conditions=tallystick-source test/messages/make-languages.ts` reads the
 * MessageFormat 2 files in sdk/messages and writes a TypeScript file for each into sdk/src/prompt/languages.
 */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { PromptText } from "../../sdk/src/prompt/language.ts";
import { directionOf } from "../../server/src/messages/direction.ts";
import { compileMessage } from "./compile-message.ts";
import { messageTags, readMessages } from "./read-messages.ts";

const folder = new URL("../../sdk/src/prompt/languages/", import.meta.url);

/** The compiled file of a language, by its name in the folder. */
export const languageFile = (tag: string) => new URL(`${tag.toLowerCase()}.ts`, folder);

/** The name under which a language is exported, such as `ptBR`. */
export const exportName = (tag: string) => tag.replace("-", "");

/** The text of a language's TypeScript file. @throws when a message cannot be compiled, naming it */
export function compileLanguage(tag: string): string {
  const lines = textLines(tag, readMessages(tag));
  const english = new Intl.DisplayNames("en", { type: "language" }).of(tag);
  return `// Made from sdk/messages/${tag}.mf2 by test/messages/make-languages.ts.
import type { PromptLanguage } from "../language.ts";

/** ${english}. */
export const ${exportName(tag)}: PromptLanguage = {
  tag: ${JSON.stringify(tag)},
  direction: ${JSON.stringify(directionOf(tag))},
  texts: {
${lines.join("\n")}
  },
};
`;
}

/** A line for each message, compiled. @throws when one cannot be, naming it */
export const textLines = (tag: string, messages: ReadonlyMap<string, string>): string[] =>
  [...messages].map(([name, source]) => `    ${name}: ${literal(compiled(tag, name, source))},`);

function compiled(tag: string, name: string, source: string): PromptText {
  try {
    return compileMessage(source);
  } catch (cause) {
    throw new Error(`${tag}, ${name}`, { cause });
  }
}

function literal(text: PromptText): string {
  if (typeof text === "string") return JSON.stringify(text);
  const variants = Object.entries(text.variants).map(
    ([key, value]) => `        ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  return `{
      by: ${JSON.stringify(text.by)},
      variants: {
${variants.join("\n")}
      },
    }`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const tag of messageTags) writeFileSync(languageFile(tag), compileLanguage(tag));
