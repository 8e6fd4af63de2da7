import { fitNews, listNews, type News, showNews, withdrawNews, writeNews } from "../../../news/news.ts";
import { type Html, html } from "../../../pages/html.ts";
import { badge, buttonLink } from "../../../pages/parts.ts";
import { timeColumn } from "../kit/columns.ts";
import { type Desk, given, goTo } from "../kit/desk.ts";
import {
  actButton,
  area,
  askPage,
  confirmPage,
  entered,
  isConfirmed,
  keptFields,
  line,
} from "../kit/fields.ts";
import { listPage } from "../kit/list-page.ts";
import { orAgain } from "../kit/or-again.ts";

const path = "/console/news";
const pageRows = 50;
const crumbs = (desk: Desk): Html[] => [html`<a href="${path}">${desk.say.say("nav_news")}</a>`];

/** What partners were told, the newest first. */
export async function newsPage(desk: Desk): Promise<Response> {
  const { say, deps, address, person } = desk;
  const after = given(address.query, "after");
  const { news, next } = await listNews(deps, {
    limit: pageRows,
    withWithdrawn: true,
    ...(after === undefined ? {} : { after }),
  });
  const mayWrite = person.role === "owner" || person.role === "channel";
  return listPage<News>(desk, {
    title: say.say("nav_news"),
    lead: say.say("news_lead"),
    actions: mayWrite ? buttonLink(say.say("news_write"), `${path}/write`, true) : undefined,
    heading: say.say("orders_title"),
    file: "news",
    rows: news,
    next,
    empty: { title: say.say("no_news"), text: say.say("no_news_why") },
    columns: [
      {
        heading: say.say("title"),
        sort: "title",
        cell: ({ title }) => html`<bdi>${title}</bdi>`,
        text: ({ title }) => title,
      },
      timeColumn(desk, { heading: say.say("time"), sort: "time", of: ({ writtenAt }) => writtenAt }),
      {
        heading: say.say("state"),
        sort: "state",
        cell: ({ withdrawnAt }) =>
          withdrawnAt === null
            ? badge(say.say("news_shown"), "good")
            : badge(say.say("news_withdrawn"), "off"),
        text: ({ withdrawnAt }) => withdrawnAt,
      },
      {
        heading: say.say("action"),
        cell: ({ id, withdrawnAt }) =>
          withdrawnAt === null && mayWrite
            ? actButton(desk, {
                action: `${path}/withdraw`,
                sent: { news: id },
                label: say.say("news_withdraw"),
              })
            : "–",
        text: () => "",
      },
    ],
  });
}

/** Asks what to tell. */
export function writePage(desk: Desk, problem?: string | Html): Promise<Response> {
  const { say } = desk;
  return askPage(desk, {
    title: say.say("news_write"),
    lead: say.say("news_write_lead"),
    crumbs: crumbs(desk),
    problem,
    fields: html`${line("title", say.say("title"), entered(desk, "title"), { required: true, maxlength: 150 })}
${area("text", say.say("dispute_text"), entered(desk, "text"), say.say("news_text_hint"))}`,
    label: say.say("see_what_comes"),
    back: path,
  });
}

/** Tells all partners something: first shows it as they read it, then does it. */
export const write = (desk: Desk): Promise<Response> =>
  orAgain(
    desk,
    (problem) => writePage(desk, problem),
    async () => {
      const { say, deps, c } = desk;
      const form = c.get("form");
      const news = fitNews({ title: form?.get("title") ?? "", text: form?.get("text") ?? "" });
      if (isConfirmed(desk)) {
        await writeNews(deps, news);
        return goTo(path, "news");
      }
      return confirmPage(desk, {
        title: say.say("news_confirm"),
        lead: say.say("news_confirm_lead"),
        crumbs: crumbs(desk),
        sent: keptFields(desk, ["title", "text"]),
        heading: news.title,
        content: newsText(news.text),
        label: say.say("news_do"),
        back: path,
      });
    },
  );

/** Takes something back: first asks, with what partners read now. */
export async function withdraw(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const { news: id = "" } = keptFields(desk, ["news"]);
  if (isConfirmed(desk)) {
    await withdrawNews(deps, id);
    return goTo(path, "withdrawn");
  }
  const { title, text } = await showNews(deps, id);
  return confirmPage(desk, {
    title: say.say("news_withdraw_confirm"),
    lead: say.say("news_withdraw_confirm_lead"),
    crumbs: crumbs(desk),
    sent: { news: id },
    heading: title,
    content: newsText(text),
    label: say.say("news_withdraw"),
    back: path,
    isDanger: true,
  });
}

const newsText = (text: string): Html =>
  html`${text.split(/\n{2,}/).map((one) => html`<p dir="auto">${one}</p>`)}`;
