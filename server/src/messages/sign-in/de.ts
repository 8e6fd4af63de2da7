// Made from server/messages/sign-in/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  title: "Anmelden",
  intro:
    "Geben Sie Ihre E-Mail-Adresse ein. Sie erhalten einen Code zum Anmelden; ein Kennwort gibt es nicht.",
  again_intro:
    "Für das Folgende müssen Sie sich noch einmal anmelden, damit es niemand anders an Ihrem Platz tut.",
  customer_intro:
    "Geben Sie die E-Mail-Adresse ein, mit der Sie gekauft haben. Sie erhalten einen Code per E-Mail.",
  mail_label: "E-Mail-Adresse",
  mail_invalid: "Das ist keine E-Mail-Adresse.",
  send: "Code senden",
  passkey: "Mit Passkey anmelden",
  oidc: "Anmelden mit {name}",
  or: "oder",
  no_mail: "Dieser Empfänger verschickt keine E-Mail. Wer ihn betreibt, kann Ihnen einen Link geben.",
  code_title: "Code eingeben",
  code_intro:
    "Wenn sich diese Adresse anmelden darf, ist ein Code zu ihr unterwegs. Das dauert höchstens eine Minute.",
  code_label: "Code aus acht Ziffern",
  code_wrong: "Das ist nicht der Code, oder er ist abgelaufen.",
  code_send: "Anmelden",
  code_again: "Neuen Code senden",
  too_often: "Das wurde zu oft versucht. Bitte warten Sie einige Minuten.",
  foreign: "Das kam von einer anderen Seite. Bitte drücken Sie den Knopf noch einmal.",
  link_title: "Hier anmelden?",
  link_text: "Sie melden sich in diesem Browser als {mail} an.",
  link_button: "Anmelden",
  link_dead_title: "Mit diesem Link kann man sich nicht mehr anmelden",
  link_dead_text: "Ein Link gilt fünfzehn Minuten und nur einmal. Sie können einen neuen anfordern.",
  link_dead_action: "Neuen Code anfordern",
  sessions_title: "Wo Sie angemeldet sind",
  sessions_caption: "Ihre Anmeldungen",
  sessions_device: "Browser",
  sessions_since: "Angemeldet",
  sessions_seen: "Zuletzt benutzt",
  sessions_this: "diese hier",
  sessions_end: "Beenden",
  sessions_end_all: "Überall abmelden",
  sign_out: "Abmelden",
  signed_out: "Sie sind abgemeldet.",
  acting_title: "Für wen handeln Sie?",
  acting_text: "Ihre Adresse steht für mehrere. Gerade handeln Sie für {name}.",
  acting_vendor: "den Hersteller",
  acting_switch: "Für {name} handeln",
  passkeys_title: "Passkeys",
  passkeys_text:
    "Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Bildschirmsperre an, ohne auf Post zu warten.",
  passkeys_none: "Sie haben noch keinen Passkey.",
  passkeys_add: "Passkey hinzufügen",
  passkeys_remove: "Entfernen",
  passkeys_added: "Hinzugefügt am {date}",
  passkeys_failed: "Das hat nicht geklappt. Es wurde nichts geändert.",
  way_mail: "per E-Mail",
  way_passkey: "mit Passkey",
  way_oidc: "mit Single Sign-on",
  way_link: "mit einem Link der Kommandozeile",
};
