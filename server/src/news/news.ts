import { listPartnerRows } from "../channel/rows/partners.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { isoTime } from "../words/clock.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { findNews, insertNews, listNewsRows, markWithdrawn } from "./rows/news.ts";
import type { NewsRow } from "./rows/schema.ts";

/** Something that the vendor tells its partners. Times are ISO 8601 in UTC. */
export interface News {
  id: string;
  title: string;
  /** Paragraphs with an empty line between them. */
  text: string;
  writtenBy: string;
  writtenAt: string;
  /** Null while partners see it. */
  withdrawnAt: string | null;
}

/** What is to be told. */
export interface NewNews {
  title: string;
  text: string;
}

const longestTitle = 150;
const longestBody = 8_000;

/**
 * Tells all partners something: it stands in their portals at once, and is mailed to their people who have not ended their
 * summaries.
 *
 * @throws {Refusal} `request_invalid`
 */
export async function writeNews(deps: Pick<Deps, "store" | "clock">, news: NewNews): Promise<News> {
  const { title, text } = fitNews(news);
  const now = deps.clock();
  const row: NewsRow = {
    news_id: `nw_${orderedId(now)}`,
    title,
    body: text,
    written_by: currentActor(),
    written_at: now,
    withdrawn_at: null,
  };
  nameSubject(row.news_id);
  await deps.store.write(async (tx) => {
    await insertNews(tx, row);
    for (const { id, status } of await listPartnerRows(tx))
      if (status === "active")
        await noteNotice(
          tx,
          { kind: "news", partner: id, facts: { title, text } },
          { once: `${row.news_id} ${id}`, now },
        );
  });
  return newsOf(row);
}

/** What was written, as it is kept. @throws {Refusal} `request_invalid` */
export function fitNews({ title, text }: NewNews): NewNews {
  const [head, body] = [title.trim(), text.replaceAll(/\r\n?/g, "\n").trim()];
  if (head === "" || head.length > longestTitle || !head.isWellFormed() || /\p{Cc}/u.test(head))
    throw new Refusal("request_invalid", `A title has 1 to ${longestTitle} characters on one line.`);
  if (body === "" || body.length > longestBody || !body.isWellFormed() || /[^\P{Cc}\n\t]/u.test(body))
    throw new Refusal("request_invalid", `A text has 1 to ${longestBody} characters.`);
  return { title: head, text: body };
}

/**
 * Takes something back: partners see it no more. Mail that has gone out has gone out.
 *
 * @throws {Refusal} `not_found`
 */
export async function withdrawNews(
  { store, clock }: Pick<Deps, "store" | "clock">,
  id: string,
): Promise<void> {
  nameSubject(id);
  const isDone = await store.write((tx) => markWithdrawn(tx, { news_id: id, withdrawn_at: clock() }));
  if (!isDone) throw notShown();
}

/**
 * What partners are shown under an id.
 *
 * @throws {Refusal} `not_found`
 */
export async function showNews({ store }: Pick<Deps, "store">, id: string): Promise<News> {
  const row = await store.read((tx) => findNews(tx, id));
  if (row === undefined || row.withdrawn_at !== null) throw notShown();
  return newsOf(row);
}

const notShown = () => new Refusal("not_found", "There is no such news, or it was withdrawn.");

/**
 * What was told, the newest first; `next` is the `after` of the page behind it. Without what was withdrawn a page may be
 * shorter.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listNews(
  { store }: Pick<Deps, "store">,
  {
    after,
    limit: asked,
    withWithdrawn = false,
  }: { after?: string; limit?: number; withWithdrawn?: boolean } = {},
): Promise<{ news: News[]; next: string | null }> {
  if (after !== undefined && !/^nw_[a-z0-9]{25}$/.test(after)) refuseCursor();
  const limit = rowsOfPage(asked);
  const rows = await store.read((tx) => listNewsRows(tx, { before: after ?? "nw_~", limit: limit + 1 }));
  const { shown, next } = cutPage(rows, limit, ({ news_id }) => news_id);
  return {
    news: shown.filter(({ withdrawn_at }) => withWithdrawn || withdrawn_at === null).map(newsOf),
    next,
  };
}

const newsOf = (row: NewsRow): News => ({
  id: row.news_id,
  title: row.title,
  text: row.body,
  writtenBy: row.written_by,
  writtenAt: isoTime(row.written_at),
  withdrawnAt: row.withdrawn_at === null ? null : isoTime(row.withdrawn_at),
});
