// Made from server/messages/renewal/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Dieser Verlängerungslink führt nirgendwohin",
  unknown_text:
    "Das Produkt in diesem Link ist hier nicht bekannt. Der Link ist vielleicht unvollständig oder älter als der heutige Name des Produkts.",
  unknown_next:
    "Bitte öffnen Sie die Seite zum Verlängern im Produkt selbst, oder fragen Sie den Händler, der Ihnen die Lizenz verkauft hat.",
};
