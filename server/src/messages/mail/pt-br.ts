// Made from server/messages/mail/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  invitation_subject: "Você foi convidado por {name}",
  invitation_text:
    "{name} abriu suas páginas para você. Ali você vê o que foi vendido, o que foi ganho, e por quê.",
  invitation_vendor_text: "Você pode entrar no console de {name}.",
  invitation_how: "Não há senha: você digita este endereço e recebe a cada vez um código por e-mail.",
  invitation_action: "Entrar",
  sign_in_subject: "Entrar em {name}",
  sign_in_text: "Este código dá acesso onde você o pediu. Vale por {minutes} minutos, uma só vez.",
  sign_in_action: "Ou entrar neste dispositivo",
  sign_in_small:
    "Se você não o pediu, alguém digitou seu endereço por engano. Não é preciso fazer nada. Nunca diga este código a ninguém.",
  statement_subject: "Seu extrato {number} de {period}",
  statement_text: "Seu extrato de {period} está pronto. Ele fecha com {amount}.",
  statement_action: "Abrir o extrato",
  payout_subject: "{amount} a caminho",
  payout_text: "Enviamos {amount} a você. O prazo depende dos bancos, em geral um ou dois dias úteis.",
  payout_action: "Ver o que é pago com isso",
  payout_rejected_subject: "Um pagamento de {amount} não chegou",
  payout_rejected_text:
    "O banco devolveu seu pagamento de {amount}: {why}. O valor está novamente a pagar e irá no próximo pagamento. Confira seus dados bancários.",
  payout_rejected_action: "Conferir os dados bancários",
  details_bank_subject: "Seus dados bancários foram alterados",
  details_other_subject: "Seus dados foram alterados",
  details_text: "Os dados com que pagamos você foram alterados. Se foi você ou um colega, está tudo bem.",
  details_wait: "Por segurança, nada é pago na conta nova antes de {date}.",
  details_small: "Se ninguém da sua equipe fez isso, escreva-nos imediatamente.",
  details_action: "Ver os dados",
  dispute_opened_subject: "{partner} contesta o pedido {order}",
  dispute_opened_text: "{partner} contesta como o pedido {order} foi decidido e espera uma resposta.",
  dispute_opened_action: "Abrir a contestação",
  dispute_answered_subject: "Sua contestação do pedido {order} tem resposta",
  dispute_answered_text: "O que você contestou sobre o pedido {order} tem resposta.",
  dispute_answered_action: "Ler a resposta",
  plan_subject: "Novas condições a partir de {date}: {plan}",
  plan_text:
    "A partir de {date} você é pago pelo plano {plan}. O que foi vendido antes é pago como prometido então.",
  plan_action: "Ver o plano",
  news_subject: "{name}: {title}",
  news_action: "Ler no portal",
  news_small:
    "Você recebe isto porque age por {partner}. Termina com os resumos, que você pode encerrar quando quiser.",
  digest_subject: "{name}: seu resumo até {date}",
  digest_text: "O que aconteceu desde {since}:",
  digest_credited: "Pedidos que contaram para você: {count}.",
  digest_earned: "Ganho ({currency})",
  digest_held: "A vir ({currency})",
  digest_held_note: "Retido ao menos até {date}",
  digest_payable: "A pagar ({currency})",
  digest_paid: "Pago ({currency})",
  digest_uncounted: "Pedidos que não contaram: {count}. O portal diz por quê, para cada um.",
  digest_action: "Abrir o portal",
  digest_small:
    "Você recebe este resumo porque age por {partner}. Nas configurações do portal você escolhe a frequência ou o encerra.",
  test_subject: "E-mail de teste de {name}",
  test_text: "Se você consegue ler isto, os e-mails de {name} chegam.",
  stop_title: "Resumos por e-mail",
  stop_text: "Não quer mais resumos por e-mail? E-mails sobre extratos e pagamentos continuam chegando.",
  stop_button: "Chega de resumos",
  stop_done: "Não haverá mais resumos. Você pode tê-los de volta nas configurações do portal.",
  stop_unknown: "Este link não leva a lugar nenhum. Talvez esteja incompleto.",
  passkey_added_subject: "Uma chave de acesso foi adicionada à sua conta",
  passkey_added_text:
    "A chave de acesso “{name}” foi adicionada: quem a tiver pode entrar em seu nome. Se foi você, está tudo bem.",
  passkey_removed_subject: "Uma chave de acesso foi removida da sua conta",
  passkey_removed_text:
    "A chave de acesso “{name}” foi removida e não permite mais entrar. Se foi você, está tudo bem.",
  passkey_action: "Ver suas chaves de acesso e sessões",
  passkey_small:
    "Se não foi você: remova as chaves que não conhece, saia de todos os lugares e escreva para nós.",
  desk_subject: "{name}: o que espera em {date}",
  desk_text: "Isto espera pelas pessoas do fabricante:",
  desk_payouts: "Pagamentos a aprovar",
  desk_adjustments: "Lançamentos à mão a aprovar",
  desk_deals: "Negócios a responder",
  desk_held: "Pedidos retidos",
  desk_disputes: "Decisões contestadas a responder",
  desk_disputes_due: "A primeira vence no fim do dia {date}",
  desk_stuck: "Mensagens abandonadas",
  desk_shop: "Nenhum webhook de {shop}",
  desk_shop_heard: "o último chegou em {date}",
  desk_shop_never: "nenhum chegou até agora",
  desk_action: "Abrir o console",
  desk_small:
    "Você recebe isto porque age por {name}. Nas configurações do console você escolhe a frequência ou o encerra.",
  stop_text_desk:
    "Não quer mais resumos por e-mail? Outros e-mails, como os de decisões contestadas, continuam chegando.",
  stop_done_desk: "Não haverá mais resumos. Você pode tê-los de volta nas configurações do console.",
  service_subject: "{product}: {title}",
  service_licence: "{product}, licença com final {end}",
  service_from: "comprado de {partner}",
  service_from_vendor: "comprado de {name}",
  service_small:
    "Você recebe isto uma vez, porque tem {product}. É sobre o próprio produto e não vende nada. Vem de {name}.",
  renewal_subject: "Sua licença de {product} termina em {date}",
  renewal_text:
    "O prazo da sua licença de {product} termina em {date}. Se quiser mantê-la, pode renová-la agora. Se não, não precisa fazer nada.",
  renewal_seller: "Você comprou {product} de {partner}, que ganha uma parte quando você renova.",
  renewal_action: "Renovar",
  renewal_reward: "Como agradecimento pela renovação, {partner} oferece",
  renewal_small:
    "Você recebe isto de {name} porque comprou {product}. Pode encerrar estes avisos com um clique.",
  renewal_stop_title: "Avisos antes do fim de uma licença",
  renewal_stop_text:
    "Quer que {name} não escreva mais para você antes do fim de uma licença? Suas licenças não mudam por isso.",
  renewal_stop_button: "Não enviar mais",
  renewal_stop_done: "Você não receberá mais estes avisos.",
};
