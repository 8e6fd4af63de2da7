// Made from server/messages/pages/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Abbrechen",
  save: "Speichern",
  search: "Suchen",
  sign_out: "Abmelden",
  nothing_here: "Hier ist noch nichts.",
  held: "Vorläufig",
  payable: "Auszahlbar",
  paid: "Ausgezahlt",
  order: "Bestellung",
  partner: "Handelspartner",
  date: "Datum",
  amount: "Betrag",
  reason: "Grund",
  state: "Stand",
};
