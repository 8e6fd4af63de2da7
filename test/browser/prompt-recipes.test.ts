import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostOf, servePrompt } from "../../docs/recipes/electron-main.ts";
import { createPromptHost } from "../../docs/recipes/prompt-host.ts";
import { answerMessage } from "../../docs/recipes/web-view-host.ts";
import { createProduct } from "../../sdk/src/testing/product.ts";
import { createSigner, type Signer } from "../../sdk/src/testing/signer.ts";
import { launchChromium } from "./stage.ts";

let browser: Browser;
let signer: Signer;
beforeAll(async () => {
  [browser, signer] = await Promise.all([launchChromium(), createSigner()]);
});
afterAll(() => browser?.close());

const origin = "https://product.example";
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";
const markup = (
  scripts: string[],
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Product</title>
${scripts.map((name) => `<script type="module" src="/${name}"></script>`).join("\n")}</head>
<body><main><h1>Product</h1><tallystick-prompt></tallystick-prompt></main></body></html>`;

/** A recipe as a vendor's bundler makes it. */
async function bundled(recipe: string): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL(`../../docs/recipes/${recipe}.ts`, import.meta.url)),
    platform: "browser",
    resolve: { conditionNames: ["tallystick-source", "import"] },
  });
  const { output } = await build.generate({ format: "esm" });
  expect(output).toHaveLength(1);
  return output[0].code;
}

/** A product's copy with a prompt that is due, and the product's side of it. */
async function openProduct(host?: () => object) {
  const product = createProduct(signer);
  await product.renewal.attribution.capture({ token: await signer.sign() });
  product.renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2026-12-05" });
  const keysAsked: string[] = [];
  const promptHost = createPromptHost(product.renewal, {
    productName: "Acme Paint",
    enterKey: () => void keysAsked.push("asked"),
    ...(host ? { host } : {}),
  });
  return { ...product, promptHost, keysAsked };
}

/** Opens a page whose files are these; `expose` is what the test's own side offers it. */
async function openPage(
  files: Record<string, string>,
  expose: Record<string, (...given: never[]) => unknown>,
): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  for (const [name, call] of Object.entries(expose)) await page.exposeFunction(name, call);
  await page.route(`${origin}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name !== "") return route.fulfill({ body: files[name] ?? "", contentType: "text/javascript" });
    const headers = { "content-security-policy": policy };
    return route.fulfill({ body: markup(Object.keys(files)), contentType: "text/html", headers });
  });
  await page.goto(`${origin}/`);
  return page;
}

const prompt = (page: Page) => page.getByRole("region", { name: "Your licence ends in 14 days" });
const said = (page: Page, text: string) => page.getByRole("status").getByText(text);

describe("Electron", () => {
  /** Electron's own part, between main process and renderer: channels, and a copy of what passes. */
  async function openElectron(host?: () => object, from = `${origin}/`) {
    const product = await openProduct(host);
    const handlers = new Map<string, (event: never, ...given: never[]) => unknown>();
    servePrompt(
      { handle: (channel, listener) => void handlers.set(channel, listener) },
      product.promptHost,
      origin,
    );
    const invoke = (channel: string, given: never[]) =>
      handlers.get(channel)?.({ senderFrame: { url: from } } as never, ...structuredClone(given));
    const preload = `${await bundled("electron-preload").then((code) => code.replace(/^export .*$/m, ""))}
exposePrompt(
  { exposeInMainWorld: (name, api) => { globalThis[name] = Object.freeze(api); } },
  { invoke: (channel, ...given) => globalThis.electronInvoke(channel, given) });`;
    const page = await openPage(
      { "preload.js": preload, "renderer.js": await bundled("page/electron-renderer") },
      { electronInvoke: invoke },
    );
    return { ...product, page, channels: [...handlers.keys()] };
  }

  test("shows the main process's prompt in the renderer, and takes the answer back", async () => {
    const { page, channels, renewal, clock } = await openElectron();
    await prompt(page).waitFor();
    expect(channels).toEqual(["tallystick:prompt", "tallystick:licence", "tallystick:answer"]);
    await prompt(page).getByRole("button", { name: "Tomorrow" }).click();
    await said(page, "The next reminder comes on November 22, 2026.").waitFor();
    expect(await prompt(page).count()).toBe(0);
    renewal.beginSession();
    expect(renewal.reminder()).toBeNull();
    clock.now += 86_400_000;
    expect(renewal.reminder()).toMatchObject({ stage: 14 });
  });

  test("renews in the customer's browser, and opens the product's own form for a key", async () => {
    const { page, opened, keysAsked } = await openElectron();
    await prompt(page).getByRole("button", { name: "Renew", exact: true }).click();
    await said(page, "The renewal page opens in your browser.").waitFor();
    expect(opened).toHaveLength(1);
    const other = await openElectron();
    await prompt(other.page).getByRole("button", { name: "Enter a licence key" }).click();
    await prompt(other.page).waitFor({ state: "detached" });
    expect([keysAsked, other.keysAsked]).toEqual([[], ["asked"]]);
  });

  test("waits while the window fills the screen", async () => {
    const window = { isFullScreen: () => true, isFocused: () => true };
    const { page, renewal } = await openElectron(hostOf(window, { getSystemIdleTime: () => 0 }));
    await page.waitForFunction("customElements.get('tallystick-prompt')");
    await page.evaluate("tallystick.prompt(['en'])");
    expect(await page.getByRole("region").count()).toBe(0);
    expect(renewal.reminder()).not.toBeNull();
  });

  test("answers no page of another origin, and does nothing that was not offered", async () => {
    const { page, renewal, promptHost } = await openElectron(undefined, "https://evil.example/");
    expect(await page.evaluate("tallystick.prompt(['en'])")).toBeNull();
    expect(renewal.reminder()).not.toBeNull();
    expect(await promptHost.answer("decline")).toBeNull();
    expect(renewal.reminder()).not.toBeNull();
  });
});

describe("a web view", () => {
  /** WebView2's part: an object that messages go out by and come in at. */
  const bridge = `const listeners = [];
globalThis.chrome.webview = {
  addEventListener: (type, listener) => { if (type === "message") listeners.push(listener); },
  postMessage: async (message) => {
    const reply = await globalThis.productReceives(message);
    if (reply != null) for (const listener of listeners) listener({ data: reply });
  },
};`;

  test("shows the product's prompt over messages, and takes the answer back", async () => {
    const { promptHost, renewal } = await openProduct();
    const page = await openPage(
      { "bridge.js": `globalThis.chrome ??= {};\n${bridge}`, "page.js": await bundled("page/web-view-page") },
      { productReceives: (message: never) => answerMessage(promptHost, message) },
    );
    await prompt(page).getByRole("button", { name: "Do not remind me again" }).click();
    await said(page, "You will not be reminded of this licence again.").waitFor();
    renewal.beginSession();
    expect(renewal.reminder()).toBeNull();
  });

  test.each([[null], [7], [{}], [{ tallystick: "constructor", call: 1 }], [{ tallystick: "answer" }]])(
    "takes %j for nobody's question",
    async (message) => {
      const { promptHost } = await openProduct();
      expect(await answerMessage(promptHost, message)).toBeUndefined();
    },
  );
});
