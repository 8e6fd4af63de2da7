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
  denied_stranger: "Acceda, per favore",
  denied_stranger_text:
    "Il Suo accesso è terminato, o questo browser non è mai entrato. Nulla è stato cambiato.",
  denied_other: "Questa pagina non è per Lei",
  denied_other_text:
    "Ha effettuato l'accesso, ma questo spetta ad altri. Se dovrebbe essere Suo, chieda a chi L'ha invitata.",
  denied_stale: "Acceda di nuovo, per favore",
  denied_stale_text:
    "Per questo bisogna aver effettuato l'accesso da poco. Acceda di nuovo e ripeta. Nulla è stato cambiato.",
  denied_form: "Questo modulo non è più valido",
  denied_form_text:
    "La pagina che ha inviato questo era stata aperta con un altro accesso, o veniva da un altro sito. Nulla è stato cambiato.",
  denied_sign_in: "Accedi",
  denied_back: "Torna alla pagina",
  denied_kept: "Ciò che ha inserito è conservato in questa pagina.",
  denied_kept_how: "Acceda nella nuova finestra, torni qui e lo invii di nuovo.",
  denied_again: "Invia di nuovo",
  failure: "Qui qualcosa non ha funzionato",
  failure_text: "È stato annotato e non dipende da voi. Riprovate tra un minuto.",
};
