// Made from server/messages/kit by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type KitText = keyof typeof en;

/** What is said about kit, in each language it was translated into. */
export const kitTexts: Catalogue<KitText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
