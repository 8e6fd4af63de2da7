// Made from server/messages/kit/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  skip: "Aller au contenu",
  menu: "Menu",
  navigation: "Navigation principale",
  sign_out: "Se déconnecter",
  signed_in_as: "Connecté en tant que {name}",
  support: "Des questions ?",
  search: "Rechercher",
  search_hint: "Commande, licence, numéro de série, e-mail ou partenaire",
  filter: "Filtrer",
  clear_filters: "Effacer",
  any: "tous",
  next_page: "Page suivante",
  first_page: "Première page",
  export_csv: "Exporter en CSV",
  sorted_up: "trié, le plus petit d'abord",
  sorted_down: "trié, le plus grand d'abord",
  sorted_page: "trié dans cette page",
  empty_filtered: "Rien ne correspond à ces filtres",
  shown: "Lignes : {count}",
  as_table: "Sous forme de tableau",
  cancel: "Annuler",
  own_sign_in: "Votre connexion",
};
