import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const origin = "https://product.example";
const packages = new URL("../../node_modules/", import.meta.url);
const sources = new URL("../../sdk/src/", import.meta.url);

/** As strict as a policy can be: what the element needs beyond it, no product could give it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; require-trusted-types-for 'script'";

/** A page of a product with the element in it, as it comes from the sources. */
const markup = (lang: string) => `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><title>Product</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/product.css">
<script type="module" src="/entries/prompt-element.ts"></script></head>
<body><main><h1>Product</h1><p><label>Picture <input id="work" value="half painted"></label></p>
<tallystick-prompt id="prompt"></tallystick-prompt></main></body>
</html>`;

/** Fonts for scripts that a small machine has none for, so that pictures show letters. */
const fonts = {
  ja: "@openfonts/noto-sans-jp_japanese/files/noto-sans-jp-japanese-400.woff2",
  zh: "@openfonts/noto-sans-sc_chinese-simplified/files/noto-sans-sc-chinese-simplified-400.woff2",
};
const fontStyle = Object.entries(fonts).map(
  ([lang, file]) =>
    `@font-face { font-family: "Noto ${lang}"; src: url("/${file}"); } :lang(${lang}) { --tallystick-font: "Noto ${lang}", sans-serif; }`,
);

const productStyle =
  ":root { color-scheme: light dark; } body { margin: 1rem; font: 16px/1.5 system-ui, sans-serif; } main { max-inline-size: 46rem; } tallystick-prompt:not([overlay]) { margin-block: 1rem; }";

/** Opens a product's page with the element. Every file it loads is one of the SDK's sources, without its types. */
export async function openElementPage(
  browser: Browser,
  options: BrowserContextOptions & { lang?: string } = {},
): Promise<Page> {
  const { lang = "en", ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...contextOptions });
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") {
      return route.fulfill({
        body: markup(lang),
        contentType: "text/html",
        headers: { "content-security-policy": policy },
      });
    }
    if (pathname === "/product.css")
      return route.fulfill({ body: `${fontStyle.join("\n")}\n${productStyle}`, contentType: "text/css" });
    if (pathname.endsWith(".woff2"))
      return route.fulfill({
        body: readFileSync(new URL(pathname.slice(1), packages)),
        contentType: "font/woff2",
      });
    const text = readFileSync(new URL(pathname.slice(1), sources), "utf8");
    return route.fulfill({ body: stripTypeScriptTypes(text), contentType: "text/javascript" });
  });
  await page.goto(`${origin}/`);
  await page.evaluate("customElements.whenDefined('tallystick-prompt')");
  return page;
}

/** Gives the element a view. */
export const showView = (page: Page, view: unknown) =>
  page.evaluate(`document.querySelector("#prompt").view = ${JSON.stringify(view)}`);
