// Made from server/messages/cards/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  voucher_title: "Troque o seu vale",
  voucher_lead: "Digite o código do cartão de {seller}. Em troca você recebe o número de série da sua cópia.",
  voucher_label: "Código do vale",
  voucher_button: "Obter o meu número de série",
  voucher_small: "Minúsculas e hifens ausentes não atrapalham. Um vale pode ser trocado uma vez.",
  voucher_receipt: "O seu número de série de {product}",
  voucher_copy: "Copiar",
  voucher_step_start: "Abra o {product} e escolha inserir um número de série.",
  voucher_step_enter: "Digite o número exatamente como está aqui.",
  voucher_step_keep:
    "Guarde-o: imprima esta página ou tire uma foto. O vale de {seller} foi usado e não pode ser trocado de novo.",
  voucher_none: "Não há vales aqui",
  voucher_none_text: "O endereço pode estar incompleto. Compare-o com o do seu cartão.",
  voucher_none_next: "Se for o mesmo, pergunte à loja que vendeu o vale.",
  voucher_filled: "O código do seu cartão foi preenchido.",
  voucher_looking: "Verificando o código…",
  voucher_silent:
    "Não houve resposta. Tente de novo: o código continua aqui, e enviar duas vezes não faz perder nada.",
  voucher_copied: "Copiado.",
  voucher_select: "Copie o número selecionado.",
  voucher_empty: "Digite o código do seu cartão.",
  voucher_elsewhere: "Isto veio de outra página. Aperte o botão mais uma vez.",
  email_title: "Registrar-se com {partner}",
  email_lead:
    "Deixe o seu e-mail para que {partner} receba por ter vendido a você quando comprar ou renovar.",
  email_lead_product:
    "Deixe o seu e-mail para {product}, para que {partner} receba por ter vendido a você quando comprar ou renovar.",
  email_label: "O seu e-mail",
  email_button: "Registrar",
  email_wording: "Redação {version}.",
  email_check: "Verifique: {title}",
  email_elsewhere: "Isto veio de outra página. Confira e aperte o botão mais uma vez.",
  email_invalid: "Isso não é um e-mail. Escreva como em nome@example.com.",
  email_consent: "Sem o seu consentimento o endereço não pode ser registrado. Marque a caixa se concordar.",
  email_changed: "O texto a aceitar mudou desde que a página foi aberta. Leia-o de novo.",
  email_often: "Endereços demais foram registrados daqui. Tente mais tarde.",
  email_done: "O seu endereço está registrado",
  email_done_text:
    "Obrigado. Quando você comprar ou renovar com este endereço, {partner} pode receber uma comissão; nada muda para você.",
  email_done_erase: "Para apagar o endereço, escreva a quem lhe deu o link ou ao fabricante do programa.",
  link_unknown: "Este link não leva a lugar nenhum",
  link_unknown_text: "Pode estar incompleto ou foi retirado. Peça um novo a quem o deu.",
  link_ended: "Este link expirou",
  link_ended_text: "Peça um novo a quem o deu.",
  download_none: "Não há nada para baixar aqui",
  download_none_text: "O endereço pode estar incompleto ou o programa já tem outro nome.",
  download_none_next: "Volte à página que o trouxe aqui ou pergunte a quem lhe deu o endereço.",
  download_later: "O download não está pronto agora",
};
