import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reseller } from "../../demo-app/src/cast.ts";
import { faintTexts } from "./contrast.ts";
import { keepPicture, type Stage, setStage } from "./stage.ts";

let stage: Stage;
let address = "";
beforeAll(async () => {
  stage = await setStage();
  const { admin } = stage.demo;
  const { key } = await admin.post<{ key: string }>(`/v1/partners/${reseller.id}/keys`, {});
  const response = await fetch(`${stage.demo.addresses.receiver}/v1/partner/form-links`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ product: "acme-paint" }),
  });
  const { url } = (await response.json()) as { url: string };
  address = url.replace(/^https?:\/\/[^/]+/, stage.demo.addresses.receiver);
});
afterAll(() => stage?.close());

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  phone,
  "dark-phone": { ...phone, colorScheme: "dark" },
};

async function expectReadable(page: Page): Promise<void> {
  expect(await faintTexts(page)).toEqual([]);
  expect(
    await page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    ),
  ).toBeLessThan(1);
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
}

describe("a partner's form", () => {
  test.each(Object.entries(looks))("fits its window and can be read: %s", async (look, options) => {
    const page = await stage.open(options);
    await page.goto(address);
    await expectReadable(page);
    await keepPicture(page, `email-form-${look}`);
    await page.getByLabel("Your e-mail address").fill("painter@home");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("alert").waitFor();
    await expectReadable(page);
    await keepPicture(page, `email-form-wrong-${look}`);
  });

  test("registers without scripts and by keyboard alone", async () => {
    const page = await stage.open({ javaScriptEnabled: false });
    await page.goto(address);
    await page.keyboard.press("Tab");
    await page.keyboard.type("painter@example.com");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your address is registered" }).waitFor();
    await keepPicture(page, "email-form-registered");
  });

  test("has a name for each control, and says what is wrong where it is", async () => {
    const page = await stage.open();
    await page.goto(address);
    expect(await page.getByRole("checkbox", { name: /^I agree that/ }).count()).toBe(1);
    const field = page.getByRole("textbox", { name: "Your e-mail address" });
    await field.fill("painter@home");
    await page.getByRole("checkbox").check();
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.getAttribute("aria-describedby")).toBe("email-problem");
    expect(await field.inputValue()).toBe("painter@home");
    expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(stage.complaints).toEqual([]);
  });
});
