import { createHash } from "node:crypto";
import { type AppContext, requestHeader } from "../http/app-env.ts";
import { readBody } from "../http/request-body.ts";
import { escapeHtml } from "./html-text.ts";

/** A page that says one thing to a person: a title and paragraphs of plain text. */
export interface MessagePage {
  title: string;
  text: readonly string[];
}

/** Headers of every HTML page: it loads nothing from elsewhere and nobody may frame it. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** Where nothing runs and only the page's own style counts: the first, as nothing of what others wrote stands before it. */
function stillPolicy(html: string, sendsTo: "'none'" | "'self'"): string {
  const style = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action ${sendsTo}; frame-ancestors 'none'`;
}

/** A small page without scripts, readable on a phone, in the dark and by a screen reader. */
export function messagePage({ title, text }: MessagePage): string {
  const paragraphs = text.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n");
  return documentPage({ title, body: `<h1>${escapeHtml(title)}</h1>\n${paragraphs}` });
}

/** A page around a body of HTML, with the look of all pages; `style` adds to it. */
export function documentPage({
  title,
  body,
  style = "",
}: {
  title: string;
  body: string;
  style?: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; --ink: #1d2126; --soft: #4d5560; --paper: #f6f4ef; --card: #fff; --edge: #d9d5cc; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1efe9; --soft: #b9bec6; --paper: #16191d; --card: #1f2429; --edge: #363d45; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 1.25rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 34rem; width: 100%; padding: 2rem 1.75rem; background: var(--card); border: 1px solid var(--edge); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; text-wrap: balance; }
p { margin: .75rem 0 0; color: var(--soft); }
${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** An answer with a page that runs nothing. */
export function htmlResponse(html: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(html, {
    status,
    headers: {
      ...pageHeaders,
      "cache-control": "no-store",
      "content-security-policy": stillPolicy(html, "'none'"),
      ...headers,
    },
  });
}

/** The same for a page with a form, which sends to this receiver alone. */
export const formResponse = (html: string, status: number, headers: Record<string, string> = {}): Response =>
  htmlResponse(html, status, {
    "content-security-policy": stillPolicy(html, "'self'"),
    // Without a referrer a browser would send the form with the origin `null`.
    "referrer-policy": "same-origin",
    ...headers,
  });

/** What a form sent: `application/x-www-form-urlencoded` in UTF-8. Nothing when it is something else. */
export async function readForm(c: AppContext): Promise<URLSearchParams | undefined> {
  const body = await readBody(c);
  const mediaType = requestHeader(c, "content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mediaType)) return undefined;
  return new URLSearchParams(Buffer.from(body).toString("utf8"));
}

/** True when a browser asks: it names text/html, and at least as warmly as JSON (RFC 9110, section 12.5.1). */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const weights = new Map<string, number>();
  for (const range of accept.split(",", 50)) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    weights.set(type, weight === undefined ? 1 : Number(weight) || 0);
  }
  const html = weights.get("text/html") ?? 0;
  const json = Math.max(weights.get("application/json") ?? 0, weights.get("application/problem+json") ?? 0);
  return html > 0 && html >= json;
}
