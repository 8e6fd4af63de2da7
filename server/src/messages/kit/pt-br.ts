// Made from server/messages/kit/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  skip: "Ir para o conteúdo",
  menu: "Menu",
  navigation: "Navegação principal",
  sign_out: "Sair",
  signed_in_as: "Conectado como {name}",
  support: "Dúvidas?",
  search: "Buscar",
  search_hint: "Pedido, licença, número de série, e-mail ou parceiro",
  filter: "Filtrar",
  clear_filters: "Limpar",
  any: "qualquer",
  next_page: "Próxima página",
  first_page: "Primeira página",
  export_csv: "Exportar como CSV",
  sorted_up: "ordenado, menor primeiro",
  sorted_down: "ordenado, maior primeiro",
  sorted_page: "ordenado nesta página",
  empty_filtered: "Nada corresponde a estes filtros",
  shown: "Linhas: {count}",
  as_table: "Como tabela",
  cancel: "Cancelar",
  own_sign_in: "Seu acesso",
  denied_stranger: "Entre, por favor",
  denied_stranger_text: "Sua sessão terminou, ou este navegador nunca entrou. Nada foi alterado.",
  denied_other: "Esta página não é para você",
  denied_other_text:
    "Você entrou, mas isto é de outras pessoas. Se deveria ser seu, pergunte a quem o convidou.",
  denied_stale: "Entre de novo, por favor",
  denied_stale_text: "Para isto é preciso ter entrado há pouco. Entre de novo e repita. Nada foi alterado.",
  denied_form: "Este formulário está desatualizado",
  denied_form_text:
    "A página que enviou isto foi aberta em outra sessão, ou era de outro site. Nada foi alterado.",
  denied_sign_in: "Entrar",
  denied_back: "Voltar à página",
  denied_kept: "O que você digitou está guardado nesta página.",
  denied_kept_how: "Entre na nova janela, volte aqui e envie de novo.",
  denied_again: "Enviar de novo",
  failure: "Algo falhou aqui",
  failure_text: "Foi anotado e não é culpa sua. Tente de novo em um minuto.",
};
