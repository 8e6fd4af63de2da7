import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { listNews, type News } from "../../news/news.ts";
import { type Html, html } from "../../pages/html.ts";
import { card, emptyState } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { everyone, portalFace, portalPage } from "./portal-face.ts";

const show = pageRoute({
  who: everyone,
  operationId: "showPortalNews",
  method: "get",
  path: "/portal/news",
  summary: "What the vendor tells its partners, the newest first",
});
const newsOfPage = 20;

/** The page of the vendor's news. */
export function addNewsPage(app: App, deps: Deps): void {
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    const { say, day } = face.speech;
    const after = face.address.query.get("after");
    const { news, next } = await listNews(deps, {
      limit: newsOfPage,
      ...(after !== null && /^nw_[a-z0-9]{25}$/.test(after) ? { after } : {}),
    });
    return portalPage(deps, face, {
      title: say("nav_news"),
      lead: say("news_lead"),
      content: html`<div class="stack">${
        news.length === 0
          ? emptyState(say("news_none"))
          : news.map((one) => newsCard(one, day(instant(Date.parse(one.writtenAt)))))
      }</div>${next !== null && html`<p><a href="/portal/news?after=${next}">${face.kit.say("next_page")}</a></p>`}`,
    });
  });
}

const newsCard = ({ title, text }: News, day: string): Html =>
  card({ title, lead: day, content: newsText(text) });

/** A text with its paragraphs. */
const newsText = (text: string): Html =>
  html`${text.split(/\n{2,}/).map((one) => html`<p dir="auto">${one}</p>\n`)}`;
