import { pageHeaders } from "../pages/page.ts";

/** Swagger UI sets styles from scripts and inlines small images; nothing may come from another host. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of the docs page. */
export const docsHeaders = {
  ...pageHeaders,
  "cache-control": "no-cache",
  "content-security-policy": docsPolicy,
} as const;

/** The docs page: Swagger UI from the package's own files, so it works without a network. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tallystick receiver: HTTP API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/docs.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/docs.js" defer></script>
</head>
<body>
<main id="docs"><p class="waiting">Loading the API's description…</p></main>
<noscript><p class="waiting">This page needs scripts. The same description as JSON: <a href="openapi.json">openapi.json</a></p></noscript>
</body>
</html>
`;

/** Starts Swagger UI and follows the system's choice of light or dark. */
export const docsScript = `const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
SwaggerUIBundle({
  url: new URL("openapi.json", new URL(".", location.href)).href,
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

/** What Swagger UI lacks on a phone and in the dark, and its colours where they are too faint to read (WCAG 2.2, 1.4.3). */
export const docsStyle = `:root { color-scheme: light dark; }
body { margin: 0; background: #fafaf8; font-family: system-ui, sans-serif; }
html.dark-mode body { background: #1c2022; }
.waiting { padding: 2rem 1.25rem; color: #4d5560; }
html.dark-mode .waiting { color: #b9bec6; }
.swagger-ui .scheme-container .schemes > .schemes-server-container { display: none; }
html:not(.dark-mode) .swagger-ui .opblock-get .opblock-summary-method { background: #1d5fa8; }
html:not(.dark-mode) .swagger-ui .opblock-post .opblock-summary-method { background: #1c7a50; }
html:not(.dark-mode) .swagger-ui .opblock-put .opblock-summary-method { background: #8a5300; }
html:not(.dark-mode) .swagger-ui .opblock-patch .opblock-summary-method { background: #0f6b66; }
html:not(.dark-mode) .swagger-ui .opblock-delete .opblock-summary-method { background: #b3261e; }
html:not(.dark-mode) .swagger-ui .info a { color: #1d5fa8; }
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
