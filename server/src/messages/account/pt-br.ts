// Made from server/messages/account/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  nav_account: "O que comprei",
  account_title: "Suas compras",
  account_lead: "Tudo o que é guardado sob {mail}. Quem é pago por uma venda nunca depende desta página.",
  bought_title: "Compras",
  bought_lead: "As licenças são guardadas como impressões ilegíveis, por isso nenhuma é mostrada aqui.",
  no_purchases: "Nenhuma compra é conhecida sob este endereço",
  no_purchases_why: "Talvez outro endereço tenha sido usado na compra.",
  product: "Produto",
  order_of: "Pedido {order}, {shop}",
  when: "Quando",
  seller: "Vendido por",
  seller_none: "O próprio fabricante",
  seen_by: "Quem pode ver",
  seen_vendor: "Só o fabricante",
  seen_none: "O fabricante; {partner} vê apenas somas",
  seen_transaction: "O fabricante; {partner} vê o que foi comprado e quando, não quem você é",
  seen_full: "O fabricante; {partner} vê o que foi comprado, quando, e seu contato",
  paid: "Pago",
  agreed_title: "O que você aceitou",
  agreed_lead: "Vendedores que disseram ao fabricante que você é cliente deles",
  no_consents: "Você não aceitou nada aqui",
  registered_on: "Desde {day}, para {product}",
  every_product: "todos os produtos",
  wording_kept: "O vendedor guarda o texto que você aceitou.",
  withdraw: "Retirar",
  withdraw_of: "Retirar o que foi acordado com {partner}",
  erase_title: "Apagar-me",
  erase_lead: "Seu endereço é retirado de tudo o que é guardado aqui. Suas licenças continuam funcionando.",
  erase_see: "Ver o que seria apagado",
  erase_confirm: "Apagar o que é guardado sobre você?",
  erase_nothing_yet: "Nada foi apagado ainda.",
  erase_what: "O que é apagado",
  erase_orders: "seu endereço nas suas compras ({count})",
  erase_registrations: "os registros feitos por vendedores ({count})",
  erase_stays:
    "As compras ficam, sem você: são a contabilidade, que a lei manda o fabricante guardar. Uma cópia de segurança tem o que tinha.",
  erase_do: "Apagar-me",
  done_withdrawn: "Foi retirado",
  done_erased: "Seu endereço foi apagado",
  withdraw_confirm: "Retirar o que você combinou com {partner}?",
  withdraw_confirm_lead:
    "O registro do seu endereço por {partner} é apagado: nenhuma compra posterior conta por ele. O que você comprou fica como está. Nada foi alterado ainda.",
};
