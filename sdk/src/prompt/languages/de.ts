// Made from sdk/messages/de.mf2 by test/messages/make-languages.ts.
import type { PromptLanguage } from "../language.ts";

/** German. */
export const de: PromptLanguage = {
  tag: "de",
  direction: "ltr",
  texts: {
    title_expiring: {
      by: "days",
      variants: {
        "0": "Ihre Lizenz endet heute",
        one: "Ihre Lizenz endet in {days} Tag",
        other: "Ihre Lizenz endet in {days} Tagen",
      },
    },
    text_expiring: "Sie läuft bis zum {end}. Verlängern können Sie jederzeit.",
    title_grace: "Ihre Lizenz ist am {end} abgelaufen",
    text_grace: "Bis zum {until} können Sie sie noch verlängern.",
    title_billing: "Bitte prüfen Sie die Zahlung Ihrer Verlängerung",
    text_billing:
      "Ihre Lizenz verlängert sich am {end} von selbst, aber die Zahlung wird voraussichtlich nicht gelingen.",
    title_active: "Ihre Lizenz läuft bis zum {end}",
    title_renews: "Ihre Lizenz verlängert sich am {end} von selbst",
    title_ended: "Ihre Lizenz ist am {end} abgelaufen",
    title_perpetual: "Ihre Lizenz ist unbefristet",
    title_unknown: "Es ist noch keine Lizenz eingetragen",
    text_renewable: "Verlängern können Sie jederzeit.",
    text_ended: "Sie können sie weiterhin verlängern.",
    text_unknown: "Geben Sie den Schlüssel ein, den Sie beim Kauf erhalten haben.",
    price: "Die Verlängerung kostet {price}.",
    disclosure: "Verkauft von {seller}; an Ihrer Verlängerung verdient dieser Händler mit.",
    disclosure_unnamed: "Verkauft von Ihrem Händler, der an Ihrer Verlängerung mitverdient.",
    seller_unnamed: "Ihr Händler",
    renew: "Verlängern",
    remind: "Erinnern",
    snooze_1d: "Morgen",
    snooze_3d: "In 3 Tagen",
    snooze_next_stage: "Kurz vor dem Ende",
    enter_key: "Lizenzschlüssel eingeben",
    renewed: "Ich habe schon verlängert",
    decline: "Nicht mehr erinnern",
    said_opened: "Die Seite zum Verlängern öffnet sich in Ihrem Browser.",
    said_not_opened: "Öffnen Sie zum Verlängern diese Adresse in einem Browser: {url}",
    said_snoozed: "Die nächste Erinnerung kommt am {until}.",
    said_declined: "An diese Lizenz werden Sie nicht mehr erinnert. Verlängern können Sie jederzeit.",
    said_renewed: "Danke. Ihre Lizenz läuft jetzt bis zum {end}.",
    said_waiting: "Ihre Verlängerung ist hier noch nicht angekommen. Sie erscheint, sobald sie da ist.",
    choose: "Drücken Sie eine Zahl, oder die Eingabetaste, um später zu entscheiden.",
  },
};
