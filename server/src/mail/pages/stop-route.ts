import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { type AppContext, requestHeader } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { mailTexts } from "../../messages/mail/index.ts";
import { languagesOf, speak } from "../../messages/speak.ts";
import { html } from "../../pages/html.ts";
import { messagePage } from "../../pages/message.ts";
import { cardPage, pageResponse } from "../../pages/page.ts";
import { actsForVendor, readStopLink, stopDigests } from "../stop-link.ts";

const path = "/mail/stop/{link}";
const show = pageRoute({
  who: "anyone",
  operationId: "showStopDigests",
  method: "get",
  path,
  summary: "The page behind a summary's link to end summaries; opening it changes nothing",
});
const stop = pageRoute({
  who: "anyone",
  operationId: "stopDigests",
  method: "post",
  path,
  summary: "End a person's summaries, by one click in the mail program (RFC 8058) or by the page's button",
});

/** Where summaries are ended: programs send a POST without a word, people press a button. */
export function addStopRoutes(app: App, deps: Deps): void {
  const { brand } = deps.config;
  const speechOf = (c: AppContext) => speak(mailTexts, languagesOf(requestHeader(c, "accept-language")));
  const unknown = async (c: AppContext) => {
    const { say, ...language } = await speechOf(c);
    return pageResponse(
      messagePage(brand, { title: say("stop_title"), text: [say("stop_unknown")], language }),
      404,
    );
  };
  app.serve(show, async (c) => {
    const person = readStopLink(deps, c.req.param("link") ?? "");
    if (person === undefined) return unknown(c);
    const isDesk = await actsForVendor(deps, person);
    const { say, ...language } = await speechOf(c);
    return pageResponse(
      cardPage({
        brand,
        language,
        title: say("stop_title"),
        sendsTo: "here",
        content: html`<h1>${say("stop_title")}</h1>
<p>${say(isDesk ? "stop_text_desk" : "stop_text")}</p>
<form method="post"><button>${say("stop_button")}</button></form>`,
      }),
    );
  });
  app.serve(stop, async (c) => {
    const person = readStopLink(deps, c.req.param("link") ?? "");
    if (person === undefined) return unknown(c);
    await stopDigests(deps, person);
    const { say, ...language } = await speechOf(c);
    const done = (await actsForVendor(deps, person)) ? "stop_done_desk" : "stop_done";
    return pageResponse(messagePage(brand, { title: say("stop_title"), text: [say(done)], language }));
  });
}
