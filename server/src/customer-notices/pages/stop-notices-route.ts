import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { type AppContext, requestHeader } from "../../http/app-env.ts";
import { pageRoute } from "../../http/page-route.ts";
import { mailTexts } from "../../messages/mail/index.ts";
import { languagesOf, speak } from "../../messages/speak.ts";
import { html } from "../../pages/html.ts";
import { messagePage } from "../../pages/message.ts";
import { cardPage, pageResponse } from "../../pages/page.ts";
import { readStopNoticesLink, stopNotices } from "../stop-notices.ts";

const path = "/mail/renewals/{link}";
const show = pageRoute({
  who: "anyone",
  operationId: "showStopRenewalNotices",
  method: "get",
  path,
  summary: "The page behind a notice's link to end notices of ends of terms; opening it changes nothing",
});
const stop = pageRoute({
  who: "anyone",
  operationId: "stopRenewalNotices",
  method: "post",
  path,
  summary:
    "End notices of ends of terms, by one click in the mail program (RFC 8058) or by the page's button",
});

/** Where a customer ends notices: programs send a POST without a word, people press a button. */
export function addStopNoticesRoutes(app: App, deps: Deps): void {
  const { brand } = deps.config;
  const answer = async (c: AppContext, done: boolean) => {
    const { say, ...language } = await speak(mailTexts, languagesOf(requestHeader(c, "accept-language")));
    const title = say("renewal_stop_title");
    const key = readStopNoticesLink(deps, c.req.param("link") ?? "");
    if (key === undefined)
      return pageResponse(messagePage(brand, { title, text: [say("stop_unknown")], language }), 404);
    if (done) {
      await stopNotices(deps, key);
      return pageResponse(messagePage(brand, { title, text: [say("renewal_stop_done")], language }));
    }
    const content = html`<h1>${title}</h1>
<p>${say("renewal_stop_text", { name: brand.name })}</p>
<form method="post"><button>${say("renewal_stop_button")}</button></form>`;
    return pageResponse(cardPage({ brand, language, title, sendsTo: "here", content }));
  };
  app.serve(show, (c) => answer(c, false));
  app.serve(stop, (c) => answer(c, true));
}
