// Made from server/messages/pages/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  cancel: "Cancelar",
  save: "Salvar",
  search: "Buscar",
  sign_out: "Sair",
  nothing_here: "Ainda não há nada aqui.",
  held: "Retido",
  payable: "A pagar",
  paid: "Pago",
  order: "Pedido",
  partner: "Parceiro",
  date: "Data",
  amount: "Valor",
  reason: "Motivo",
  state: "Situação",
};
