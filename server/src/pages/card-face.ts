import type { Brand } from "../config/brand-config.ts";
import { type AppContext, requestHeader } from "../http/app-env.ts";
import { type CardsText, cardsTexts } from "../messages/cards/index.ts";
import { type Speech, speak } from "../messages/speak.ts";
import { speakKit, wantedLanguages } from "./app-page.ts";
import type { PageParts } from "./page.ts";

/** In whose name and in which language a page for strangers is. */
export interface CardFace {
  /** What every such page is made with. */
  parts: Pick<PageParts, "brand" | "language" | "questions">;
  speech: Speech<CardsText>;
}

/** Reads in which language a page for strangers is to be. An answer that is made of it varies by `accept-language`. */
export async function cardFace(brand: Brand, c: AppContext): Promise<CardFace> {
  const wanted = wantedLanguages(brand, { header: requestHeader(c, "accept-language") });
  const speech = await speak(cardsTexts, wanted);
  const kit = await speakKit([speech.tag]);
  return { parts: { brand, language: speech, questions: kit.say("support") }, speech };
}

/** The header of an answer that was made for one language. */
export const inLanguage = { vary: "accept-language" } as const;
