// Made from server/messages/account/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "Lo que compré",
  account_title: "Sus compras",
  account_lead:
    "Todo lo que se conserva bajo {mail}. A quién se paga por una venta nunca depende de esta página.",
  bought_title: "Compras",
  bought_lead: "Las licencias se guardan como huellas ilegibles, por eso aquí no se muestra ninguna.",
  no_purchases: "No se conoce ninguna compra con esta dirección",
  no_purchases_why: "Puede que al comprar se usara otra dirección.",
  product: "Producto",
  order_of: "Pedido {order}, {shop}",
  when: "Cuándo",
  seller: "Vendido por",
  seller_none: "El propio fabricante",
  seen_by: "Quién puede verlo",
  seen_vendor: "Solo el fabricante",
  seen_none: "El fabricante; {partner} solo ve sumas",
  seen_transaction: "El fabricante; {partner} ve qué se compró y cuándo, no quién es usted",
  seen_full: "El fabricante; {partner} ve qué se compró, cuándo y su contacto",
  paid: "Pagado",
  agreed_title: "Lo que ha aceptado",
  agreed_lead: "Vendedores que dijeron al fabricante que usted es su cliente",
  no_consents: "Aquí no ha aceptado nada",
  registered_on: "Desde el {day}, para {product}",
  every_product: "todos los productos",
  wording_kept: "El vendedor conserva el texto que usted aceptó.",
  withdraw: "Retirar",
  withdraw_of: "Retirar lo acordado con {partner}",
  erase_title: "Borrarme",
  erase_lead: "Su dirección se quita de todo lo que se guarda aquí. Sus licencias siguen funcionando.",
  erase_see: "Ver qué se borraría",
  erase_confirm: "¿Borrar lo que se guarda de usted?",
  erase_nothing_yet: "Todavía no se ha borrado nada.",
  erase_what: "Qué se borra",
  erase_orders: "su dirección en sus compras ({count})",
  erase_registrations: "los registros hechos por vendedores ({count})",
  erase_stays:
    "Las compras quedan, sin usted: son la contabilidad, que la ley obliga al fabricante a conservar. Una copia de seguridad guarda lo que tenía.",
  erase_do: "Borrarme",
  done_withdrawn: "Se ha retirado",
  done_erased: "Su dirección se ha borrado",
  withdraw_confirm: "¿Retirar lo que acordó con {partner}?",
  withdraw_confirm_lead:
    "Se borra el registro de su dirección por {partner}: ninguna compra posterior cuenta por él. Lo que compró queda como está. Todavía no se ha cambiado nada.",
  confirm_heading: "Qué ocurre",
};
