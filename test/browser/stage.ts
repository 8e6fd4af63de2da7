import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from "playwright-core";
import { reseller } from "../../demo-app/src/cast.ts";
import { type Demo, prepareDemo } from "../../demo-app/src/demo.ts";
import { playPast } from "../../demo-app/src/history/play-past.ts";

/** The demo with a copy installed, and a real browser in front of it. */
export interface Stage {
  demo: Demo;
  /**
   * Opens a page in a browser profile of its own, at Acme Paint, in place of the one before. What goes wrong in it is
   * kept in `complaints`.
   */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Errors of pages, and requests that left this machine. */
  complaints: string[];
  close(): Promise<void>;
}

const screenshotFolder = fileURLToPath(new URL("../../var/screenshots/", import.meta.url));

/**
 * Starts everything on free ports; with `months`, behind a channel that has so many behind it.
 *
 * @throws when Chromium or the receiver does not start
 */
export async function setStage({ months }: { months?: number } = {}): Promise<Stage> {
  const browser = await launchChromium();
  const demo = await prepareDemo({ env: process.env, anyPorts: true });
  const complaints: string[] = [];
  try {
    if (months !== undefined) await playPast(demo, months);
    await demo.receiver.start();
    if (months === undefined) await demo.admin.post("/v1/partners", { ...reseller, kind: "reseller" });
    const { token } = await demo.admin.post<{ token: string }>("/v1/tokens", {
      partner: reseller.id,
      product: "acme-paint",
    });
    await demo.openProduct();
    await demo.copy.install({ sidecar: token });
  } catch (cause) {
    await Promise.all([browser.close(), demo.stop()]);
    throw cause;
  }
  return {
    demo,
    complaints,
    async open(options = {}) {
      await Promise.all(browser.contexts().map((context) => context.close()));
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
      context.setDefaultTimeout(300_000);
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`asked ${hostname}`);
      });
      page.on("console", (message) => {
        if (/content security policy/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto(`${demo.addresses.product}/`);
      return page;
    },
    async close() {
      await browser.close();
      await demo.stop();
    },
  };
}

/** Sets the demo's clock by its own strip. */
export async function moveTime(page: Page, moment: string): Promise<void> {
  await page.getByRole("button", { name: moment, exact: true }).click();
  await page.locator(`#strip button[aria-pressed="true"]`, { hasText: moment }).waitFor();
}

/** Goes to another place of the demo by the bar on top. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: place, exact: true }).click();
}

/** Saves what the page looks like, for a person to look at: `var/screenshots/NAME.png`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true });
  await page.screenshot({ path: `${screenshotFolder}${name}.png`, fullPage: true });
}

/** Of the package's arguments, those that would make it another browser than people have: a single process ends with
 * the first closed context, and without web security a page may do what elsewhere it may not. */
const unwanted = ["--single-process", "--disable-web-security", "--allow-running-insecure-content"];

/** Starts a Chromium as people have it. @throws when it does not start */
export async function launchChromium(): Promise<Browser> {
  const ownArguments = chromium.args.filter((argument) => !unwanted.includes(argument));
  try {
    return await engine.launch({
      executablePath: await chromium.executablePath(),
      args: [...ownArguments, "--disable-background-networking"],
      headless: true,
      timeout: 300_000,
    });
  } catch (cause) {
    throw new Error("Chromium did not start: browser tests need it, from the package @sparticuz/chromium", {
      cause,
    });
  }
}
