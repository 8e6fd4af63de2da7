// Made from server/messages/cards/fr.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** French. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Échangez votre carte",
  voucher_lead:
    "Saisissez le code de la carte de {seller}. Vous recevez en échange le numéro de série de votre exemplaire.",
  voucher_label: "Code de la carte",
  voucher_button: "Obtenir mon numéro de série",
  voucher_small: "Minuscules et tirets absents conviennent. Une carte ne s’échange qu’une fois.",
  voucher_receipt: "Votre numéro de série pour {product}",
  voucher_copy: "Copier",
  voucher_step_start: "Lancez {product} et choisissez de saisir un numéro de série.",
  voucher_step_enter: "Saisissez le numéro exactement comme ici.",
  voucher_step_keep:
    "Gardez-le : imprimez cette page ou photographiez-la. La carte de {seller} est utilisée et ne peut plus être échangée.",
  voucher_none: "Il n’y a pas de cartes ici",
  voucher_none_text: "L’adresse est peut-être incomplète. Comparez-la avec celle de votre carte.",
  voucher_none_next: "Si c’est la même, demandez à la boutique qui vous l’a vendue.",
  voucher_filled: "Le code de votre carte a été inséré.",
  voucher_looking: "Vérification de votre code…",
  voucher_silent:
    "Pas de réponse. Réessayez : votre code est toujours là, et l’envoyer deux fois ne coûte rien.",
  voucher_copied: "Copié.",
  voucher_select: "Copiez le numéro sélectionné.",
  voucher_empty: "Saisissez le code de votre carte.",
  voucher_elsewhere: "Cela venait d’une autre page. Appuyez encore une fois sur le bouton.",
  email_title: "S’inscrire auprès de {partner}",
  email_lead:
    "Laissez votre adresse e-mail, afin que {partner} soit payé pour vous avoir vendu lorsque vous achetez ou renouvelez.",
  email_lead_product:
    "Laissez votre adresse e-mail pour {product}, afin que {partner} soit payé pour vous avoir vendu lorsque vous achetez ou renouvelez.",
  email_label: "Votre adresse e-mail",
  email_button: "S’inscrire",
  email_wording: "Texte {version}.",
  email_check: "À vérifier : {title}",
  email_elsewhere: "Cela venait d’une autre page. Vérifiez et appuyez encore une fois sur le bouton.",
  email_invalid: "Ce n’est pas une adresse e-mail. Écrivez-la comme nom@example.com.",
  email_consent:
    "Sans votre consentement, l’adresse ne peut pas être enregistrée. Cochez la case si vous êtes d’accord.",
  email_changed: "Le texte à accepter a changé depuis l’ouverture de la page. Relisez-le.",
  email_often: "Trop d’adresses ont été enregistrées d’ici. Réessayez plus tard.",
  email_done: "Votre adresse est enregistrée",
  email_done_text:
    "Merci. Quand vous achetez ou renouvelez avec cette adresse, {partner} peut toucher une commission ; rien ne change pour vous.",
  email_done_erase:
    "Pour faire effacer l’adresse, écrivez à qui vous a donné le lien ou à l’éditeur du programme.",
  link_unknown: "Ce lien ne mène nulle part",
  link_unknown_text:
    "Il est peut-être incomplet ou a été retiré. Demandez-en un nouveau à qui vous l’a donné.",
  link_ended: "Ce lien a expiré",
  link_ended_text: "Demandez-en un nouveau à qui vous l’a donné.",
  download_none: "Il n’y a rien à télécharger ici",
  download_none_text: "L’adresse est peut-être incomplète, ou le programme a changé de nom.",
  download_none_next: "Revenez à la page d’où vous venez ou demandez à qui vous a donné l’adresse.",
  download_later: "Le téléchargement n’est pas prêt pour l’instant",
};
