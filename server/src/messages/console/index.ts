// Made from server/messages/console by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type ConsoleText = keyof typeof en;

/** What is said about console, in each language it was translated into. */
export const consoleTexts: Catalogue<ConsoleText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
