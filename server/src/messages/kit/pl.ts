// Made from server/messages/kit/pl.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Polish. */
export const texts: Texts<keyof typeof en> = {
  skip: "Przejdź do treści",
  menu: "Menu",
  navigation: "Nawigacja główna",
  sign_out: "Wyloguj",
  signed_in_as: "Zalogowano jako {name}",
  support: "Pytania?",
  search: "Szukaj",
  search_hint: "Zamówienie, licencja, numer seryjny, e-mail lub partner",
  filter: "Filtruj",
  clear_filters: "Wyczyść",
  any: "dowolne",
  next_page: "Następna strona",
  first_page: "Pierwsza strona",
  export_csv: "Eksportuj jako CSV",
  sorted_up: "posortowano, najpierw najmniejsze",
  sorted_down: "posortowano, najpierw największe",
  sorted_page: "posortowano na tej stronie",
  empty_filtered: "Nic nie pasuje do tych filtrów",
  shown: "Wiersze: {count}",
  as_table: "Jako tabela",
  cancel: "Anuluj",
  own_sign_in: "Twoje logowanie",
};
