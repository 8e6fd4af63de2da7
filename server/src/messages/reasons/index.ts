// Made from server/messages/reasons by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type ReasonsText = keyof typeof en;

/** What is said about reasons, in each language it was translated into. */
export const reasonsTexts: Catalogue<ReasonsText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
