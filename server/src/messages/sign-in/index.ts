// Made from server/messages/sign-in by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type SignInText = keyof typeof en;

/** What is said about sign-in, in each language it was translated into. */
export const signInTexts: Catalogue<SignInText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
