import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faintTexts } from "./contrast.ts";
import { keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
let order = "";
beforeAll(async () => {
  stage = await setStage();
  const page = await stage.open();
  await moveTime(page, "30 days before the end");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("A. Painter");
  await page.getByRole("button", { name: "Pay €48.00" }).click();
  const line = await stage.demo.receiver.log.waitFor("order.credited");
  order = String(line.fields.order);
  await page.getByRole("link", { name: "Back to Acme Paint" }).click();
  await moveTime(page, "30 days before the end");
});
afterAll(() => stage?.close());

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  phone,
  "dark-phone": { ...phone, colorScheme: "dark" },
};

const pages = (): Record<string, string> => {
  const { product, shop } = stage.demo.addresses;
  return {
    paint: `${product}/`,
    sell: `${product}/sell`,
    checkout: `${shop}/checkout?licence=PAINT-7Q4M-2K9D-XW31&prefilled_email=painter@example.com`,
    receipt: `${shop}/orders/${order}/receipt`,
    orders: `${shop}/orders`,
    order: `${shop}/orders/${order}`,
    backstage: `${shop}/behind-the-scenes`,
  };
};

async function look(page: Page, name: string): Promise<string[]> {
  const problems = (await faintTexts(page)).map((text) => `${name}: faint ${text}`);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  if (overflow > 0) problems.push(`${name}: ${overflow} px wider than the window`);
  const nameless = await page.evaluate<number>(
    "[...document.querySelectorAll('button,a')].filter((one) => (one.ariaLabel ?? one.textContent).trim() === '').length",
  );
  if (nameless > 0) problems.push(`${name}: ${nameless} controls without a name`);
  const headings = await page.getByRole("heading", { level: 1 }).count();
  if (headings !== 1) problems.push(`${name}: ${headings} headings of level 1`);
  return problems;
}

describe("the pages", () => {
  test.each(Object.entries(looks))("fit their window and can be read: %s", async (look_, options) => {
    const page = await stage.open(options);
    const problems: string[] = [];
    for (const [name, address] of Object.entries(pages())) {
      await page.goto(address);
      await keepPicture(page, `${name}-${look_}`);
      problems.push(...(await look(page, name)));
    }
    expect(problems).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });

  test("keep the palette's colours apart where the system forces its own", async () => {
    const page = await stage.open({ forcedColors: "active" });
    const colours = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.swatch')].map((one) => getComputedStyle(one).backgroundColor)",
    );
    expect(colours.length).toBeGreaterThan(4);
    expect(new Set(colours).size).toBe(colours.length);
  });

  test("may load nothing from elsewhere and be framed by nobody", async () => {
    for (const address of Object.values(pages())) {
      const { headers } = await fetch(address);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
    }
  });
});
