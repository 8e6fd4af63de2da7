// Made from server/messages/kit/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  skip: "Vai al contenuto",
  menu: "Menu",
  navigation: "Navigazione principale",
  sign_out: "Esci",
  signed_in_as: "Accesso come {name}",
  support: "Domande?",
  search: "Cerca",
  search_hint: "Ordine, licenza, numero di serie, e-mail o partner",
  filter: "Filtra",
  clear_filters: "Azzera",
  any: "qualsiasi",
  next_page: "Pagina successiva",
  first_page: "Prima pagina",
  export_csv: "Esporta come CSV",
  sorted_up: "ordinato, prima il minore",
  sorted_down: "ordinato, prima il maggiore",
  sorted_page: "ordinate in questa pagina",
  empty_filtered: "Nulla corrisponde a questi filtri",
  shown: "Righe: {count}",
  as_table: "Come tabella",
  cancel: "Annulla",
  own_sign_in: "Il tuo accesso",
};
