import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { createHttpServer } from "../../server/src/http/listen.ts";
import type { createApp } from "../../server/src/receiver/routes/app.ts";
import type { Log } from "../../server/src/words/log.ts";
import { launchChromium } from "./stage.ts";

type Fetch = ReturnType<typeof createApp>["fetch"];

/** A receiver's app on a free port of this machine, with a browser beside it. Both close with the test. */
export async function serveToBrowser({ app, deps }: { app: { fetch: Fetch }; deps: { log: Log } }) {
  const address = `http://127.0.0.1:${await serveApp(app.fetch, deps.log)}`;
  return { address, browser: await openBrowser() };
}

/** A receiver's app on a free port of this machine, which is returned. It closes with the test. */
export async function serveApp(fetch: Fetch, log: Log): Promise<number> {
  const { server, drain } = createHttpServer(fetch, { log, isStopping: () => false });
  onTestFinished(() => drain(1_000));
  await once(server.listen(0, "127.0.0.1") as Server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A browser that closes with the test. */
export async function openBrowser(): Promise<Browser> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  return browser;
}

/** A page in a profile of its own. What it does that a page must not stands in `complaints`. */
export async function openWatchedPage(
  browser: Browser,
  options: BrowserContextOptions,
  complaints: string[] = [],
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}
