// Made from server/messages/cards/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Gutscheinkarte einlösen",
  voucher_lead:
    "Geben Sie den Code auf der Karte von {seller} ein. Dafür bekommen Sie die Seriennummer Ihres Exemplars.",
  voucher_label: "Code der Karte",
  voucher_button: "Seriennummer holen",
  voucher_small:
    "Kleine Buchstaben und fehlende Bindestriche sind in Ordnung. Eine Karte kann einmal eingelöst werden.",
  voucher_receipt: "Ihre Seriennummer für {product}",
  voucher_copy: "Kopieren",
  voucher_step_start: "Starten Sie {product} und wählen Sie, eine Seriennummer einzugeben.",
  voucher_step_enter: "Geben Sie die Nummer genau so ein, wie sie hier steht.",
  voucher_step_keep:
    "Bewahren Sie sie auf: Drucken Sie diese Seite oder fotografieren Sie sie. Die Karte von {seller} ist jetzt verbraucht und kann nicht noch einmal eingelöst werden.",
  voucher_none: "Hier gibt es keine Gutscheinkarten",
  voucher_none_text:
    "Die Adresse ist vielleicht unvollständig. Bitte vergleichen Sie sie mit der auf Ihrer Karte.",
  voucher_none_next: "Stimmt sie überein, fragen Sie bitte den Händler, bei dem Sie die Karte gekauft haben.",
  voucher_filled: "Der Code Ihrer Karte wurde eingetragen.",
  voucher_looking: "Ihr Code wird geprüft …",
  voucher_silent:
    "Es kam keine Antwort. Bitte versuchen Sie es noch einmal: Ihr Code steht noch hier, und zweimal senden schadet nicht.",
  voucher_copied: "Kopiert.",
  voucher_select: "Bitte kopieren Sie die markierte Nummer.",
  voucher_empty: "Bitte geben Sie den Code auf Ihrer Karte ein.",
  voucher_elsewhere: "Das kam von einer anderen Seite. Bitte drücken Sie den Knopf noch einmal.",
  email_title: "Bei {partner} eintragen",
  email_lead:
    "Hinterlassen Sie Ihre E-Mail-Adresse, damit {partner} für den Verkauf an Sie bezahlt wird, wenn Sie kaufen oder verlängern.",
  email_lead_product:
    "Hinterlassen Sie Ihre E-Mail-Adresse für {product}, damit {partner} für den Verkauf an Sie bezahlt wird, wenn Sie kaufen oder verlängern.",
  email_label: "Ihre E-Mail-Adresse",
  email_button: "Eintragen",
  email_wording: "Wortlaut {version}.",
  email_check: "Bitte prüfen: {title}",
  email_elsewhere:
    "Das kam von einer anderen Seite. Bitte sehen Sie es sich an und drücken Sie den Knopf noch einmal.",
  email_invalid: "Das ist keine E-Mail-Adresse. Bitte schreiben Sie sie wie name@example.com.",
  email_consent:
    "Ohne Ihre Einwilligung kann die Adresse nicht eingetragen werden. Bitte kreuzen Sie das Feld an, wenn Sie zustimmen.",
  email_changed:
    "Der Text, dem Sie zustimmen sollen, hat sich geändert, seit die Seite geöffnet wurde. Bitte lesen Sie ihn noch einmal.",
  email_often: "Von hier wurden zu viele Adressen eingetragen. Bitte versuchen Sie es später noch einmal.",
  email_done: "Ihre Adresse ist eingetragen",
  email_done_text:
    "Vielen Dank. Wenn Sie mit dieser Adresse kaufen oder verlängern, bekommt {partner} vielleicht eine Provision; für Sie ändert sich nichts.",
  email_done_erase:
    "Um die Adresse löschen zu lassen, schreiben Sie dem, der Ihnen den Link gab, oder dem Hersteller des Programms.",
  link_unknown: "Dieser Link führt nirgendwohin",
  link_unknown_text:
    "Er ist vielleicht unvollständig oder wurde zurückgezogen. Bitte lassen Sie sich von dem, der ihn Ihnen gab, einen neuen geben.",
  link_ended: "Dieser Link ist abgelaufen",
  link_ended_text: "Bitte lassen Sie sich von dem, der ihn Ihnen gab, einen neuen geben.",
  download_none: "Hier gibt es nichts herunterzuladen",
  download_none_text: "Die Adresse ist vielleicht unvollständig, oder das Programm heißt inzwischen anders.",
  download_none_next:
    "Bitte gehen Sie zurück zur Seite, von der Sie kamen, oder fragen Sie, wer Ihnen die Adresse gab.",
  download_later: "Der Download ist gerade nicht bereit",
};
