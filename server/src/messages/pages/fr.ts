// Made from server/messages/pages/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Annuler",
  save: "Enregistrer",
  search: "Rechercher",
  sign_out: "Se déconnecter",
  nothing_here: "Rien ici pour le moment.",
  held: "En attente",
  payable: "À payer",
  paid: "Payé",
  order: "Commande",
  partner: "Partenaire",
  date: "Date",
  amount: "Montant",
  reason: "Motif",
  state: "État",
};
