// Made from server/messages/mail/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "È invitato da {name}",
  invitation_text:
    "{name} Le ha aperto le sue pagine. Vi vede che cosa è stato venduto, che cosa è stato guadagnato e perché.",
  invitation_vendor_text: "Può accedere alla console di {name}.",
  invitation_how: "Non c'è password: inserisce questo indirizzo e riceve ogni volta un codice per e-mail.",
  invitation_action: "Accedi",
  sign_in_subject: "Accesso a {name}",
  sign_in_text: "Questo codice La fa accedere dove lo ha chiesto. Vale {minutes} minuti, una volta sola.",
  sign_in_action: "Oppure accedi su questo dispositivo",
  sign_in_small:
    "Se non lo ha chiesto, qualcuno ha inserito il Suo indirizzo per errore. Non deve fare nulla. Non dica mai questo codice a nessuno.",
  statement_subject: "Il Suo estratto conto {number} per {period}",
  statement_text: "Il Suo estratto conto per {period} è pronto. Si chiude con {amount}.",
  statement_action: "Apri l'estratto conto",
  payout_subject: "{amount} sono in arrivo",
  payout_text:
    "Le abbiamo inviato {amount}. I tempi dipendono dalle banche, di solito uno o due giorni lavorativi.",
  payout_action: "Vedi che cosa viene pagato",
  payout_rejected_subject: "Un pagamento di {amount} non è arrivato",
  payout_rejected_text:
    "La banca ha restituito il Suo pagamento di {amount}: {why}. L'importo è di nuovo da pagare e sarà nel prossimo pagamento. Controlli le coordinate bancarie.",
  payout_rejected_action: "Controlla le coordinate bancarie",
  details_bank_subject: "Le Sue coordinate bancarie sono state cambiate",
  details_other_subject: "I Suoi dati sono stati cambiati",
  details_text: "I dati con cui La paghiamo sono stati cambiati. Se è stato Lei o un collega, va tutto bene.",
  details_wait: "Per sicurezza nulla viene pagato sul nuovo conto prima del {date}.",
  details_small: "Se nessuno dei Suoi lo ha fatto, ci scriva subito.",
  details_action: "Vedi i dati",
  dispute_opened_subject: "{partner} contesta l'ordine {order}",
  dispute_opened_text: "{partner} contesta come è stato deciso l'ordine {order} e attende una risposta.",
  dispute_opened_action: "Apri la contestazione",
  dispute_answered_subject: "La Sua contestazione dell'ordine {order} ha una risposta",
  dispute_answered_text: "Ciò che ha contestato sull'ordine {order} ha una risposta.",
  dispute_answered_action: "Leggi la risposta",
  plan_subject: "Nuove condizioni dal {date}: {plan}",
  plan_text:
    "Dal {date} è pagato secondo il piano {plan}. Ciò che è stato venduto prima è pagato come allora promesso.",
  plan_action: "Vedi il piano",
  news_subject: "{name}: {title}",
  news_action: "Leggi nel portale",
  news_small:
    "Riceve questo messaggio perché agisce per {partner}. Finisce con i riepiloghi, che può terminare in ogni momento.",
  digest_subject: "{name}: il Suo riepilogo al {date}",
  digest_text: "Che cosa è successo dal {since}:",
  digest_credited: "Ordini contati per Lei: {count}.",
  digest_earned: "Guadagnato ({currency})",
  digest_held: "In arrivo ({currency})",
  digest_held_note: "In sospeso almeno fino al {date}",
  digest_payable: "Da pagare ({currency})",
  digest_paid: "Pagato ({currency})",
  digest_uncounted: "Ordini non contati: {count}. Il portale dice perché, per ciascuno.",
  digest_action: "Apri il portale",
  digest_small:
    "Riceve questo riepilogo perché agisce per {partner}. Nelle impostazioni del portale può sceglierne la frequenza o terminarlo.",
  test_subject: "E-mail di prova da {name}",
  test_text: "Se può leggere questo, le e-mail di {name} arrivano.",
  stop_title: "Riepiloghi per e-mail",
  stop_text:
    "Non vuole più riepiloghi per e-mail? Quelle su estratti conto e pagamenti continueranno ad arrivare.",
  stop_button: "Niente più riepiloghi",
  stop_done: "Non ci saranno più riepiloghi. Può riattivarli nelle impostazioni del portale.",
  stop_unknown: "Questo link non porta da nessuna parte. Forse è incompleto.",
  passkey_added_subject: "Una passkey è stata aggiunta al tuo accesso",
  passkey_added_text:
    "La passkey «{name}» è stata aggiunta: chi la possiede può accedere al tuo posto. Se sei stato tu, va tutto bene.",
  passkey_removed_subject: "Una passkey è stata rimossa dal tuo accesso",
  passkey_removed_text:
    "La passkey «{name}» è stata rimossa e non permette più di accedere. Se sei stato tu, va tutto bene.",
  passkey_action: "Vedi le tue passkey e i tuoi accessi",
  passkey_small: "Se non sei stato tu: rimuovi le passkey che non conosci, esci ovunque e scrivici.",
  desk_subject: "{name}: ciò che è in attesa il {date}",
  desk_text: "Questo attende le persone del produttore:",
  desk_payouts: "Pagamenti da approvare",
  desk_adjustments: "Registrazioni a mano da approvare",
  desk_deals: "Trattative da evadere",
  desk_held: "Ordini in sospeso",
  desk_disputes: "Decisioni contestate a cui rispondere",
  desk_disputes_due: "La prima scade alla fine del {date}",
  desk_stuck: "Messaggi abbandonati",
  desk_shop: "Nessun webhook da {shop}",
  desk_shop_heard: "l'ultimo è arrivato il {date}",
  desk_shop_never: "finora non ne è arrivato nessuno",
  desk_action: "Apri la console",
  desk_small:
    "Riceve questo perché agisce per {name}. Nelle impostazioni della console può sceglierne la frequenza o terminarlo.",
  stop_text_desk:
    "Non vuole più riepiloghi per e-mail? Le altre e-mail, ad esempio sulle decisioni contestate, continueranno ad arrivare.",
  stop_done_desk: "Non ci saranno più riepiloghi. Può riattivarli nelle impostazioni della console.",
  service_subject: "{product}: {title}",
  service_licence: "{product}, licenza che termina con {end}",
  service_from: "acquistato da {partner}",
  service_from_vendor: "acquistato da {name}",
  service_small:
    "Riceve questo una volta, perché ha {product}. Riguarda il prodotto stesso e non vende nulla. Viene da {name}.",
  renewal_subject: "La Sua licenza di {product} termina il {date}",
  renewal_text:
    "La durata della Sua licenza di {product} termina il {date}. Se vuole conservarla, può rinnovarla ora. Altrimenti non deve fare nulla.",
  renewal_seller: "Ha acquistato {product} da {partner}, che guadagna una quota quando Lei rinnova.",
  renewal_action: "Rinnova",
  renewal_reward: "Per ringraziarLa del rinnovo, {partner} offre",
  renewal_small:
    "Riceve questo da {name} perché ha acquistato {product}. Può terminare questi avvisi con un clic.",
  renewal_stop_title: "Avvisi prima della fine di una licenza",
  renewal_stop_text:
    "Vuole che {name} non Le scriva più prima della fine di una licenza? Le Sue licenze non cambiano.",
  renewal_stop_button: "Basta avvisi",
  renewal_stop_done: "Non riceverà più questi avvisi.",
};
