import type { Brand } from "../config/brand-config.ts";
import type { App } from "../http/app.ts";
import { type AppContext, requestHeader } from "../http/app-env.ts";
import { pageRoute } from "../http/page-route.ts";
import { type MailText, mailTexts } from "../messages/mail/index.ts";
import { speak } from "../messages/speak.ts";
import { speakKit, wantedLanguages } from "./app-page.ts";
import { html } from "./html.ts";
import { messagePage } from "./message.ts";
import { cardPage, pageResponse } from "./page.ts";

/** What a link in mail ends, and in which words. */
export interface OneClick<Ended> {
  /** With `{link}` in it. */
  path: string;
  /** Of the page that asks, and of the form that ends it. */
  show: { operationId: string; summary: string };
  stop: { operationId: string; summary: string };
  /** What a link ends; undefined where it was not made here. */
  read(link: string): Promise<Ended | undefined> | Ended | undefined;
  end(ended: Ended): Promise<unknown>;
  title: MailText;
  /** What is asked, on which button, and what is said when it is done. */
  words(ended: Ended): { ask: MailText; button: MailText; done: MailText };
}

/**
 * The page behind a link in mail that ends something without a sign-in (RFC 8058): mail programs send a POST without a
 * word, people who open it press a button, and opening it changes nothing.
 */
export function addOneClickPage<Ended>(app: App, brand: Brand, given: OneClick<Ended>): void {
  const { path, title } = given;
  const show = pageRoute({ who: "anyone", method: "get", path, ...given.show });
  const stop = pageRoute({ who: "anyone", method: "post", path, ...given.stop });
  const answer = async (c: AppContext, isDone: boolean) => {
    const wanted = wantedLanguages(brand, { header: requestHeader(c, "accept-language") });
    const { say, ...language } = await speak(mailTexts, wanted);
    const questions = (await speakKit([language.tag])).say("support");
    const message = (text: MailText) =>
      messagePage(brand, { title: say(title), text: [say(text, { name: brand.name })], language, questions });
    const ended = await given.read(c.req.param("link") ?? "");
    if (ended === undefined) return pageResponse(message("stop_unknown"), 404);
    const { ask, button, done } = given.words(ended);
    if (isDone) {
      await given.end(ended);
      return pageResponse(message(done));
    }
    const content = html`<h1>${say(title)}</h1>
<p>${say(ask, { name: brand.name })}</p>
<form method="post"><button>${say(button)}</button></form>`;
    return pageResponse(
      cardPage({ brand, language, questions, title: say(title), sendsTo: "here", content }),
    );
  };
  app.serve(show, (c) => answer(c, false));
  app.serve(stop, (c) => answer(c, true));
}
