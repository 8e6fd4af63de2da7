import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openVoucherWorld } from "../vouchers/voucher-world.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

/** A receiver on a port of this machine with vouchers in it, and a browser in front of it. It closes with the test. */
export async function setVoucherStage() {
  // The browser project has no PostgreSQL: what the page does to the database is tested on both without a browser.
  const world = await openVoucherWorld({ engine: "sqlite", database: unused, open: unused });
  const { address, browser } = await serveToBrowser(world);
  const complaints: string[] = [];
  return {
    world,
    complaints,
    address: `${address}/voucher/north`,
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

const unused = () => Promise.reject(new Error("this test opens its database itself"));
