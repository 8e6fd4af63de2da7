// Made from server/messages/pages/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Cancelar",
  save: "Guardar",
  search: "Buscar",
  sign_out: "Cerrar sesión",
  nothing_here: "Aquí no hay nada todavía.",
  held: "Retenido",
  payable: "Por pagar",
  paid: "Pagado",
  order: "Pedido",
  partner: "Socio",
  date: "Fecha",
  amount: "Importe",
  reason: "Motivo",
  state: "Estado",
};
