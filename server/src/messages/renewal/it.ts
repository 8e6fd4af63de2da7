// Made from server/messages/renewal/it.mf2 by test/messages/make-catalogues.ts.
import type { Texts } from "../catalogue.ts";
import type { texts as en } from "./en.ts";

/** Italian. */
export const texts: Texts<keyof typeof en> = {
  unknown_title: "Questo link di rinnovo non porta da nessuna parte",
  unknown_text:
    "Il prodotto indicato nel link non è noto qui. Il link potrebbe essere incompleto o precedente al nome attuale del prodotto.",
  unknown_next: "Apra la pagina di rinnovo dal prodotto, oppure si rivolga a chi Le ha venduto la licenza.",
};
