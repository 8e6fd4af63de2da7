// Made from server/messages/renewal/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Ce lien de renouvellement ne mène nulle part",
  unknown_text:
    "Le produit indiqué dans le lien n’est pas connu ici. Le lien est peut-être incomplet, ou plus ancien que le nom actuel du produit.",
  unknown_next:
    "Veuillez ouvrir la page de renouvellement depuis le produit, ou vous adresser au revendeur qui vous a vendu la licence.",
};
