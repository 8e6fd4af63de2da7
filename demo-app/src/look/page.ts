import type { Context, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** Escaped markup, as hono's `html` template gives it. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page is made of. */
export interface PageParts {
  title: string;
  /** Which of the three sites it belongs to: sets the colour and the mark in the head. */
  site: "paint" | "store" | "backstage";
  body: Markup;
  /** Addresses of scripts on the same site; every page works without them, painting excepted. */
  scripts?: readonly string[];
  /** Addresses of further stylesheets on the same site. */
  styles?: readonly string[];
}

/** A whole page. Everything it loads comes from its own site. */
export function page({ title, site, body, scripts = [], styles = [] }: PageParts): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/acme.css">
<link rel="stylesheet" href="/controls.css">
${styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}
${scripts.map((script) => html`<script type="module" src="${script}"></script>`)}
</head>
<body class="${site}">
${body}
</body>
</html>`;
}

/**
 * The headers of every page: nothing from elsewhere is loaded, no other site may frame it.
 *
 * @param formTargets Origins a form may lead to after redirects: Chromium checks those too.
 */
export function guardPages(formTargets: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const policy = [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      `form-action ${["'self'", ...formTargets()].join(" ")}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ];
    context.header("content-security-policy", policy.join("; "));
    context.header("x-content-type-options", "nosniff");
    context.header("referrer-policy", "no-referrer");
    context.header("cache-control", "no-store");
  };
}

/** Serves only what was called by a loopback name, so that no foreign page can reach the demo by rebinding DNS. */
export const loopbackOnly: MiddlewareHandler = async (context: Context, next) => {
  const { hostname } = new URL(context.req.url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return context.text("not here", 421);
  await next();
};
