import type { Brand } from "../../config/brand-config.ts";
import { type DeclaredRoute, rolesOf } from "../../http/route.ts";
import { html } from "../../pages/html.ts";
import { brandHeader, type Page, pageHeaders, policyText, skeleton } from "../../pages/page.ts";
import { colours, groundStyle, tableStyle } from "../../pages/style.ts";
import { rowCardStyle, table } from "../../pages/table.ts";

/** Swagger UI sets styles from scripts and inlines small images; nothing may come from another host. */
const docsPolicy = policyText({
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
});

const links = html`<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/docs.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/docs.js" defer></script>
`;

const wideStyle = `body > .brand { max-width: 1460px; margin: 0 auto; padding: 1.25rem 20px .875rem; }
.brand h1 { margin: 0; font: inherit; font-weight: 400; color: var(--soft); }
.wide { max-width: 1460px; margin: 0 auto; padding: 1rem 20px; }
th { overflow-wrap: anywhere; }
`;

/** The docs page: Swagger UI from the package's own files, so it works without a network; a table without scripts. */
export function docsPage(brand: Brand, routes: readonly DeclaredRoute[]): Page {
  const style = `${colours(brand)}${groundStyle}${tableStyle}${rowCardStyle}${wideStyle}`;
  const { head, foot } = skeleton({ brand, title: "HTTP API", style, links });
  const rows = routes
    .filter(({ hide }) => hide !== true)
    .map(({ method, path, summary, who }) => [`${method.toUpperCase()} ${path}`, summary, describeWho(who)]);
  // Swagger UI brings a `main` of its own.
  const body = html`${brandHeader(brand, "HTTP API")}
<div id="docs"></div>
<noscript><main class="wide">
<p>With scripts this page lets you try each route. The whole description as JSON: <a href="openapi.json">openapi.json</a></p>
${table({ caption: "All routes", columns: ["Route", "What it does", "Who may call it"], rows })}</main></noscript>`;
  return {
    html: `${head}${body}${foot}`,
    headers: { ...pageHeaders, "cache-control": "no-cache", "content-security-policy": docsPolicy },
  };
}

/** Those who may call, in words. */
function describeWho(who: DeclaredRoute["who"]): string {
  if (typeof who === "string") return who;
  return [...(who.bearer === undefined ? [] : [who.bearer]), ...rolesOf(who)].join(", ");
}

/**
 * Starts Swagger UI and follows the system's choice of light or dark. Without deep links, which it would put into the
 * buttons that open a route: no keyboard or screen reader finds a link in a button.
 */
export const docsScript = `const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
SwaggerUIBundle({
  url: new URL("openapi.json", new URL(".", location.href)).href,
  dom_id: "#docs",
  deepLinking: false,
  // Closed, a list of subjects can be taken in at a glance; of 150 lines and more Swagger UI keeps those in sight alone,
  // and neither the browser's search nor a screen reader finds the others.
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  onComplete: () => {
    // Beneath the page's own heading, so that no level is left out before the tags' headings of level 3.
    document.querySelector("h1.title")?.setAttribute("aria-level", "2");
    // Swagger UI's own main begins below it.
    const about = document.querySelector(".information-container");
    about?.setAttribute("role", "region");
    about?.setAttribute("aria-label", "About this API");
  },
});
`;

/** What Swagger UI lacks on a phone and in the dark, and its colours where they are too faint to read (WCAG 2.2, 1.4.3). */
export const docsStyle = `.swagger-ui .scheme-container .schemes > .schemes-server-container { display: none; }
html:not(.dark-mode) .swagger-ui .opblock-get .opblock-summary-method { background: #1d5fa8; }
html:not(.dark-mode) .swagger-ui .opblock-post .opblock-summary-method { background: #1c7a50; }
html:not(.dark-mode) .swagger-ui .opblock-put .opblock-summary-method { background: #8a5300; }
html:not(.dark-mode) .swagger-ui .opblock-patch .opblock-summary-method { background: #0f6b66; }
html:not(.dark-mode) .swagger-ui .opblock-delete .opblock-summary-method { background: #b3261e; }
html:not(.dark-mode) .swagger-ui .info a { color: #1d5fa8; }
html:not(.dark-mode) .swagger-ui :is(.markdown, .renderedMarkdown, small) code { color: #7a1560; }
.swagger-ui .highlight-code :is(.hljs-number, span[style*="211, 99, 99"]) { color: #ffa98f !important; }
html:not(.dark-mode) .swagger-ui .response-control-media-type__accept-message { color: #1c6b46; }
html:not(.dark-mode) .swagger-ui .btn.authorize { color: #1c7a50; border-color: #1c7a50; }
html:not(.dark-mode) .swagger-ui .btn.authorize svg, html:not(.dark-mode) .swagger-ui .btn.authorize svg path { fill: #1c7a50; }
html:not(.dark-mode) .swagger-ui .info .title small { background: #5a6270; }
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp { background: #4f6f00; }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .info { margin: 24px 0; }
  .swagger-ui .info .title { font-size: 26px; }
  .swagger-ui .scheme-container { padding: 16px 0; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; padding: 10px 4px; font-size: 20px; }
  .swagger-ui .opblock .opblock-summary-method { min-width: 64px; padding: 6px 0; }
  .swagger-ui .opblock .opblock-summary-path { max-width: none; word-break: break-word; }
  .swagger-ui .responses-table .col_header.response-col_links, .swagger-ui .response-col_links { display: none; }
  .swagger-ui .responses-inner { padding: 12px; }
  .swagger-ui table tbody tr td:first-of-type { min-width: 3.5em; }
}
`;
