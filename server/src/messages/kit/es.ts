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
};
