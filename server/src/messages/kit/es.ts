// Made from server/messages/kit/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  skip: "Ir al contenido",
  menu: "Menú",
  navigation: "Navegación principal",
  sign_out: "Cerrar sesión",
  signed_in_as: "Sesión iniciada como {name}",
  support: "¿Preguntas?",
  search: "Buscar",
  search_hint: "Pedido, licencia, número de serie, correo o socio",
  filter: "Filtrar",
  clear_filters: "Borrar",
  any: "cualquiera",
  next_page: "Página siguiente",
  first_page: "Primera página",
  export_csv: "Exportar como CSV",
  sorted_up: "ordenado, primero lo menor",
  sorted_down: "ordenado, primero lo mayor",
  sorted_page: "ordenado en esta página",
  empty_filtered: "Nada coincide con estos filtros",
  shown: "Filas: {count}",
  as_table: "Como tabla",
  cancel: "Cancelar",
  own_sign_in: "Su acceso",
  denied_stranger: "Inicie sesión",
  denied_stranger_text: "Su sesión ha terminado, o este navegador nunca la inició. No se ha cambiado nada.",
  denied_other: "Esta página no es para usted",
  denied_other_text:
    "Ha iniciado sesión, pero esto es de otras personas. Si debería ser suyo, pregunte a quien le invitó.",
  denied_stale: "Inicie sesión de nuevo",
  denied_stale_text:
    "Para esto hay que haber iniciado sesión hace poco. Inicie sesión de nuevo y repítalo. No se ha cambiado nada.",
  denied_form: "Este formulario ya no es válido",
  denied_form_text:
    "La página que envió esto se abrió en otra sesión, o era de otro sitio. No se ha cambiado nada.",
  denied_sign_in: "Iniciar sesión",
  denied_back: "Volver a la página",
  denied_kept: "Lo que escribió se conserva en esta página.",
  denied_kept_how: "Inicie sesión en la ventana nueva, vuelva aquí y envíelo otra vez.",
  denied_again: "Enviar otra vez",
  failure: "Algo falló aquí",
  failure_text: "Quedó anotado y no es culpa suya. Inténtelo de nuevo en un minuto.",
};
