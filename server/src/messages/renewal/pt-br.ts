// Made from server/messages/renewal/pt-BR.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Brazilian Portuguese. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Este link de renovação não leva a lugar nenhum",
  unknown_text:
    "O produto do link não é conhecido aqui. O link pode estar incompleto ou ser anterior ao nome atual do produto.",
  unknown_next: "Abra a página de renovação no próprio produto ou pergunte a quem lhe vendeu a licença.",
};
