import { AxeBuilder } from "@axe-core/playwright";
import { languageTags, loadLanguage } from "@tallystick/sdk/prompt";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSigner, type Signer } from "../../sdk/src/testing/signer.ts";
import { openElementPage, showView } from "./element-page.ts";
import { situations, viewIn } from "./prompt-views.ts";
import { launchChromium } from "./stage.ts";

let browser: Browser;
let signer: Signer;
beforeAll(async () => {
  [browser, signer] = await Promise.all([launchChromium(), createSigner()]);
});
afterAll(() => browser?.close());

const note = "Your pictures stay yours either way.";
const english = async (name: string) => viewIn(signer, name, await loadLanguage("en"), { note });

/** What holds the focus, through the shadow tree. */
const focusIn = (page: Page) =>
  page.evaluate<string>(`(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.dataset?.action || at?.id || at?.className;
  })()`);

const announced = (page: Page) => page.locator("#prompt").getByRole("status");

async function openWith(view: unknown, options: Parameters<typeof openElementPage>[1] = {}): Promise<Page> {
  await Promise.all(browser.contexts().map((context) => context.close()));
  const page = await openElementPage(browser, options);
  await page.evaluate(
    "globalThis.answers = []; document.addEventListener('tallystick-answer', (event) => answers.push(event.detail.id))",
  );
  await showView(page, view);
  return page;
}

describe("<tallystick-prompt>", () => {
  test("is a named region in the flow of the page, with its choices in order", async () => {
    const view = await english("30 days");
    const page = await openWith(view);
    const region = page.getByRole("region", { name: view.title });
    await region.waitFor();
    expect(await region.getByRole("button").allTextContents()).toEqual(
      view.actions.map(({ label }) => label),
    );
    expect(await region.getByRole("group", { name: "Remind me" }).getByRole("button").count()).toBe(3);
    expect(await page.getByRole("dialog").count()).toBe(0);
    const [input, card] = [await page.locator("#work").boundingBox(), await region.boundingBox()];
    expect(card?.y).toBeGreaterThan((input?.y ?? 0) + (input?.height ?? 0));
    expect(
      await page.locator("#prompt").evaluate("getComputedStyle(document.querySelector('#prompt')).position"),
    ).toBe("static");
  });

  test("takes no focus when it appears, and tells a screen reader its title politely", async () => {
    const page = await openWith(null);
    await page.locator("#work").focus();
    expect(await announced(page).textContent()).toBe("");
    await showView(page, await english("30 days"));
    await page.getByRole("region", { name: "Your licence ends in 30 days" }).waitFor();
    expect(await focusIn(page)).toBe("work");
    await announced(page).getByText("Your licence ends in 30 days").waitFor({ state: "attached" });
    expect(await announced(page).getAttribute("aria-live")).toBe(null); // The role status is polite by itself.
    expect(await focusIn(page)).toBe("work");
  });

  test("is reached and answered by keyboard, in the order in which it is read", async () => {
    const view = await english("30 days");
    const page = await openWith(view);
    await page.locator("#work").focus();
    const stops: string[] = [];
    for (const _ of view.actions) {
      await page.keyboard.press("Tab");
      stops.push(await focusIn(page));
    }
    expect(stops).toEqual(view.actions.map(({ id }) => id));
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("answers")).toEqual(["renewed", "decline"]);
  });

  test("says what an answer came to, where the focus goes on when it was in the prompt", async () => {
    const page = await openWith(await english("30 days"));
    await page.getByRole("button", { name: "Tomorrow" }).focus();
    await page.evaluate("document.querySelector('#prompt').say('The next reminder comes on November 22.')");
    await page.getByText("The next reminder comes on November 22.").waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await focusIn(page)).toContain("said");
    await page.locator("#work").focus();
    await page.evaluate("document.querySelector('#prompt').say('Thank you.')");
    expect(await focusIn(page)).toBe("work");
    await showView(page, await english("grace"));
    await page.getByRole("region", { name: /^Your licence ended/ }).waitFor();
    expect(await page.getByText("Thank you.").count()).toBe(0);
  });

  test("is gone when the view is, and takes no room", async () => {
    const page = await openWith(await english("30 days"));
    await showView(page, null);
    expect(await page.getByRole("button").count()).toBe(0);
    expect((await page.locator("#prompt").boundingBox())?.height ?? 0).toBe(0);
  });

  test("shows what it was given before it was known to the browser, and after it was moved", async () => {
    const view = await english("today");
    const page = await openWith(null);
    await page.evaluate(`(() => {
      const old = document.querySelector("#prompt");
      const fresh = document.createElement("div").appendChild(document.createElement("tallystick-prompt"));
      fresh.view = ${JSON.stringify(view)};
      fresh.id = "prompt";
      old.replaceWith(fresh);
      document.querySelector("main").prepend(fresh);
    })()`);
    expect(await page.getByRole("button").count()).toBe(view.actions.length);
    await page.evaluate(`(() => {
      const raw = document.implementation.createHTMLDocument().createElement("tallystick-prompt");
      Object.defineProperty(raw, "view", { value: ${JSON.stringify(view)}, configurable: true, writable: true, enumerable: true });
      document.querySelector("#prompt").replaceWith(document.adoptNode(raw));
    })()`);
    expect(await page.getByRole("button").count()).toBe(view.actions.length);
  });

  test("writes names as text, whatever they hold", async () => {
    const view = {
      ...(await english("30 days")),
      disclosure: "Sold by <img src=x onerror=alert(1)>",
      product: "<b>A</b>",
    };
    const page = await openWith(view);
    await page.getByText("Sold by <img src=x onerror=alert(1)>").waitFor();
    expect(await page.locator("#prompt img, #prompt b").count()).toBe(0);
  });

  test("lies over the page only where the vendor asks for it", async () => {
    const page = await openWith(await english("30 days"));
    await page
      .locator("#prompt")
      .evaluate("document.querySelector('#prompt').toggleAttribute('overlay', true)");
    const box = await page.locator("#prompt").boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(1184, 0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(884, 0);
  });

  test("takes the vendor's style by properties and parts", async () => {
    const page = await openWith(await english("30 days"));
    const colours = await page.evaluate<string[]>(`(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("tallystick-prompt { --tallystick-card: rgb(1, 2, 3); } tallystick-prompt::part(button) { color: rgb(4, 5, 6); }");
      document.adoptedStyleSheets = [sheet];
      const root = document.querySelector("#prompt").shadowRoot;
      return [getComputedStyle(root.querySelector(".card")).backgroundColor, getComputedStyle(root.querySelector("button")).color];
    })()`);
    expect(colours).toEqual(["rgb(1, 2, 3)", "rgb(4, 5, 6)"]);
  });

  test("moves only for those who want movement", async () => {
    const view = await english("30 days");
    const motion = (page: Page) =>
      page.evaluate(
        "getComputedStyle(document.querySelector('#prompt').shadowRoot.querySelector('.card')).animationName",
      );
    expect(await motion(await openWith(view))).toBe("appear");
    expect(await motion(await openWith(view, { reducedMotion: "reduce" }))).toBe("none");
  });

  test("gives all choices the same weight", async () => {
    const page = await openWith(await english("30 days"));
    const looks = await page.evaluate<
      string[]
    >(`[...document.querySelector("#prompt").shadowRoot.querySelectorAll("button")].map((button) => {
      const { color, backgroundColor, borderColor, fontWeight, fontSize, height } = getComputedStyle(button);
      return JSON.stringify({ color, backgroundColor, borderColor, fontWeight, fontSize, height });
    })`);
    expect(new Set(looks).size).toBe(1);
  });
});

