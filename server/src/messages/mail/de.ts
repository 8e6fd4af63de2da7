// Made from server/messages/mail/de.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** German. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "Einladung zu {name}",
  invitation_text:
    "{name} hat seine Seiten für Sie geöffnet. Dort sehen Sie, was verkauft und was verdient wurde, und warum.",
  invitation_vendor_text: "Sie können sich an der Konsole von {name} anmelden.",
  invitation_how:
    "Es gibt kein Kennwort: Sie geben diese Adresse ein und erhalten jedes Mal einen Code per E-Mail.",
  invitation_action: "Anmelden",
  sign_in_subject: "Anmeldung bei {name}",
  sign_in_text:
    "Dieser Code meldet Sie dort an, wo Sie ihn angefordert haben. Er gilt {minutes} Minuten und nur einmal.",
  sign_in_action: "Oder auf diesem Gerät anmelden",
  sign_in_small:
    "Wenn Sie ihn nicht angefordert haben, hat jemand Ihre Adresse versehentlich eingegeben. Sie müssen nichts tun. Nennen Sie diesen Code niemandem.",
  statement_subject: "Ihre Abrechnung {number} für {period}",
  statement_text: "Ihre Abrechnung für {period} ist fertig. Sie schließt mit {amount}.",
  statement_action: "Abrechnung öffnen",
  payout_subject: "{amount} sind zu Ihnen unterwegs",
  payout_text:
    "Wir haben Ihnen {amount} überwiesen. Wann der Betrag ankommt, liegt bei den Banken, meist nach ein bis zwei Arbeitstagen.",
  payout_action: "Ansehen, wofür",
  payout_rejected_subject: "Eine Auszahlung über {amount} ist nicht angekommen",
  payout_rejected_text:
    "Die Bank hat Ihre Auszahlung über {amount} zurückgeschickt: {why}. Der Betrag ist wieder auszahlbar und kommt in die nächste Auszahlung. Bitte prüfen Sie Ihre Bankverbindung.",
  payout_rejected_action: "Bankverbindung prüfen",
  details_bank_subject: "Ihre Bankverbindung wurde geändert",
  details_other_subject: "Ihre Angaben wurden geändert",
  details_text:
    "Die Angaben, nach denen wir Sie bezahlen, wurden geändert. Wenn Sie oder Ihre Kollegen das waren, ist alles in Ordnung.",
  details_wait: "Sicherheitshalber wird vor dem {date} nichts auf das neue Konto gezahlt.",
  details_small: "Wenn es niemand von Ihnen war, schreiben Sie uns bitte sofort.",
  details_action: "Angaben ansehen",
  dispute_opened_subject: "{partner} widerspricht bei Bestellung {order}",
  dispute_opened_text:
    "{partner} widerspricht der Entscheidung über Bestellung {order} und wartet auf eine Antwort.",
  dispute_opened_action: "Widerspruch öffnen",
  dispute_answered_subject: "Antwort auf Ihren Widerspruch zu Bestellung {order}",
  dispute_answered_text: "Auf Ihren Widerspruch zu Bestellung {order} gibt es eine Antwort.",
  dispute_answered_action: "Antwort lesen",
  plan_subject: "Neue Bedingungen ab {date}: {plan}",
  plan_text:
    "Ab {date} werden Sie nach dem Plan {plan} bezahlt. Was vorher verkauft wurde, wird bezahlt wie damals versprochen.",
  plan_action: "Plan ansehen",
  news_subject: "{name}: {title}",
  news_action: "Im Portal lesen",
  news_small:
    "Sie bekommen das, weil Sie für {partner} handeln. Es endet mit den Zusammenfassungen, die Sie jederzeit beenden können.",
  digest_subject: "{name}: Ihre Übersicht bis {date}",
  digest_text: "Was seit dem {since} geschehen ist:",
  digest_credited: "Bestellungen, die für Sie zählten: {count}.",
  digest_earned: "Verdient ({currency})",
  digest_held: "Kommt noch ({currency})",
  digest_held_note: "Vorläufig bis frühestens {date}",
  digest_payable: "Auszahlbar ({currency})",
  digest_paid: "Ausgezahlt ({currency})",
  digest_uncounted: "Bestellungen, die nicht zählten: {count}. Das Portal sagt bei jeder, warum.",
  digest_action: "Portal öffnen",
  digest_small:
    "Sie erhalten diese Übersicht, weil Sie für {partner} handeln. Wie oft, oder ob überhaupt, wählen Sie in den Einstellungen des Portals.",
  test_subject: "Eine Testnachricht von {name}",
  test_text: "Wenn Sie das lesen können, kommt Post von {name} an.",
  stop_title: "Übersichten per E-Mail",
  stop_text:
    "Möchten Sie keine Übersichten mehr per E-Mail? Nachrichten über Abrechnungen und Auszahlungen kommen weiter.",
  stop_button: "Keine Übersichten mehr",
  stop_done:
    "Es kommen keine Übersichten mehr. In den Einstellungen des Portals können Sie sie wieder bestellen.",
  stop_unknown: "Dieser Link führt nirgendwohin. Vielleicht ist er unvollständig.",
  passkey_added_subject: "Ihrer Anmeldung wurde ein Passkey hinzugefügt",
  passkey_added_text:
    "Der Passkey „{name}“ wurde hinzugefügt: Wer ihn hat, kann sich als Sie anmelden. Wenn Sie das waren, ist alles gut.",
  passkey_removed_subject: "Aus Ihrer Anmeldung wurde ein Passkey entfernt",
  passkey_removed_text:
    "Der Passkey „{name}“ wurde entfernt und meldet nicht mehr an. Wenn Sie das waren, ist alles gut.",
  passkey_action: "Passkeys und Anmeldungen ansehen",
  passkey_small:
    "Wenn Sie es nicht waren: Entfernen Sie Passkeys, die Sie nicht kennen, melden Sie sich überall ab, und schreiben Sie uns.",
  desk_subject: "{name}: was am {date} wartet",
  desk_text: "Das wartet auf die Leute des Herstellers:",
  desk_payouts: "Auszahlungen freizugeben",
  desk_adjustments: "Buchungen von Hand freizugeben",
  desk_deals: "Geschäftsanmeldungen zu beantworten",
  desk_held: "Wartende Bestellungen",
  desk_disputes: "Bestrittene Entscheide zu beantworten",
  desk_disputes_due: "Die erste ist bis Ende des {date} fällig",
  desk_stuck: "Aufgegebene Nachrichten",
  desk_shop: "Kein Webhook von {shop}",
  desk_shop_heard: "der letzte kam am {date}",
  desk_shop_never: "bisher kam keiner",
  desk_action: "Konsole öffnen",
  desk_small:
    "Sie erhalten das, weil Sie für {name} handeln. Wie oft, oder ob überhaupt, wählen Sie in den Einstellungen der Konsole.",
  stop_text_desk:
    "Möchten Sie keine Übersichten mehr per E-Mail? Andere Nachrichten, etwa über bestrittene Entscheide, kommen weiter.",
  stop_done_desk:
    "Es kommen keine Übersichten mehr. In den Einstellungen der Konsole können Sie sie wieder bestellen.",
  service_subject: "{product}: {title}",
  service_licence: "{product}, Lizenz mit den letzten Zeichen {end}",
  service_from: "gekauft bei {partner}",
  service_from_vendor: "gekauft bei {name}",
  service_small:
    "Sie erhalten das einmal, weil Sie {product} haben. Es betrifft das Produkt selbst und verkauft nichts. Es kommt von {name}.",
  renewal_subject: "Ihre Lizenz für {product} endet am {date}",
  renewal_text:
    "Die Laufzeit Ihrer Lizenz für {product} endet am {date}. Wenn Sie sie behalten möchten, können Sie sie jetzt verlängern. Wenn nicht, brauchen Sie nichts zu tun.",
  renewal_seller: "Sie haben {product} bei {partner} gekauft; {partner} verdient an Ihrer Verlängerung mit.",
  renewal_action: "Verlängern",
  renewal_reward: "Als Dank für Ihre Verlängerung bietet {partner}",
  renewal_small:
    "Sie erhalten das von {name}, weil Sie {product} gekauft haben. Sie können diese Hinweise mit einem Klick beenden.",
  renewal_stop_title: "Hinweise vor dem Ende einer Lizenz",
  renewal_stop_text:
    "Soll {name} Ihnen vor dem Ende einer Lizenz nicht mehr schreiben? An Ihren Lizenzen ändert das nichts.",
  renewal_stop_button: "Keine mehr davon",
  renewal_stop_done: "Sie erhalten keine solchen Hinweise mehr.",
};
