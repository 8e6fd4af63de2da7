// Made from server/messages/mail/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "Le invitan a {name}",
  invitation_text: "{name} le ha abierto sus páginas. Allí ve qué se vendió, qué se ganó y por qué.",
  invitation_vendor_text: "Puede entrar en la consola de {name}.",
  invitation_how: "No hay contraseña: escribe esta dirección y cada vez recibe un código por correo.",
  invitation_action: "Iniciar sesión",
  sign_in_subject: "Entrar en {name}",
  sign_in_text: "Este código le da acceso donde lo pidió. Vale {minutes} minutos, una sola vez.",
  sign_in_action: "O entrar en este dispositivo",
  sign_in_small:
    "Si no lo pidió, alguien escribió su dirección por error. No tiene que hacer nada. No dé nunca este código a nadie.",
  statement_subject: "Su extracto {number} de {period}",
  statement_text: "Su extracto de {period} está listo. Cierra con {amount}.",
  statement_action: "Abrir el extracto",
  payout_subject: "{amount} van de camino",
  payout_text:
    "Le hemos enviado {amount}. Cuánto tarda depende de los bancos, normalmente uno o dos días hábiles.",
  payout_action: "Ver qué se paga con ello",
  payout_rejected_subject: "Un pago de {amount} no llegó",
  payout_rejected_text:
    "El banco devolvió su pago de {amount}: {why}. El importe vuelve a estar por pagar e irá en el próximo pago. Compruebe sus datos bancarios.",
  payout_rejected_action: "Comprobar los datos bancarios",
  details_bank_subject: "Se cambiaron sus datos bancarios",
  details_other_subject: "Se cambiaron sus datos",
  details_text: "Se cambiaron los datos con los que le pagamos. Si fue usted o un colega, todo está bien.",
  details_wait: "Por seguridad no se paga nada a la cuenta nueva antes del {date}.",
  details_small: "Si no lo hizo nadie de los suyos, escríbanos de inmediato.",
  details_action: "Ver los datos",
  dispute_opened_subject: "{partner} impugna el pedido {order}",
  dispute_opened_text: "{partner} impugna cómo se decidió el pedido {order} y espera una respuesta.",
  dispute_opened_action: "Abrir la impugnación",
  dispute_answered_subject: "Su impugnación del pedido {order} tiene respuesta",
  dispute_answered_text: "Lo que impugnó sobre el pedido {order} tiene respuesta.",
  dispute_answered_action: "Leer la respuesta",
  plan_subject: "Nuevas condiciones desde el {date}: {plan}",
  plan_text:
    "Desde el {date} se le paga según el plan {plan}. Lo vendido antes se paga como se prometió entonces.",
  plan_action: "Ver el plan",
  news_subject: "{name}: {title}",
  news_action: "Leerlo en el portal",
  news_small:
    "Recibe esto porque actúa por {partner}. Termina junto con los resúmenes, que puede cancelar cuando quiera.",
  digest_subject: "{name}: su resumen hasta el {date}",
  digest_text: "Lo ocurrido desde el {since}:",
  digest_credited: "Pedidos que contaron para usted: {count}.",
  digest_earned: "Ganado ({currency})",
  digest_held: "Por venir ({currency})",
  digest_held_note: "Retenido al menos hasta el {date}",
  digest_payable: "Por pagar ({currency})",
  digest_paid: "Pagado ({currency})",
  digest_uncounted: "Pedidos que no contaron: {count}. El portal dice por qué, de cada uno.",
  digest_action: "Abrir el portal",
  digest_small:
    "Recibe este resumen porque actúa por {partner}. En los ajustes del portal puede elegir la frecuencia o cancelarlo.",
  test_subject: "Correo de prueba de {name}",
  test_text: "Si puede leer esto, el correo de {name} llega.",
  stop_title: "Resúmenes por correo",
  stop_text: "¿No quiere más resúmenes por correo? El correo sobre extractos y pagos seguirá llegando.",
  stop_button: "No más resúmenes",
  stop_done: "No habrá más resúmenes. Puede volver a tenerlos en los ajustes del portal.",
  stop_unknown: "Este enlace no lleva a ninguna parte. Puede estar incompleto.",
  passkey_added_subject: "Se ha añadido una llave de acceso a su cuenta",
  passkey_added_text:
    "Se ha añadido la llave de acceso «{name}»: quien la tenga puede entrar en su nombre. Si fue usted, todo está bien.",
  passkey_removed_subject: "Se ha quitado una llave de acceso de su cuenta",
  passkey_removed_text:
    "La llave de acceso «{name}» se ha quitado y ya no permite entrar. Si fue usted, todo está bien.",
  passkey_action: "Ver sus llaves de acceso y sesiones",
  passkey_small: "Si no fue usted: quite las llaves que no conozca, cierre todas las sesiones y escríbanos.",
};
