import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faintTexts } from "./contrast.ts";
import { goTo, keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ months: 1 });
});
afterAll(() => stage?.close());

const phoneInTheDark: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  colorScheme: "dark",
};

/** What is wrong with how a page looks. */
async function lookAt(page: Page, name: string): Promise<string[]> {
  await keepPicture(page, name);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  return [...(await faintTexts(page)), ...(overflow > 0 ? [`${name} is ${overflow} px too wide`] : [])];
}

describe("a channel with people in it", () => {
  test("a cart of two lines is split between two tiers, loses a line, and keeps what the bank sends back", async () => {
    const page = await stage.open();
    await moveTime(page, "30 days before the end");
    await page.getByRole("button", { name: "Renew", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("A. Painter");
    await page.getByLabel("The shop speaks as").selectOption("The vendor’s own shop");
    await page.getByLabel("Brush packs").selectOption("2");
    await keepPicture(page, "checkout-cart");
    await page.getByRole("button", { name: "Pay €69.60" }).click();
    await page.getByText("2 × brush pack").waitFor();
    await page.getByRole("link", { name: "See it as the store does" }).click();
    await page.getByRole("button", { name: "Refund 2 × brush pack, €21.60" }).click();
    await page.getByRole("button", { name: "All €48.00" }).click();
    await page.getByRole("button", { name: "The bank sends it back" }).last().click();
    await page.getByText("failed", { exact: true }).waitFor();
    await expect.poll(() => page.locator(".deliveries .tag.good").count()).toBe(5);
    expect(await lookAt(page, "order-cart")).toEqual([]);

    await expect
      .poll(async () => {
        await page.goto(`${stage.demo.addresses.shop}/behind-the-scenes`);
        const rows = page.getByRole("table", { name: "How it is split" }).locator("tbody tr");
        return rows.allInnerTexts();
      })
      .toEqual([
        expect.stringMatching(/North Star Software\s+seller\s+20 %\s+€11\.60\s+€8\.00/),
        expect.stringMatching(/Harbour Distribution\s+above the seller\s+5 %\s+€2\.90\s+€2\.00/),
      ]);
    expect(await lookAt(page, "behind-the-scenes-split")).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });

  test.each([
    ["Nora of North Star Software", "portal", /North Star Software/],
    ["Olivia of Acme Paint", "console", /North Star Software|Atelier Lumière|payable/i],
  ] as const)("%s signs in by a button and the mailed link behind it", async (person, place, greeting) => {
    const page = await stage.open();
    await goTo(page, "Sign in");
    await page.getByRole("button", { name: `Sign in as ${person}` }).click();
    await page.waitForURL(/\/sign-in\/link/);
    const link = page.url();
    await page.getByRole("main").getByRole("button").click();
    await page.waitForURL(new RegExp(`/${place}`));
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("main").innerText()).toMatch(greeting);
    await keepPicture(page, `demo-${place}`);
    expect((await page.goto(link))?.status()).toBe(410);
  });

  test("people and their mail stand on a phone in the dark", async () => {
    const page = await stage.open(phoneInTheDark);
    await page.goto(`${stage.demo.addresses.shop}/people`);
    expect(await lookAt(page, "people-phone-dark")).toEqual([]);
    await page.goto(`${stage.demo.addresses.shop}/mail`);
    await page.getByText("to nora@north-star.example").first().click();
    expect(await lookAt(page, "mail-phone-dark")).toEqual([]);
    await page.goto(`${stage.demo.addresses.shop}/behind-the-scenes`);
    expect(await lookAt(page, "split-phone-dark")).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});
