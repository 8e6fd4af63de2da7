// Made from server/messages/mail/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "Vous êtes invité chez {name}",
  invitation_text:
    "{name} vous a ouvert ses pages. Vous y voyez ce qui a été vendu, ce qui a été gagné, et pourquoi.",
  invitation_vendor_text: "Vous pouvez vous connecter à la console de {name}.",
  invitation_how:
    "Il n'y a pas de mot de passe : vous saisissez cette adresse et recevez chaque fois un code par e-mail.",
  invitation_action: "Se connecter",
  sign_in_subject: "Connexion à {name}",
  sign_in_text:
    "Ce code vous connecte là où vous l'avez demandé. Il est valable {minutes} minutes, une seule fois.",
  sign_in_action: "Ou se connecter sur cet appareil",
  sign_in_small:
    "Si vous ne l'avez pas demandé, quelqu'un a saisi votre adresse par erreur. Vous n'avez rien à faire. Ne communiquez jamais ce code.",
  statement_subject: "Votre relevé {number} pour {period}",
  statement_text: "Votre relevé pour {period} est prêt. Son solde de clôture est de {amount}.",
  statement_action: "Ouvrir le relevé",
  payout_subject: "{amount} sont en route vers vous",
  payout_text:
    "Nous vous avons envoyé {amount}. Le délai dépend des banques, d'ordinaire un ou deux jours ouvrés.",
  payout_action: "Voir à quoi cela correspond",
  payout_rejected_subject: "Un versement de {amount} n'est pas arrivé",
  payout_rejected_text:
    "La banque a renvoyé votre versement de {amount} : {why}. Le montant est de nouveau à payer et figurera dans le prochain versement. Veuillez vérifier vos coordonnées bancaires.",
  payout_rejected_action: "Vérifier les coordonnées bancaires",
  details_bank_subject: "Vos coordonnées bancaires ont été modifiées",
  details_other_subject: "Vos coordonnées ont été modifiées",
  details_text:
    "Les coordonnées sous lesquelles nous vous payons ont été modifiées. Si c'était vous ou un collègue, tout va bien.",
  details_wait: "Par sécurité, rien n'est versé sur le nouveau compte avant le {date}.",
  details_small: "Si personne de chez vous ne l'a fait, écrivez-nous immédiatement.",
  details_action: "Voir les coordonnées",
  dispute_opened_subject: "{partner} conteste la commande {order}",
  dispute_opened_text: "{partner} conteste la décision sur la commande {order} et attend une réponse.",
  dispute_opened_action: "Ouvrir la contestation",
  dispute_answered_subject: "Votre contestation de la commande {order} a une réponse",
  dispute_answered_text: "Ce que vous avez contesté au sujet de la commande {order} a reçu une réponse.",
  dispute_answered_action: "Lire la réponse",
  plan_subject: "Nouvelles conditions à partir du {date} : {plan}",
  plan_text:
    "À partir du {date}, vous êtes rémunéré selon le plan {plan}. Ce qui a été vendu avant est payé comme promis alors.",
  plan_action: "Voir le plan",
  news_subject: "{name} : {title}",
  news_action: "Lire sur le portail",
  news_small:
    "Vous recevez ceci parce que vous agissez pour {partner}. Cela cesse avec les résumés, auxquels vous pouvez mettre fin à tout moment.",
  digest_subject: "{name} : votre résumé au {date}",
  digest_text: "Ce qui s'est passé depuis le {since} :",
  digest_credited: "Commandes comptées pour vous : {count}.",
  digest_earned: "Gagné ({currency})",
  digest_held: "À venir ({currency})",
  digest_held_note: "En attente au moins jusqu'au {date}",
  digest_payable: "À payer ({currency})",
  digest_paid: "Payé ({currency})",
  digest_uncounted: "Commandes non comptées : {count}. Le portail dit pourquoi, pour chacune.",
  digest_action: "Ouvrir le portail",
  digest_small:
    "Vous recevez ce résumé parce que vous agissez pour {partner}. Vous pouvez en choisir la fréquence ou y mettre fin dans les réglages du portail.",
  test_subject: "E-mail d'essai de {name}",
  test_text: "Si vous lisez ceci, les e-mails de {name} arrivent.",
  stop_title: "Résumés par e-mail",
  stop_text:
    "Ne plus recevoir de résumés par e-mail ? Les e-mails sur les relevés et les versements continueront d'arriver.",
  stop_button: "Plus de résumés",
  stop_done: "Il n'y aura plus de résumés. Vous pouvez les rétablir dans les réglages du portail.",
  stop_unknown: "Ce lien ne mène nulle part. Il est peut-être incomplet.",
  passkey_added_subject: "Une clé d'accès a été ajoutée à votre connexion",
  passkey_added_text:
    "La clé d'accès « {name} » a été ajoutée : qui la détient peut se connecter en votre nom. Si c'était vous, tout va bien.",
  passkey_removed_subject: "Une clé d'accès a été retirée de votre connexion",
  passkey_removed_text:
    "La clé d'accès « {name} » a été retirée et ne permet plus de se connecter. Si c'était vous, tout va bien.",
  passkey_action: "Voir vos clés d'accès et vos connexions",
  passkey_small:
    "Si ce n'était pas vous : retirez les clés que vous ne connaissez pas, déconnectez-vous partout et écrivez-nous.",
  desk_subject: "{name} : ce qui attend le {date}",
  desk_text: "Ceci attend les personnes de l'éditeur :",
  desk_payouts: "Versements à approuver",
  desk_adjustments: "Écritures manuelles à approuver",
  desk_deals: "Affaires à traiter",
  desk_held: "Commandes en attente",
  desk_disputes: "Décisions contestées à traiter",
  desk_disputes_due: "La première est due avant la fin du {date}",
  desk_stuck: "Messages abandonnés",
  desk_shop: "Aucun webhook de {shop}",
  desk_shop_heard: "le dernier est arrivé le {date}",
  desk_shop_never: "aucun n'est encore arrivé",
  desk_action: "Ouvrir la console",
  desk_small:
    "Vous recevez ceci parce que vous agissez pour {name}. Vous pouvez en choisir la fréquence ou y mettre fin dans les réglages de la console.",
  stop_text_desk:
    "Ne plus recevoir de résumés par e-mail ? Les autres e-mails, par exemple sur les décisions contestées, continueront d'arriver.",
  stop_done_desk: "Il n'y aura plus de résumés. Vous pouvez les rétablir dans les réglages de la console.",
  service_subject: "{product} : {title}",
  service_licence: "{product}, licence se terminant par {end}",
  service_from: "acheté chez {partner}",
  service_from_vendor: "acheté chez {name}",
  service_small:
    "Vous recevez ceci une fois, parce que vous avez {product}. Cela concerne le produit lui-même et ne vend rien. Cela vient de {name}.",
  renewal_subject: "Votre licence de {product} se termine le {date}",
  renewal_text:
    "La durée de votre licence de {product} se termine le {date}. Si vous souhaitez la garder, vous pouvez la renouveler dès maintenant. Sinon, vous n'avez rien à faire.",
  renewal_seller: "Vous avez acheté {product} chez {partner}, qui touche une part lorsque vous renouvelez.",
  renewal_action: "Renouveler",
  renewal_reward: "Pour vous remercier de renouveler, {partner} vous offre",
  renewal_small:
    "Vous recevez ceci de {name} parce que vous avez acheté {product}. Vous pouvez mettre fin à ces avis d'un clic.",
  renewal_stop_title: "Avis avant la fin d'une licence",
  renewal_stop_text:
    "Souhaitez-vous que {name} ne vous écrive plus avant la fin d'une licence ? Vos licences n'en sont pas modifiées.",
  renewal_stop_button: "Plus d'avis de ce genre",
  renewal_stop_done: "Vous ne recevrez plus ces avis.",
};
