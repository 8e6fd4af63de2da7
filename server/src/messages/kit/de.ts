// Made from server/messages/kit/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  skip: "Zum Inhalt springen",
  menu: "Menü",
  navigation: "Hauptmenü",
  sign_out: "Abmelden",
  signed_in_as: "Angemeldet als {name}",
  support: "Fragen?",
  search: "Suchen",
  search_hint: "Bestellung, Lizenz, Seriennummer, E-Mail-Adresse oder Partner",
  filter: "Filtern",
  clear_filters: "Zurücksetzen",
  any: "alle",
  next_page: "Nächste Seite",
  first_page: "Erste Seite",
  export_csv: "Als CSV ausgeben",
  sorted_up: "sortiert, das Kleinste zuerst",
  sorted_down: "sortiert, das Größte zuerst",
  sorted_page: "innerhalb dieser Seite sortiert",
  empty_filtered: "Zu diesen Filtern passt nichts",
  shown: {
    by: "count",
    variants: {
      one: "{count} Zeile",
      other: "{count} Zeilen",
    },
  },
  as_table: "Als Tabelle",
  cancel: "Abbrechen",
  own_sign_in: "Ihre Anmeldung",
  denied_stranger: "Bitte melden Sie sich an",
  denied_stranger_text:
    "Ihre Anmeldung ist beendet, oder dieser Browser war nie angemeldet. Es wurde nichts geändert.",
  denied_other: "Diese Seite ist nicht für Sie",
  denied_other_text:
    "Sie sind angemeldet, aber das gehört anderen. Wenn es Ihnen zusteht, fragen Sie, wer Sie eingeladen hat.",
  denied_stale: "Bitte melden Sie sich noch einmal an",
  denied_stale_text:
    "Dafür muss die Anmeldung gerade erst geschehen sein. Melden Sie sich noch einmal an und wiederholen Sie es. Es wurde nichts geändert.",
  denied_form: "Dieses Formular ist veraltet",
  denied_form_text:
    "Die Seite, die das gesendet hat, war unter einer anderen Anmeldung geöffnet oder kam von anderswo. Es wurde nichts geändert.",
  denied_sign_in: "Anmelden",
  denied_back: "Zurück zur Seite",
  denied_kept: "Was Sie eingegeben haben, ist auf dieser Seite aufgehoben.",
  denied_kept_how:
    "Melden Sie sich im neuen Fenster an, kommen Sie hierher zurück und senden Sie es noch einmal.",
  denied_again: "Noch einmal senden",
  failure: "Hier ist etwas schiefgegangen",
  failure_text:
    "Es wurde vermerkt, und es liegt nicht an Ihnen. Bitte versuchen Sie es in einer Minute noch einmal.",
};
