import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { findBarriers } from "./axe.ts";
import { faintTexts } from "./contrast.ts";
import { setPageStage } from "./page-stage.ts";
import { keepPicture } from "./stage.ts";

// Axe reads every element of a page of sixty routes.

const phone = { viewport: { width: 320, height: 568 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  phone,
  "dark-phone": { ...phone, colorScheme: "dark" },
};

const brand = { supportAddress: "help@acme.example" };
type Stage = Awaited<ReturnType<typeof setPageStage>>;

/** The voucher sheet as the file that it is. */
async function sheetFile(stage: Stage): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-sheet-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "sheet.html"), stage.sheet());
  return `file://${join(folder, "sheet.html")}`;
}

/** Everything that is wrong with a page, said by its name. */
async function problemsOf(stage: Stage, page: Page, name: string): Promise<string[]> {
  await keepPicture(page, `page-${name}`);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  const vendor = await page.getByRole("banner").first().textContent();
  return [
    ...(await findBarriers(page)).map((one) => `${name}: ${one}`),
    ...(await faintTexts(page)).map((one) => `${name}: faint ${one}`),
    ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
    ...(vendor?.startsWith(stage.brand.name) ? [] : [`${name}: not in the vendor's name but ${vendor}`]),
  ];
}

describe.each(Object.entries(looks))("every page, %s,", (look, options) => {
  test("is in the vendor's name, fits its window, and holds nobody up", async () => {
    const stage = await setPageStage(brand);
    const { page, complaints } = await stage.open(options);
    const problems: string[] = [];
    const { docs: _, ...addresses } = stage.addresses;
    for (const [name, address] of Object.entries({ ...addresses, sheet: await sheetFile(stage) })) {
      await page.goto(address);
      problems.push(...(await problemsOf(stage, page, `${name}-${look}`)));
    }
    await page.goto(stage.addresses["email-form"]);
    await page.getByRole("button").click();
    await page.getByRole("alert").waitFor();
    problems.push(...(await problemsOf(stage, page, `email-refused-${look}`)));
    await page.getByRole("textbox").fill("painter@example.com");
    await page.getByRole("checkbox").check();
    await page.getByRole("button").click();
    await page.getByRole("heading", { name: "Your address is registered" }).waitFor();
    problems.push(...(await problemsOf(stage, page, `email-registered-${look}`)));
    await page.goto(stage.addresses["voucher-form"]);
    await page.getByRole("textbox").fill("7K3M-QX8T");
    await page.getByRole("button").click();
    await page.getByRole("alert").waitFor();
    problems.push(...(await problemsOf(stage, page, `voucher-refused-${look}`)));
    expect(problems).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test.each(["light", "dark-phone"])(
  "the documentation holds nobody up, a route of it open: %s",
  async (look) => {
    const stage = await setPageStage(brand);
    const { page, complaints } = await stage.open(looks[look]);
    await page.goto(stage.addresses.docs);
    await page.getByRole("heading", { name: /Tallystick receiver/ }).waitFor();
    await page.locator(".opblock-tag", { hasText: "Coupons" }).click();
    await page
      .locator(".opblock-summary-path", { hasText: /^\/v1\/coupons$/ })
      .last()
      .click();
    await page.locator(".responses-table").waitFor();
    expect(await problemsOf(stage, page, `docs-${look}`)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test("the documentation names all routes where scripts are off", async () => {
  const stage = await setPageStage(brand);
  const { page } = await stage.open({ javaScriptEnabled: false });
  await page.goto(stage.addresses.docs);
  expect(await page.getByRole("row").count()).toBeGreaterThan(60);
  await keepPicture(page, "page-docs-no-script");
});

test("printed, a serial number and a message are black on white, without buttons", async () => {
  const stage = await setPageStage(brand);
  const { page } = await stage.open({ colorScheme: "dark" });
  await page.goto(stage.addresses["voucher-form"]);
  await page.getByRole("textbox").fill(stage.code);
  await page.getByRole("button").click();
  await page.locator("#serial").waitFor();
  expect(await problemsOf(stage, page, "voucher-receipt")).toEqual([]);
  await page.emulateMedia({ media: "print" });
  await keepPicture(page, "page-voucher-printed");
  expect(await page.getByRole("button").count()).toBe(0);
  const ground = "getComputedStyle(document.querySelector('.card')).backgroundColor";
  expect(await page.evaluate<string>(ground)).toBe("rgb(255, 255, 255)");
  await page.goto(await sheetFile(stage));
  await keepPicture(page, "page-sheet-printed");
});
