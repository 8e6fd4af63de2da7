// Made from server/messages/cards/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Canjee su vale",
  voucher_lead:
    "Introduzca el código de la tarjeta de {seller}. A cambio recibe el número de serie de su copia.",
  voucher_label: "Código del vale",
  voucher_button: "Obtener mi número de serie",
  voucher_small: "Valen minúsculas y guiones omitidos. Un vale se canjea una sola vez.",
  voucher_receipt: "Su número de serie de {product}",
  voucher_copy: "Copiar",
  voucher_step_start: "Abra {product} y elija introducir un número de serie.",
  voucher_step_enter: "Escriba el número tal como aparece aquí.",
  voucher_step_keep:
    "Guárdelo: imprima esta página o hágale una foto. El vale de {seller} ya está usado y no se puede canjear de nuevo.",
  voucher_none: "Aquí no hay vales",
  voucher_none_text: "Quizá la dirección esté incompleta. Compárela con la de su tarjeta.",
  voucher_none_next: "Si es la misma, pregunte en la tienda que le vendió el vale.",
  voucher_filled: "Se ha rellenado el código de su tarjeta.",
  voucher_looking: "Comprobando su código…",
  voucher_silent:
    "No hubo respuesta. Inténtelo de nuevo: su código sigue aquí y no se pierde nada si lo envía dos veces.",
  voucher_copied: "Copiado.",
  voucher_select: "Copie el número seleccionado.",
  voucher_empty: "Introduzca el código de su tarjeta.",
  voucher_elsewhere: "Esto vino de otra página. Pulse el botón otra vez.",
  email_title: "Registrarse con {partner}",
  email_lead:
    "Deje su dirección de correo para que {partner} cobre por haberle vendido cuando compre o renueve.",
  email_lead_product:
    "Deje su dirección de correo para {product}, de modo que {partner} cobre por haberle vendido cuando compre o renueve.",
  email_label: "Su dirección de correo",
  email_button: "Registrar",
  email_wording: "Redacción {version}.",
  email_check: "Compruebe: {title}",
  email_elsewhere: "Esto vino de otra página. Revíselo y pulse el botón otra vez.",
  email_invalid: "Eso no es una dirección de correo. Escríbala como nombre@example.com.",
  email_consent:
    "Sin su consentimiento no se puede registrar la dirección. Marque la casilla si está de acuerdo.",
  email_changed: "El texto que se le pide aceptar cambió desde que abrió la página. Léalo de nuevo.",
  email_often: "Se registraron demasiadas direcciones desde aquí. Inténtelo más tarde.",
  email_done: "Su dirección está registrada",
  email_done_text:
    "Gracias. Cuando compre o renueve con esta dirección, {partner} puede cobrar una comisión; para usted no cambia nada.",
  email_done_erase:
    "Para borrar la dirección, escriba a quien le dio el enlace o al fabricante del programa.",
  link_unknown: "Este enlace no lleva a ninguna parte",
  link_unknown_text: "Quizá esté incompleto o fue retirado. Pida uno nuevo a quien se lo dio.",
  link_ended: "Este enlace ha caducado",
  link_ended_text: "Pida uno nuevo a quien se lo dio.",
  download_none: "Aquí no hay nada que descargar",
  download_none_text: "Quizá la dirección esté incompleta o el programa tenga ya otro nombre.",
  download_none_next: "Vuelva a la página que lo envió aquí o pregunte a quien le dio la dirección.",
  download_later: "La descarga no está lista ahora mismo",
};
