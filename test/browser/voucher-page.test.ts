import { groupVoucherCode } from "@tallystick/sdk/protocol";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { faintTexts } from "./contrast.ts";
import { keepPicture } from "./stage.ts";
import { setVoucherStage } from "./voucher-stage.ts";

const serial = "PAINT-7Q4M-2K9D-XW31";
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const smallPhone = { ...phone, viewport: { width: 320, height: 568 } };

async function expectSound(page: Page, name: string): Promise<void> {
  await keepPicture(page, name);
  expect({ name, faint: await faintTexts(page) }).toEqual({ name, faint: [] });
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect({ name, overflow: Math.max(0, overflow) }).toEqual({ name, overflow: 0 });
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
}

const field = (page: Page) => page.getByRole("textbox", { name: "Voucher code" });
const submit = (page: Page) => page.getByRole("button", { name: "Get my serial number" });

describe("the voucher page in a browser", () => {
  test("is filled by the card's QR code, used by keyboard alone, and keeps no code in its address", async () => {
    const stage = await setVoucherStage();
    await stage.world.fillPool([serial]);
    const { code } = await stage.world.issue();
    const page = await stage.open();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${stage.address}#${groupVoucherCode(code)}`);
    expect(await field(page).inputValue()).toBe(groupVoucherCode(code));
    expect(page.url()).toBe(stage.address);
    await expect.poll(() => page.getByRole("status").textContent()).toContain("filled in");
    await page.keyboard.press("Enter");
    const heading = page.getByRole("heading", { name: "Your serial number for Acme Paint" });
    await heading.waitFor();
    expect(await page.locator("#serial").textContent()).toBe(serial);
    expect(await heading.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("status").textContent()).toMatch(/Copied|Please copy/);
    expect(asked.some((url) => url.includes(code.slice(0, 4)))).toBe(false);
    expect(stage.complaints).toEqual([]);
  });

  test("groups what is typed, says what is wrong, and leaves the reader at the field", async () => {
    const stage = await setVoucherStage();
    await stage.world.issue();
    const page = await stage.open();
    await page.goto(stage.address);
    await field(page).focus();
    await page.keyboard.type("7k3mqx8to");
    expect(await field(page).inputValue()).toBe("7K3M-QX8T-0");
    await page.keyboard.press("Backspace");
    expect(await field(page).inputValue()).toBe("7K3M-QX8T");
    await submit(page).click();
    const problem = page.locator("#code-problem");
    await problem.waitFor();
    expect(await problem.textContent()).toContain("No voucher has this code");
    expect(await field(page).getAttribute("aria-describedby")).toContain("problem");
    expect(await field(page).evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    expect(stage.complaints).toEqual([]);
  });

  test("loses nothing when the answer is lost on the way", async () => {
    const stage = await setVoucherStage();
    await stage.world.fillPool([serial, "PAINT-0000-0000-0002"]);
    const { code } = await stage.world.issue();
    const page = await stage.open();
    await page.goto(stage.address);
    await field(page).fill(code);
    let given = "";
    await page.route("**/voucher/north", async (route) => {
      given = await (await route.fetch()).text();
      await route.abort();
    });
    await submit(page).click();
    await expect.poll(() => page.getByRole("status").textContent()).toContain("There was no answer");
    await keepPicture(page, "voucher-no-answer");
    await page.unroute("**/voucher/north");
    await submit(page).click();
    await page.locator("#serial").waitFor();
    const shown = await page.locator("#serial").textContent();
    expect(given).toContain(`>${shown}</code>`);
  });

  test("works without its script", async () => {
    const stage = await setVoucherStage();
    await stage.world.fillPool([serial]);
    const { code } = await stage.world.issue();
    const page = await stage.open({ javaScriptEnabled: false });
    await page.goto(stage.address);
    await field(page).fill("nonsense");
    await submit(page).click();
    await page.locator("#code-problem").waitFor();
    await field(page).fill(code);
    await submit(page).click();
    expect(await page.locator("#serial").textContent()).toBe(serial);
    await page.reload();
    expect(await page.locator("#serial").textContent()).toBe(serial);
  });

  const looks: [string, BrowserContextOptions][] = [
    ["light", {}],
    ["dark", { colorScheme: "dark" }],
    ["phone", phone],
    ["dark-phone", { ...phone, colorScheme: "dark" }],
    ["small-phone", smallPhone],
  ];
  test.each(looks)("fits its window and can be read: %s", async (look, options) => {
    const stage = await setVoucherStage();
    await stage.world.fillPool([serial]);
    const { code } = await stage.world.issue();
    const page = await stage.open(options);
    await page.goto(stage.address);
    await expectSound(page, `voucher-form-${look}`);
    await field(page).fill("7K3M-QX8T-0ABC-DEFG-HJ5P");
    await submit(page).click();
    await page.locator("#code-problem").waitFor();
    await expectSound(page, `voucher-refused-${look}`);
    await field(page).fill(code);
    await submit(page).click();
    await page.locator("#serial").waitFor();
    await expectSound(page, `voucher-receipt-${look}`);
    expect(stage.complaints).toEqual([]);
  });
});
