// Made from server/messages/portal by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type PortalText = keyof typeof en;

/** What is said about portal, in each language it was translated into. */
export const portalTexts: Catalogue<PortalText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
  },
};
