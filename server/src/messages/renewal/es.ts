// Made from server/messages/renewal/es.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Spanish. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Este enlace de renovación no lleva a ninguna parte",
  unknown_text:
    "El producto del enlace no se conoce aquí. Puede que el enlace esté incompleto o sea anterior al nombre actual del producto.",
  unknown_next:
    "Abra la página de renovación desde el propio producto o pregunte a quien le vendió la licencia.",
};
