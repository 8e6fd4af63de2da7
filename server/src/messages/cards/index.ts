// Made from server/messages/cards by test/messages/make-catalogues.ts.
import type { Catalogue } from "../catalogue.ts";
import { texts as en } from "./en.ts";

/** What the catalogue says, by name. */
export type CardsText = keyof typeof en;

/** What is said about cards, in each language it was translated into. */
export const cardsTexts: Catalogue<CardsText> = {
  en,
  others: {
    ar: async () => (await import("./ar.ts")).texts,
    de: async () => (await import("./de.ts")).texts,
    es: async () => (await import("./es.ts")).texts,
    fr: async () => (await import("./fr.ts")).texts,
    it: async () => (await import("./it.ts")).texts,
    ja: async () => (await import("./ja.ts")).texts,
    pl: async () => (await import("./pl.ts")).texts,
    "pt-BR": async () => (await import("./pt-br.ts")).texts,
    "zh-Hans": async () => (await import("./zh-hans.ts")).texts,
  },
};
