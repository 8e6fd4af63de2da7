// Made from server/messages/renewal/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Ten link do odnowienia prowadzi donikąd",
  unknown_text:
    "Produkt z tego linku nie jest tu znany. Link może być niepełny albo starszy niż obecna nazwa produktu.",
  unknown_next: "Otwórz stronę odnowienia w samym produkcie albo zapytaj sprzedawcę licencji.",
};
