// Made from server/messages/account by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type AccountText = keyof typeof en;

/** What is said about account, in each language it was translated into. */
export const accountTexts: Catalogue<AccountText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
