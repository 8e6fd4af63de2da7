import { createHash } from "node:crypto";
import type { Brand } from "../config/brand-config.ts";
import { attributes, type Html, html, trusted } from "./html.ts";
import { cardStyle, colours, groundStyle } from "./style.ts";

/** The language a page is written in, and the way it is read. */
export interface Language {
  /** BCP 47. */
  tag: string;
  direction: "ltr" | "rtl";
}

const english: Language = { tag: "en", direction: "ltr" };

/** What a page is made of. Its policy is made of the same parts, so it allows these and nothing else. */
export interface PageParts {
  brand: Brand;
  /** What the page is about; the vendor's name is put behind it. */
  title: string;
  content: Html;
  language?: Language;
  /** What stands before the support address, in that language. */
  questions?: string;
  /** Added to the look that all pages share. */
  style?: string;
  script?: string;
  /** Stands between the content and the support address, and stays when a script changes the content. */
  aside?: Html;
  /** Where it may send forms and requests: to this receiver, or nowhere, as by default. */
  sendsTo?: "nowhere" | "here";
}

/** A page with the headers that belong to it. */
export interface Page {
  html: string;
  headers: Readonly<Record<string, string>>;
}

/** A page that is one card in the middle: readable on a phone, in the dark, on paper and by a screen reader. */
export function cardPage(parts: PageParts): Page {
  const { brand, content, aside, script, sendsTo = "nowhere" } = parts;
  const styles = [colours(brand), groundStyle, cardStyle, parts.style ?? ""];
  const body = html`<div class="card">
${brandHeader(brand)}
<main>
${content}
</main>
${aside}${supportFooter(brand, parts.questions)}</div>`;
  const { head, foot, policy } = skeleton({ ...parts, style: styles.join("") });
  return { html: `${head}${body}${foot}`, headers: headersOf(policy, sendsTo, script !== undefined) };
}

/** The vendor's name, as it stands on top of every page; with the page's title beside it, where the content has none. */
export const brandHeader = ({ name }: Brand, title?: string): Html =>
  html`<header class="brand"><p>${name}</p>${title !== undefined && html`<h1>${title}</h1>`}</header>`;

function supportFooter({ supportAddress }: Brand, questions = "Questions?"): Html | undefined {
  if (supportAddress === undefined) return undefined;
  return html`
<footer class="support"><p>${questions} <a href="mailto:${encodeURI(supportAddress)}">${supportAddress}</a></p></footer>
`;
}

/** What stands before and after a page's body, and the policy that allows its own style and script by their hashes. */
export interface Skeleton {
  head: string;
  foot: string;
  policy: ContentPolicy;
}

/** What a skeleton is made of. */
export type SkeletonParts = Pick<PageParts, "brand" | "title" | "language" | "script"> & {
  /** The whole look. */
  style: string;
  /** Put into the head as it is: elements of this program's own. */
  links?: Html;
  /** For a page that is kept as a file: what else headers would say stands in it. */
  isFile?: boolean;
};

/** The one skeleton of all pages. */
export function skeleton(parts: SkeletonParts): Skeleton {
  const { brand, title, language = english, style, script, links, isFile = false } = parts;
  const policy: ContentPolicy = {
    "style-src": [hashSource(style)],
    ...(script === undefined ? {} : { "script-src": [hashSource(script)] }),
  };
  const head = html`<!doctype html>
<html${attributes({ lang: language.tag, dir: language.direction })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${isFile && fileHeaders(policy)}<title>${title} – ${brand.name}</title>
<style>${trusted(style)}</style>
${links}</head>
<body>
`;
  const run = script === undefined ? "" : `<script>${script}</script>\n`;
  return { head: String(head), foot: `\n${run}</body>\n</html>\n`, policy };
}

/** Sources by directive; what is not named may be loaded from nowhere. */
export type ContentPolicy = Readonly<Record<string, readonly string[]>>;

/** The policy as a header says it. Nobody may frame a page, and no `<base>` may turn its addresses elsewhere. */
export function policyText(policy: ContentPolicy): string {
  const all: ContentPolicy = {
    "default-src": ["'none'"],
    ...policy,
    "base-uri": ["'none'"],
    "form-action": policy["form-action"] ?? ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(all)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

/** The headers of every page but for its policy: nothing keeps it, and nothing learns where its reader came from. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
} as const;

function headersOf(policy: ContentPolicy, sendsTo: "nowhere" | "here", hasScript: boolean) {
  if (sendsTo === "nowhere") return { ...pageHeaders, "content-security-policy": policyText(policy) };
  const here: ContentPolicy = {
    ...policy,
    ...(hasScript ? { "connect-src": ["'self'"] } : {}),
    "form-action": ["'self'"],
  };
  return {
    ...pageHeaders,
    "content-security-policy": policyText(here),
    // Without a referrer a browser would send the form with the origin `null`.
    "referrer-policy": "same-origin",
  };
}

/** What a file can say of itself; `frame-ancestors` counts in headers alone. */
function fileHeaders(policy: ContentPolicy): Html {
  const text = policyText(policy).replace(/; frame-ancestors .*/, "");
  return html`<meta name="referrer" content="no-referrer">
<meta http-equiv="content-security-policy" content="${text}">
`;
}

const hashSource = (source: string): string =>
  `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

/** An answer with a page. */
export const pageResponse = (
  { html: text, headers }: Page,
  status = 200,
  more: Readonly<Record<string, string>> = {},
): Response => new Response(text, { status, headers: { ...headers, ...more } });
