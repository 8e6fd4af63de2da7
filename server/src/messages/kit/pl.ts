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
  denied_stranger: "Proszę się zalogować",
  denied_stranger_text:
    "Sesja się skończyła albo w tej przeglądarce nikt się nie logował. Niczego nie zmieniono.",
  denied_other: "Ta strona nie jest dla Państwa",
  denied_other_text:
    "Są Państwo zalogowani, ale to należy do innych osób. Jeśli powinno być Państwa, proszę zapytać osobę, która Państwa zaprosiła.",
  denied_stale: "Proszę zalogować się ponownie",
  denied_stale_text:
    "Do tego trzeba było zalogować się przed chwilą. Proszę zalogować się ponownie i powtórzyć. Niczego nie zmieniono.",
  denied_form: "Ten formularz jest nieaktualny",
  denied_form_text:
    "Stronę, która to wysłała, otwarto w innej sesji albo pochodziła z innej witryny. Niczego nie zmieniono.",
  denied_sign_in: "Zaloguj się",
  denied_back: "Wróć do strony",
  denied_kept: "Wpisane dane są zachowane na tej stronie.",
  denied_kept_how: "Proszę zalogować się w nowym oknie, wrócić tutaj i wysłać to jeszcze raz.",
  denied_again: "Wyślij jeszcze raz",
  failure: "Coś się tu nie udało",
  failure_text: "Zostało to odnotowane i nie jest to Państwa wina. Proszę spróbować za minutę.",
};
