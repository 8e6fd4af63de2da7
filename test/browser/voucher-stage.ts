import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { createHttpServer } from "../../server/src/http/listen.ts";
import { openVoucherWorld } from "../vouchers/voucher-world.ts";
import { launchChromium } from "./stage.ts";

/** A receiver on a port of this machine with vouchers in it, and a browser in front of it. It closes with the test. */
export async function setVoucherStage() {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  // The browser project has no PostgreSQL: what the page does to the database is tested on both without a browser.
  const world = await openVoucherWorld({ engine: "sqlite", database: unused, open: unused });
  const { server, drain } = createHttpServer(world.app.fetch, {
    log: world.deps.log,
    isStopping: () => false,
    limits: {},
  });
  onTestFinished(() => drain(1_000));
  const port = await listen(server);
  const complaints: string[] = [];
  return {
    world,
    complaints,
    address: `http://127.0.0.1:${port}/voucher/north`,
    open: (options: BrowserContextOptions = {}) => openPage(browser, options, complaints),
  };
}

async function openPage(
  browser: Browser,
  options: BrowserContextOptions,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  return page;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

const unused = () => Promise.reject(new Error("this test opens its database itself"));
