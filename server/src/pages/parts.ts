import type { KitSpeech } from "./app-page.ts";
import { type Attributes, attributes, type Html, type HtmlValue, html } from "./html.ts";

/** A figure with what it is above and why it is so below. Several figures are of several currencies. */
export interface Tile {
  label: string;
  figures: readonly (string | Html)[];
  why?: HtmlValue;
}

const longestFigure = 11;

/** Of a figure that fills a tile of a row of five only in a smaller size. */
const figureClass = (figure: string | Html): string =>
  String(figure).replace(/<[^>]+>/g, "").length > longestFigure ? "figure long" : "figure";

/** Figures side by side. */
export const tiles = (all: readonly Tile[]): Html => html`<dl class="tiles">
${all.map(
  ({ label, figures, why }) =>
    html`<div class="tile"><dt>${label}</dt><dd>${figures.map((one) => html`<span class="${figureClass(one)}">${one}</span>`)}${
      why !== undefined && html`<span class="why">${why}</span>`
    }</dd></div>\n`,
)}</dl>
`;

/** A part of a page under a heading of its own. */
export const card = (given: {
  title: string;
  /** A sentence under the heading. */
  lead?: HtmlValue;
  /** Beside the heading. */
  link?: { label: string; address: string } | undefined;
  wide?: boolean;
  content: HtmlValue;
}): Html => html`<section class="${given.wide === true ? "card wide" : "card"}">
<header><h2>${given.title}</h2>${given.link && html`<a href="${given.link.address}">${given.link.label}</a>`}${
  given.lead !== undefined && html`<p>${given.lead}</p>`
}</header>
${given.content}
</section>
`;

/** What is the whole of its page, on a card: the page's own heading names it. */
export const panel = (content: Html): Html => html`<div class="card">
${content}</div>
`;

/** Names with what they stand for. What is undefined is left out. */
export const facts = (all: readonly (readonly [string, HtmlValue | null])[]): Html => html`<dl class="facts">
${all.map(([name, value]) =>
  value === undefined || value === null || value === ""
    ? undefined
    : html`<dt>${name}</dt><dd>${value}</dd>\n`,
)}</dl>
`;

const longestLine = 32;

/** An id, a number or a code: read from left to right in every language, and on one line unless it is long. */
export const idText = (id: string): Html =>
  html`<bdi${attributes({ dir: "ltr", class: id.length > longestLine ? undefined : "id" })}>${id}</bdi>`;

const longestListed = 24;
const [headLength, tailLength] = [10, 8];

/**
 * An id in a list: a long one by its beginning and its end, since ids that are made one behind the other begin alike; whole
 * when pointed at. The page that it leads to has it whole.
 */
export const listedId = (id: string): Html =>
  id.length <= longestListed
    ? idText(id)
    : html`<bdi${attributes({ dir: "ltr", class: "id", title: id })}>${id.slice(0, headLength)}…${id.slice(-tailLength)}</bdi>`;

/** What a state means to its reader. Each has a sign of its own beside its colour. */
export type BadgeTone = "good" | "wait" | "bad" | "off" | "plain";

/** A state in a word. */
export const badge = (label: string, tone: BadgeTone = "plain"): Html =>
  html`<span class="badge ${tone}">${label}</span>`;

/** In place of a list with nothing in it: what it will hold, and how it fills. */
export const emptyState = (title: string, text?: HtmlValue): Html =>
  html`<div class="empty"><p>${title}</p>${text !== undefined && html`<p>${text}</p>`}</div>\n`;

type NoticeTone = "good" | "bad" | "plain";

/** A message on top of a page. It is said aloud when it appears. */
export const notice = (title: string | Html, tone: NoticeTone = "plain", text?: HtmlValue): Html =>
  messageBox({ title, tone, text }, {});

/**
 * What came of what its reader just did, on the page that answers: it has the focus, so that a keyboard goes on from there
 * and a screen reader begins with it.
 */
export const outcomeNotice = (title: string | Html, tone: "good" | "bad", text?: HtmlValue): Html =>
  messageBox({ title, tone, text }, { tabindex: -1, autofocus: true });

const messageBox = (
  { title, tone, text }: { title: string | Html; tone: NoticeTone; text: HtmlValue },
  focus: Attributes,
): Html =>
  html`<div${attributes({ class: `notice ${tone}`, role: tone === "bad" ? "alert" : "status", ...focus })}><p>${title}</p>${
    text !== undefined && html`<p>${text}</p>`
  }</div>\n`;

/** A link as a button. */
export const buttonLink = (label: string, address: string, isMain = false): Html =>
  html`<a class="${isMain ? "button main" : "button"}" href="${address}">${label}</a>`;

/** The buttons under a form that changes something: do it, or go back. */
export const confirmButtons = (
  kit: KitSpeech,
  { label, back, isDanger = false }: { label: string; back: string; isDanger?: boolean },
): Html => html`<div class="actions"><button class="${isDanger ? "danger" : "main"}">${label}</button>${buttonLink(kit.say("cancel"), back)}</div>
`;
