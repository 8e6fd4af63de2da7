// Made from server/messages/pages/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Annulla",
  save: "Salva",
  search: "Cerca",
  sign_out: "Esci",
  nothing_here: "Qui non c'è ancora nulla.",
  held: "In sospeso",
  payable: "Da pagare",
  paid: "Pagato",
  order: "Ordine",
  partner: "Partner",
  date: "Data",
  amount: "Importo",
  reason: "Motivo",
  state: "Stato",
};