const looks = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

/** Contrast and names of parts are the same in all languages: those of each direction are looked at in every look. */
const looksOf = (tag: string) =>
  ["en", "ar"].includes(tag) ? Object.entries(looks) : [["light", looks.light] as const];

describe("every state", () => {
  test.each(languageTags)("fits at 320 and 1200 px and has no fault that axe finds: %s", async (tag) => {
    const language = await loadLanguage(tag);
    const views = [];
    for (const name of Object.keys(situations)) views.push(await viewIn(signer, name, language, { note }));
    const page = await openWith(null, { lang: tag, reducedMotion: "reduce" });
    await page.evaluate(`(() => {
      const main = document.querySelector("main");
      for (const view of ${JSON.stringify(views)}) main.append(Object.assign(document.createElement("tallystick-prompt"), { view }));
    })()`);
    const problems: string[] = [];
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      if (overflow > 0) problems.push(`${width}: ${overflow} px too wide`);
    }
    for (const [look, media] of looksOf(tag)) {
      await page.emulateMedia(media);
      // A page has one prompt: that two of them have one title is this page's doing.
      const { violations, passes } = await new AxeBuilder({ page }).disableRules("landmark-unique").analyze();
      problems.push(...violations.map(({ id, nodes }) => `${look}: ${id}, ${nodes[0]?.target}`));
      expect(passes.map(({ id }) => id)).toContain("color-contrast");
    }
    expect(problems).toEqual([]);
  });
});
