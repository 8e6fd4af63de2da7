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
};
