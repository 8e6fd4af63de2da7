import { readdirSync, readFileSync } from "node:fs";

/** Where the prompt's messages are. */
export const promptMessages = new URL("../../sdk/messages/", import.meta.url);

/** The tags of the languages a folder of messages has files for. */
export const tagsIn = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".mf2"))
    .map((name) => name.slice(0, -".mf2".length))
    .sort();

/** The tags of the languages the prompt speaks. */
export const messageTags = tagsIn(promptMessages);

/**
 * The messages of a language, MessageFormat 2 sources by name. A line `name = message`, or `name =` and indented
 * lines; lines that begin with # are for translators.
 *
 * @throws for a line that is neither, and for a name that stands there twice
 */
export function readMessages(tag: string, folder = promptMessages): Map<string, string> {
  const messages = new Map<string, string>();
  let open: string | undefined;
  for (const line of readFileSync(new URL(`${tag}.mf2`, folder), "utf8").split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, text = ""] = /^(\w+) =\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      if (messages.has(name)) throw new Error(`${tag}: ${name} stands there twice`);
      messages.set(name, text);
      open = name;
    } else if (open !== undefined && /^\s/.test(line)) {
      messages.set(open, `${messages.get(open)}\n${line.trim()}`.trim());
    } else throw new Error(`${tag}: ${line}`);
  }
  return messages;
}
