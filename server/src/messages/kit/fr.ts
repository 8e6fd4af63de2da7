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
  denied_stranger: "Veuillez vous connecter",
  denied_stranger_text:
    "Votre session est terminée, ou ce navigateur n'a jamais été connecté. Rien n'a été modifié.",
  denied_other: "Cette page n'est pas pour vous",
  denied_other_text:
    "Vous êtes connecté, mais ceci revient à d'autres personnes. Si cela devrait être à vous, demandez à qui vous a invité.",
  denied_stale: "Veuillez vous reconnecter",
  denied_stale_text:
    "Pour cela, il faut s'être connecté peu avant. Reconnectez-vous, puis recommencez. Rien n'a été modifié.",
  denied_form: "Ce formulaire n'est plus valable",
  denied_form_text:
    "La page qui a envoyé ceci avait été ouverte sous une autre session, ou venait d'un autre site. Rien n'a été modifié.",
  denied_sign_in: "Se connecter",
  denied_back: "Retour à la page",
  denied_kept: "Ce que vous avez saisi est conservé sur cette page.",
  denied_kept_how: "Connectez-vous dans la nouvelle fenêtre, revenez ici et renvoyez-le.",
  denied_again: "Renvoyer",
  failure: "Quelque chose a échoué ici",
  failure_text: "C’est noté, et vous n’y êtes pour rien. Réessayez dans une minute.",
};
