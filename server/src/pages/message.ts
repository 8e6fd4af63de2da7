import type { Brand } from "../config/brand-config.ts";
import { type Html, html } from "./html.ts";
import { cardPage, type Page, type PageParts } from "./page.ts";

/** A page that says one thing to a person: a title and paragraphs of plain text. */
export const messagePage = (
  brand: Brand,
  {
    title,
    text,
    ...more
  }: { title: string; text: readonly string[] } & Pick<PageParts, "language" | "questions">,
): Page =>
  cardPage({
    ...more,
    brand,
    title,
    content: html`<h1>${title}</h1>
${text.map((paragraph) => html`<p>${paragraph}</p>\n`)}`,
  });

/** What is wrong with the whole of a form, on top of it. It is said aloud when it appears. */
export const alertText = (text: string): Html =>
  html`<p class="alert" id="problem" role="alert">${text}</p>\n`;
