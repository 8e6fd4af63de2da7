// Made from server/messages/account/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "Meine Käufe",
  account_title: "Was Sie gekauft haben",
  account_lead:
    "Alles, was unter {mail} gespeichert ist. Wer für einen Verkauf bezahlt wird, hängt nie von dieser Seite ab.",
  bought_title: "Käufe",
  bought_lead:
    "Lizenzen sind als Fingerabdrücke gespeichert, die sich nicht zurücklesen lassen; darum steht hier keine.",
  no_purchases: "Unter dieser Adresse ist kein Kauf bekannt",
  no_purchases_why: "Vielleicht wurde beim Kauf eine andere Adresse benutzt.",
  product: "Produkt",
  order_of: "Bestellung {order}, {shop}",
  when: "Wann",
  seller: "Verkauft von",
  seller_none: "Vom Hersteller selbst",
  seen_by: "Wer es sehen darf",
  seen_vendor: "Nur der Hersteller",
  seen_none: "Der Hersteller; {partner} sieht nur Summen",
  seen_transaction: "Der Hersteller; {partner} sieht, was wann gekauft wurde, nicht wer Sie sind",
  seen_full: "Der Hersteller; {partner} sieht, was wann gekauft wurde, und Ihren Kontakt",
  paid: "Bezahlt",
  agreed_title: "Wozu Sie eingewilligt haben",
  agreed_lead: "Händler, die dem Hersteller gemeldet haben, dass Sie ihr Kunde sind",
  no_consents: "Sie haben hier in nichts eingewilligt",
  registered_on: "Seit {day}, für {product}",
  every_product: "jedes Produkt",
  wording_kept: "Den Wortlaut Ihrer Einwilligung hat der Händler.",
  withdraw: "Widerrufen",
  withdraw_of: "Einwilligung gegenüber {partner} widerrufen",
  erase_title: "Mich löschen",
  erase_lead: "Ihre Adresse wird von allem entfernt, was hier gespeichert ist. Ihre Lizenzen gelten weiter.",
  erase_see: "Zeigen, was gelöscht würde",
  erase_confirm: "Löschen, was über Sie gespeichert ist?",
  erase_nothing_yet: "Noch ist nichts gelöscht.",
  erase_what: "Was gelöscht wird",
  erase_orders: {
    by: "count",
    variants: {
      one: "Ihre Adresse an {count} Kauf",
      other: "Ihre Adresse an {count} Käufen",
    },
  },
  erase_registrations: {
    by: "count",
    variants: {
      one: "{count} Meldung eines Händlers",
      other: "{count} Meldungen von Händlern",
    },
  },
  erase_stays:
    "Die Käufe selbst bleiben, ohne Sie: Es sind Geschäftsbücher, die der Hersteller von Gesetzes wegen behält. Eine Sicherung enthält, was sie enthielt.",
  erase_do: "Mich löschen",
  done_withdrawn: "Die Einwilligung ist widerrufen",
  done_erased: "Ihre Adresse ist gelöscht",
  licences_title: "Ihre Lizenzen",
  licences_lead:
    "Ein Händler darf für eine Lizenz in Ihrem Auftrag handeln: sehen, wann sie endet, Ihnen einen Link zum Verlängern schicken, eine Kopie registrieren. Sie erlauben und beenden es für jede Lizenz einzeln.",
  licence: "Lizenz",
  licence_ends: "endet auf {end}",
  part: "Ihre Rolle",
  part_buys: "kauft",
  part_uses: "nutzt",
  part_decides: "entscheidet",
  part_administers: "verwaltet",
  part_organisation: "Ihrer Organisation",
  managed_title: "Wer für Sie handeln darf",
  managed_none: "niemand",
  managed_by: "{partner}, seit {day}",
  manage_give: "{partner} für mich handeln lassen",
  manage_end: "Beenden",
  manage_end_of: "Für {partner} beenden",
  invite_title: "Einen anderen Händler für Sie handeln lassen",
  invite_lead:
    "Ein Händler kann Ihnen eine Einladung geben: Geben Sie ihren Code ein und wählen Sie die Lizenz. Sie sehen, wer es ist, bevor Sie etwas erlauben.",
  invite_code: "Einladungscode",
  invite_see: "Ansehen, von wem er ist",
  invite_unknown:
    "Das ist keine Einladung eines Händlers. Kopieren Sie den ganzen Code, oder bitten Sie noch einmal darum.",
  done_given: "Es ist erlaubt",
  done_ended: "Es ist beendet",
  withdraw_confirm: "Widerrufen, was Sie mit {partner} vereinbart haben?",
  withdraw_confirm_lead:
    "Die Meldung Ihrer Adresse durch {partner} wird gelöscht: kein späterer Kauf zählt dafür. Was Sie gekauft haben, bleibt, wie es ist. Noch ist nichts geändert.",
  confirm_heading: "Was daraus folgt",
};
