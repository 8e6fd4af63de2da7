import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findBarriers } from "./axe.ts";
import { type ConsoleStage, setConsoleStage } from "./console-stage.ts";
import { problemsOf } from "./problems-of-page.ts";
import { keepPicture } from "./stage.ts";

/** Every page of the console by a name, on a full receiver. */
const pages: Record<string, string> = {
  overview: "/console",
  orders: "/console/orders",
  order: "/console/orders/own/B-2001",
  "order-held": "/console/orders/own/A-1005",
  "order-refunded": "/console/orders/own/B-2040",
  resolve: "/console/orders/own/A-1005/resolve",
  correct: "/console/orders/own/B-2001/correct",
  held: "/console/held",
  rule: "/console/held/rule?reason=claim_late",
  partners: "/console/partners?sort=-held",
  partner: "/console/partners/partner-1",
  tree: "/console/tree",
  plans: "/console/plans",
  plan: "/console/plans/resellers",
  "plan-edit": "/console/plans/edit?from=resellers",
  "plan-assign": "/console/plans/assign",
  audit: "/console/audit",
  keys: "/console/keys",
  outbox: "/console/outbox",
  periods: "/console/periods",
  statements: "/console/statements",
  payouts: "/console/payouts",
  coupons: "/console/coupons",
  tokens: "/console/tokens?partner=partner-1",
  serials: "/console/serials",
  "serial-batch": "/console/serials/boxes-26",
  movements: "/console/movements",
  vouchers: "/console/vouchers",
  addresses: "/console/addresses?partner=partner-1",
  installers: "/console/installers?partner=partner-1",
  networks: "/console/networks",
  rules: "/console/rules",
  shops: "/console/shops",
  work: "/console/work",
  earnings: "/console/earnings?by=month",
  forecast: "/console/periods/forecast",
  "tax-year": "/console/payouts/year",
  journal: "/console/journal",
  customers: "/console/customers",
  details: "/console/partners/partner-1/details",
  webhook: "/console/partners/partner-1/webhook",
  search: "/console/search?q=atelier+lumi%C3%A8re",
  "search-nothing": "/console/search?q=nothing",
  refused: "/console/orders/own/none",
};

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Each shows another scheme, width, language and direction: together they show all of them. */
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  "dark-phone": { ...phone, colorScheme: "dark" },
  "german-dark": { colorScheme: "dark", locale: "de-DE" },
  "arabic-phone": { ...phone, locale: "ar" },
};

async function walk(
  stage: ConsoleStage,
  options: BrowserContextOptions,
  of: Record<string, string>,
  look: string,
) {
  const { page, complaints } = await stage.open(options);
  const problems: string[] = [];
  for (const [name, path] of Object.entries(of)) {
    await page.goto(`${stage.address}${path}`);
    problems.push(...(await problemsOf(page, `console-${name}-${look}`)));
  }
  return [...problems, ...complaints];
}

describe.each(Object.entries(looks))("every page of the console, %s,", (look, options) => {
  test("fits its window and holds nobody up", async () => {
    const stage = await setConsoleStage(look === "light" ? { partners: 300 } : { partners: 40 });
    expect(await walk(stage, options, pages, look)).toEqual([]);
  });
});

test("every list of an empty receiver says what it will hold, and holds nobody up", async () => {
  const stage = await setConsoleStage("empty");
  const lists = Object.fromEntries(
    [
      "overview",
      "orders",
      "held",
      "partners",
      "tree",
      "plans",
      "audit",
      "keys",
      "outbox",
      "coupons",
      "tokens",
      "serials",
      "vouchers",
      "addresses",
      "networks",
      "rules",
      "work",
      "earnings",
    ].map((name) => [name, pages[name]?.replace(/\?.*/, "") ?? ""]),
  );
  expect(await walk(stage, {}, lists, "empty")).toEqual([]);
  expect(await walk(stage, { ...phone, colorScheme: "dark" }, lists, "empty-dark-phone")).toEqual([]);
});

/** Presses Tab until something of this name has the focus, as a person without a mouse does. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const focused =
    "document.activeElement?.labels?.[0]?.textContent || document.activeElement?.ariaLabel || document.activeElement?.textContent || ''";
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const text = (await page.evaluate<string>(focused)).trim();
    if (typeof name === "string" ? text === name : name.test(text)) return;
  }
  throw new Error(`nothing of the name ${name} can be reached by the keyboard`);
}

test("a held order is found, ruled on and seen in the books by the keyboard alone", async () => {
  const stage = await setConsoleStage();
  const { page, complaints } = await stage.open({}, "channel");
  await page.goto(`${stage.address}/console`);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.className")).toBe("skip");
  await tabTo(page, /^Held orders/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Held orders", level: 1 }).waitFor();
  await tabTo(page, /^A-1\d+$/);
  const order = await page.evaluate<string>("document.activeElement.textContent");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Order ${order}` }).waitFor();
  await tabTo(page, "Rule on it");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Rule on order ${order}` }).waitFor();
  await tabTo(page, "Note");
  await page.keyboard.type("North sold it at the fair");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Rule so on order ${order}?` }).waitFor();
  await keepPicture(page, "console-resolve-confirm-light");
  expect(await findBarriers(page)).toEqual([]);
  await tabTo(page, "Rule so");
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "The ruling stands" }).waitFor();
  await keepPicture(page, "console-resolved-light");
  expect(await stage.world.explain(order, "own")).toMatchObject({ outcome: "credited", reason: "ruling" });
  expect(complaints).toEqual([]);
});

test("on a phone the menu opens by its button, and by the keyboard", async () => {
  const stage = await setConsoleStage("empty");
  const { page } = await stage.open(phone);
  await page.goto(`${stage.address}/console`);
  const link = page.getByRole("navigation").getByRole("link", { name: "Partners" });
  expect(await link.isVisible()).toBe(false);
  await page.locator("label[for=menu]").tap();
  await link.waitFor();
  await keepPicture(page, "console-menu-phone");
  await page.getByRole("checkbox", { name: "Menu" }).focus();
  await page.keyboard.press("Space");
  await link.waitFor({ state: "hidden" });
});

test("printed, a page is its content alone, black on white", async () => {
  const stage = await setConsoleStage();
  const { page } = await stage.open({ colorScheme: "dark" });
  await page.goto(`${stage.address}/console/orders/own/B-2001`);
  await page.emulateMedia({ media: "print" });
  await keepPicture(page, "console-order-printed");
  expect(await page.getByRole("navigation").count()).toBe(0);
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
});

test("in forced colours a chart's parts differ, and the page that one is on is marked", async () => {
  const stage = await setConsoleStage({ partners: 8 });
  const { page } = await stage.open({ forcedColors: "active", colorScheme: "dark" });
  await page.goto(`${stage.address}/console`);
  await keepPicture(page, "console-overview-forced");
  const fills = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.legend rect')].map((one) => getComputedStyle(one).fill)",
  );
  const ground = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  expect(fills.length).toBeGreaterThan(2);
  expect(new Set([...fills, ground]).size).toBe(fills.length + 1);
  const mark = "getComputedStyle(document.querySelector('.side [aria-current]')).outlineStyle";
  expect(await page.evaluate<string>(mark)).toBe("solid");
});
