// Made from server/messages/cards/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Scambiate il vostro buono",
  voucher_lead:
    "Inserite il codice sulla tessera di {seller}. In cambio ricevete il numero di serie della vostra copia.",
  voucher_label: "Codice del buono",
  voucher_button: "Ottieni il numero di serie",
  voucher_small: "Vanno bene minuscole e trattini mancanti. Un buono si scambia una volta sola.",
  voucher_receipt: "Il vostro numero di serie per {product}",
  voucher_copy: "Copia",
  voucher_step_start: "Avviate {product} e scegliete di inserire un numero di serie.",
  voucher_step_enter: "Inserite il numero esattamente com’è qui.",
  voucher_step_keep:
    "Conservatelo: stampate questa pagina o fotografatela. Il buono di {seller} è ora usato e non si può scambiare di nuovo.",
  voucher_none: "Qui non ci sono buoni",
  voucher_none_text: "L’indirizzo potrebbe essere incompleto. Confrontatelo con quello sulla tessera.",
  voucher_none_next: "Se è lo stesso, chiedete al negozio che vi ha venduto il buono.",
  voucher_filled: "Il codice della tessera è stato inserito.",
  voucher_looking: "Verifica del codice…",
  voucher_silent:
    "Nessuna risposta. Riprovate: il codice è ancora qui e inviarlo due volte non fa perdere nulla.",
  voucher_copied: "Copiato.",
  voucher_select: "Copiate il numero selezionato.",
  voucher_empty: "Inserite il codice della tessera.",
  voucher_elsewhere: "Questo veniva da un’altra pagina. Premete ancora il pulsante.",
  email_title: "Registrarsi presso {partner}",
  email_lead:
    "Lasciate il vostro indirizzo e-mail, così {partner} viene pagato per avervi venduto quando acquistate o rinnovate.",
  email_lead_product:
    "Lasciate il vostro indirizzo e-mail per {product}, così {partner} viene pagato per avervi venduto quando acquistate o rinnovate.",
  email_label: "Il vostro indirizzo e-mail",
  email_button: "Registra",
  email_wording: "Testo {version}.",
  email_check: "Da verificare: {title}",
  email_elsewhere: "Questo veniva da un’altra pagina. Controllate e premete ancora il pulsante.",
  email_invalid: "Non è un indirizzo e-mail. Scrivetelo come nome@example.com.",
  email_consent:
    "Senza il vostro consenso l’indirizzo non può essere registrato. Spuntate la casella se siete d’accordo.",
  email_changed: "Il testo da accettare è cambiato da quando la pagina è stata aperta. Rileggetelo.",
  email_often: "Da qui sono stati registrati troppi indirizzi. Riprovate più tardi.",
  email_done: "Il vostro indirizzo è registrato",
  email_done_text:
    "Grazie. Quando acquistate o rinnovate con questo indirizzo, {partner} può ricevere una provvigione; per voi non cambia nulla.",
  email_done_erase:
    "Per far cancellare l’indirizzo, scrivete a chi vi ha dato il link o al produttore del programma.",
  link_unknown: "Questo link non porta da nessuna parte",
  link_unknown_text: "Potrebbe essere incompleto o ritirato. Chiedetene uno nuovo a chi ve l’ha dato.",
  link_ended: "Questo link è scaduto",
  link_ended_text: "Chiedetene uno nuovo a chi ve l’ha dato.",
  download_none: "Qui non c’è nulla da scaricare",
  download_none_text: "L’indirizzo potrebbe essere incompleto o il programma ha ora un altro nome.",
  download_none_next: "Tornate alla pagina da cui venite o chiedete a chi vi ha dato l’indirizzo.",
  download_later: "Il download non è pronto in questo momento",
};
