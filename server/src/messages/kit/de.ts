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
};
