// Made from server/messages/account/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "Mes achats",
  account_title: "Vos achats",
  account_lead:
    "Tout ce qui est conservé sous {mail}. La personne payée pour une vente ne dépend jamais de cette page.",
  bought_title: "Achats",
  bought_lead:
    "Les licences sont conservées sous forme d'empreintes illisibles ; aucune n'est donc affichée ici.",
  no_purchases: "Aucun achat n'est connu sous cette adresse",
  no_purchases_why: "Une autre adresse a peut-être été utilisée lors de l'achat.",
  product: "Produit",
  order_of: "Commande {order}, {shop}",
  when: "Quand",
  seller: "Vendu par",
  seller_none: "L'éditeur lui-même",
  seen_by: "Qui peut le voir",
  seen_vendor: "L'éditeur seul",
  seen_none: "L'éditeur ; {partner} ne voit que des sommes",
  seen_transaction: "L'éditeur ; {partner} voit ce qui a été acheté et quand, mais pas qui vous êtes",
  seen_full: "L'éditeur ; {partner} voit ce qui a été acheté, quand, et vos coordonnées",
  paid: "Payé",
  agreed_title: "Ce que vous avez accepté",
  agreed_lead: "Les vendeurs qui ont déclaré à l'éditeur que vous êtes leur client",
  no_consents: "Vous n'avez rien accepté ici",
  registered_on: "Depuis le {day}, pour {product}",
  every_product: "tous les produits",
  wording_kept: "Le vendeur conserve le texte que vous avez accepté.",
  withdraw: "Retirer",
  withdraw_of: "Retirer votre accord avec {partner}",
  erase_title: "M'effacer",
  erase_lead:
    "Votre adresse est retirée de tout ce qui est conservé ici. Vos licences continuent de fonctionner.",
  erase_see: "Voir ce qui serait effacé",
  erase_confirm: "Effacer ce qui est conservé sur vous ?",
  erase_nothing_yet: "Rien n'a encore été effacé.",
  erase_what: "Ce qui est effacé",
  erase_orders: "votre adresse sur vos achats ({count})",
  erase_registrations: "les enregistrements par des vendeurs ({count})",
  erase_stays:
    "Les achats eux-mêmes restent, sans vous : ce sont les comptes, que la loi impose à l'éditeur de conserver. Une sauvegarde garde ce qu'elle contenait.",
  erase_do: "M'effacer",
  done_withdrawn: "L'accord est retiré",
  done_erased: "Votre adresse a été effacée",
  withdraw_confirm: "Retirer ce que vous avez accepté avec {partner} ?",
  withdraw_confirm_lead:
    "L'enregistrement de votre adresse par {partner} est effacé : aucun achat ultérieur n'en dépend. Ce que vous avez acheté reste tel quel. Rien n'a encore été modifié.",
  confirm_heading: "Ce qui en résulte",
};
