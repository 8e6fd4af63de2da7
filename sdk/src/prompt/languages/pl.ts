// Made from sdk/messages/pl.mf2 by test/messages/make-languages.ts.
import type { PromptLanguage } from "../language.ts";

/** Polish. */
export const pl: PromptLanguage = {
  tag: "pl",
  direction: "ltr",
  texts: {
    title_expiring: {
      by: "days",
      variants: {
        "0": "Twoja licencja kończy się dzisiaj",
        one: "Twoja licencja kończy się za {days} dzień",
        few: "Twoja licencja kończy się za {days} dni",
        many: "Twoja licencja kończy się za {days} dni",
        other: "Twoja licencja kończy się za {days} dnia",
      },
    },
    text_expiring: "Jest ważna do {end}. Możesz ją odnowić w każdej chwili.",
    title_grace: "Twoja licencja skończyła się {end}",
    text_grace: "Nadal możesz ją odnowić do {until}.",
    title_billing: "Płatność za odnowienie wymaga sprawdzenia",
    text_billing: "Twoja licencja odnowi się sama {end}, ale płatność prawdopodobnie się nie powiedzie.",
    title_active: "Twoja licencja jest ważna do {end}",
    title_renews: "Twoja licencja odnowi się sama {end}",
    title_ended: "Twoja licencja skończyła się {end}",
    title_perpetual: "Twoja licencja jest bezterminowa",
    title_unknown: "Nie wprowadzono jeszcze żadnej licencji",
    text_renewable: "Możesz ją odnowić w każdej chwili.",
    text_ended: "Nadal możesz ją odnowić.",
    text_unknown: "Wprowadź klucz otrzymany przy zakupie.",
    price: "Odnowienie kosztuje {price}.",
    disclosure: "Sprzedawca: {seller}. Otrzymuje część kwoty, gdy odnawiasz licencję.",
    disclosure_unnamed:
      "Kopię sprzedał Twój sprzedawca, który otrzymuje część kwoty, gdy odnawiasz licencję.",
    seller_unnamed: "Twój sprzedawca",
    renew: "Odnów",
    remind: "Przypomnij",
    snooze_1d: "Jutro",
    snooze_3d: "Za 3 dni",
    snooze_next_stage: "Bliżej końca",
    enter_key: "Wprowadź klucz licencji",
    renewed: "Licencja już odnowiona",
    decline: "Nie przypominaj więcej",
    said_opened: "Strona odnowienia otworzy się w przeglądarce.",
    said_not_opened: "Aby odnowić, otwórz ten adres w przeglądarce: {url}",
    said_snoozed: "Następne przypomnienie: {until}.",
    said_declined: "Nie będziemy więcej przypominać o tej licencji. Możesz ją odnowić w każdej chwili.",
    said_renewed: "Dziękujemy. Twoja licencja jest teraz ważna do {end}.",
    said_waiting: "Odnowienie jeszcze tu nie dotarło. Pojawi się, gdy tylko dotrze.",
    choose: "Naciśnij cyfrę albo Enter, aby zdecydować później.",
  },
};
