// Made from server/messages/account/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "I miei acquisti",
  account_title: "I Suoi acquisti",
  account_lead:
    "Tutto ciò che è conservato sotto {mail}. Chi viene pagato per una vendita non dipende mai da questa pagina.",
  bought_title: "Acquisti",
  bought_lead: "Le licenze sono conservate come impronte illeggibili, perciò qui non se ne mostra nessuna.",
  no_purchases: "Nessun acquisto è noto con questo indirizzo",
  no_purchases_why: "Forse all'acquisto è stato usato un altro indirizzo.",
  product: "Prodotto",
  order_of: "Ordine {order}, {shop}",
  when: "Quando",
  seller: "Venduto da",
  seller_none: "Il produttore stesso",
  seen_by: "Chi può vederlo",
  seen_vendor: "Solo il produttore",
  seen_none: "Il produttore; {partner} vede solo somme",
  seen_transaction: "Il produttore; {partner} vede che cosa è stato acquistato e quando, non chi è Lei",
  seen_full: "Il produttore; {partner} vede che cosa è stato acquistato, quando, e il Suo contatto",
  paid: "Pagato",
  agreed_title: "Che cosa ha accettato",
  agreed_lead: "Venditori che hanno detto al produttore che Lei è loro cliente",
  no_consents: "Qui non ha accettato nulla",
  registered_on: "Dal {day}, per {product}",
  every_product: "tutti i prodotti",
  wording_kept: "Il venditore conserva il testo che ha accettato.",
  withdraw: "Revoca",
  withdraw_of: "Revoca quanto accettato con {partner}",
  erase_title: "Cancellami",
  erase_lead:
    "Il Suo indirizzo viene tolto da tutto ciò che è conservato qui. Le Sue licenze continuano a funzionare.",
  erase_see: "Vedi che cosa verrebbe cancellato",
  erase_confirm: "Cancellare ciò che è conservato di Lei?",
  erase_nothing_yet: "Nulla è ancora stato cancellato.",
  erase_what: "Che cosa viene cancellato",
  erase_orders: "il Suo indirizzo sui Suoi acquisti ({count})",
  erase_registrations: "le registrazioni dei venditori ({count})",
  erase_stays:
    "Gli acquisti restano, senza di Lei: sono la contabilità, che la legge impone al produttore di conservare. Una copia di sicurezza conserva ciò che aveva.",
  erase_do: "Cancellami",
  done_withdrawn: "È stato revocato",
  done_erased: "Il Suo indirizzo è stato cancellato",
  withdraw_confirm: "Ritirare ciò che ha concordato con {partner}?",
  withdraw_confirm_lead:
    "La registrazione del Suo indirizzo da parte di {partner} è cancellata: nessun acquisto successivo conta per essa. Ciò che ha acquistato resta com'è. Nulla è ancora cambiato.",
  confirm_heading: "Che cosa ne consegue",
};
