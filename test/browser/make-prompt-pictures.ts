/**
 * Takes pictures of the prompt for a person to look at: `node --conditions=tallystick-source
 * test/browser/make-prompt-pictures.ts [LANGUAGE…]` writes a picture for each language, look and width, with every state
 * on it, to var/screenshots/prompt. With `--sheets` it puts pictures that were taken beside each other, five languages on
 * a sheet and a part of the states; with `--docs` it makes the pictures of docs/prompt.md instead.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { languageTags, loadLanguage, type PromptView } from "@tallystick/sdk/prompt";
import type { Browser, Page } from "playwright-core";
import { createSigner } from "../../sdk/src/testing/signer.ts";
import { openElementPage } from "./element-page.ts";
import { situations, viewIn } from "./prompt-views.ts";
import { launchChromium } from "./stage.ts";

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const looks = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

const signer = await createSigner();
const browser = await launchChromium();
const [first, ...others] = process.argv.slice(2);
if (first === "--docs") await takeDocs(browser);
else if (first === "--sheets") await takeSheets(browser);
else await takeAll(browser, first === undefined ? languageTags : [first, ...others]);
await browser.close();

async function takeAll(from: Browser, tags: readonly string[]): Promise<void> {
  const pictures = folder("var/screenshots/prompt/");
  mkdirSync(pictures, { recursive: true });
  for (const tag of tags) {
    const language = await loadLanguage(tag);
    const views = [];
    for (const name of Object.keys(situations)) views.push(await viewIn(signer, name, language));
    const page = await openElementPage(from, { lang: tag, reducedMotion: "reduce" });
    await append(page, views);
    for (const [look, media] of Object.entries(looks)) {
      await page.emulateMedia(media);
      for (const width of [320, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `${pictures}${tag}-${look}-${width}.png`, fullPage: true });
      }
    }
    await page.context().close();
  }
}

/** Sheets of pictures that lie in the folder, each as high as a person can look at. */
async function takeSheets(from: Browser): Promise<void> {
  const pictures = folder("var/screenshots/prompt/");
  const sheetHeight = 1500;
  const page = await (await from.newContext({ viewport: { width: 1600, height: sheetHeight } })).newPage();
  for (const look of Object.keys(looks)) {
    for (const width of [320, 1200]) {
      for (const group of [languageTags.slice(0, 5), languageTags.slice(5)]) {
        const sources = group.map((tag) => readFileSync(`${pictures}${tag}-${look}-${width}.png`, "base64"));
        await page.setContent(
          `<!doctype html><body style="margin:0;display:flex;align-items:start">${sources.map((one) => `<img style="width:320px" src="data:image/png;base64,${one}">`).join("")}`,
        );
        const height = await page.evaluate<number>("document.documentElement.scrollHeight");
        for (let part = 0; part * sheetHeight < height; part += 1) {
          await page.evaluate(`scrollTo(0, ${part * sheetHeight})`);
          await page.screenshot({ path: `${pictures}sheet-${look}-${width}-${group[0]}-${part}.png` });
        }
      }
    }
  }
}

async function takeDocs(from: Browser): Promise<void> {
  const pictures = folder("docs/pictures/");
  mkdirSync(pictures, { recursive: true });
  const shots = [
    ["en", "30 days", "light"],
    ["en", "grace", "dark"],
    ["ar", "30 days", "light"],
    ["de", "licence active", "light"],
    ["en", "30 days", "forced"],
  ] as const;
  for (const [tag, name, look] of shots) {
    const view = await viewIn(signer, name, await loadLanguage(tag));
    const page = await openElementPage(from, {
      lang: tag,
      viewport: { width: 560, height: 600 },
      ...looks[look],
    });
    await append(page, [view]);
    const card = page.locator("tallystick-prompt:last-of-type");
    await card.screenshot({ path: `${pictures}prompt-${tag}-${name.replaceAll(" ", "-")}-${look}.png` });
    await page.context().close();
  }
}

function append(page: Page, views: readonly PromptView[]): Promise<unknown> {
  return page.evaluate(`(() => {
    const main = document.querySelector("main");
    for (const view of ${JSON.stringify(views)}) main.append(Object.assign(document.createElement("tallystick-prompt"), { view }));
  })()`);
}
