import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { listDisputes } from "../../server/src/disputes/open-dispute.ts";
import { findBarriers } from "./axe.ts";
import { faintTexts } from "./contrast.ts";
import { setPortalStage } from "./portal-stage.ts";
import { keepPicture } from "./stage.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  phone,
  "german-phone": { ...phone, locale: "de-DE" },
  arabic: { locale: "ar" },
};
const pages: Record<string, string> = {
  overview: "/portal",
  orders: "/portal/orders",
  order: "/portal/orders/stripe/A-1001",
  why: "/portal/why?q=A-1001",
  "why-not": "/portal/why?q=nothing",
  "why-day": "/portal/why?day=2026-11-21",
  selling: "/portal/selling",
  deals: "/portal/deals",
  news: "/portal/news",
  connections: "/portal/connections",
  payouts: "/portal/payouts",
  plan: "/portal/plan",
  details: "/portal/details",
  settings: "/portal/settings",
  sessions: "/sign-in/sessions",
};

const mail = "ann@north.example";

type Stage = Awaited<ReturnType<typeof setPortalStage>>;

/** Signs in as a person does: address, code from the mail, and there she is. */
async function signIn(stage: Stage, page: Page, picture?: string): Promise<void> {
  await page.goto(`${stage.address}/portal`);
  if (picture !== undefined) await keepPicture(page, `sign-in-${picture}`);
  await page.fill("input[name=mail]", mail);
  await page.click("main button");
  await page.waitForURL(/\/sign-in\/code/);
  if (picture !== undefined) await keepPicture(page, `sign-in-code-${picture}`);
  await page.fill("input[name=code]", await stage.codeOf(mail));
  await page.click("main button");
  await page.waitForURL(/\/portal$/);
}

async function problemsOf(page: Page, name: string): Promise<string[]> {
  await keepPicture(page, `portal-${name}`);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  return [
    ...(await findBarriers(page)).map((one) => `${name}: ${one}`),
    ...(await faintTexts(page)).map((one) => `${name}: faint ${one}`),
    ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
  ];
}

test("a partner who was invited signs in by code on a phone and sees her figures as the ledger has them", async () => {
  const stage = await setPortalStage();
  await stage.fill(5);
  await stage.invite(mail);
  const page = await stage.open(phone);
  await signIn(stage, page, "phone");
  const [sums] = await readBalances(stage.deps, { partner: "north" });
  const earned = (sums?.heldMinor ?? 0) + (sums?.payableMinor ?? 0) + (sums?.paidMinor ?? 0);
  const euro = (minor: number) =>
    new Intl.NumberFormat("en-US", { style: "currency", currency: "EUR" }).format(minor / 100);
  const figures = await page.locator(".tile .figure").allInnerTexts();
  expect(figures).toEqual([earned, sums?.heldMinor ?? 0, sums?.payableMinor ?? 0, 0].map(euro));
  expect(earned).toBeGreaterThan(0);
  await page.click("text=A-1005");
  await page.waitForURL(/\/portal\/orders\/stripe\/A-1005$/);
  expect(await page.locator("main").innerText()).toContain("clicked the partner");
  await page.goto(`${stage.address}/portal/why`);
  await page.fill("input[name=q]", "B-9999");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=B-9999/);
  expect(await page.locator("[role=status]").innerText()).toContain("does not count for you");
});

test("every page of the portal reads well, in light and dark, on a phone, in German and Arabic", async () => {
  const stage = await setPortalStage();
  await stage.fill(14);
  await stage.invite(mail);
  await stage.invite("zoe@north.example", "finance");
  const problems: string[] = [];
  for (const [look, options] of Object.entries(looks)) {
    const page = await stage.open(options);
    await signIn(stage, page, look);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${stage.address}${path}`);
      problems.push(...(await problemsOf(page, `${name}-${look}`)));
    }
    await page.context().close();
  }
  expect(problems).toEqual([]);
});

test("the sign-in and the portal of a partner of whom nothing is booked read well", async () => {
  const stage = await setPortalStage();
  await stage.invite(mail);
  const page = await stage.open(phone);
  await page.goto(`${stage.address}/sign-in?again=1`);
  const problems = await problemsOf(page, "sign-in-again");
  await signIn(stage, page);
  for (const [name, path] of Object.entries({ overview: "/portal", orders: "/portal/orders" })) {
    await page.goto(`${stage.address}${path}`);
    problems.push(...(await problemsOf(page, `${name}-empty`)));
  }
  await page.goto(`${stage.address}/sign-in/link?t=nothing`);
  problems.push(...(await problemsOf(page, "link-dead")));
  expect(problems).toEqual([]);
});

/** Presses Tab until something of this name has the focus, as a person without a mouse does; not at all where it has it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused =
    "document.activeElement?.labels?.[0]?.textContent || document.activeElement?.ariaLabel || document.activeElement?.textContent || ''";
  for (let presses = 0; presses < 120; presses++) {
    if (name.test((await page.evaluate<string>(focused)).trim())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`nothing of the name ${name} can be reached by the keyboard`);
}

test("a partner signs in, finds that an order does not count, and contests it by the keyboard alone", async () => {
  const stage = await setPortalStage();
  await stage.fill(3);
  await stage.invite(mail);
  const page = await stage.open();
  await page.goto(`${stage.address}/portal`);
  await tabTo(page, /E-mail address/);
  await page.keyboard.type(mail);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sign-in\/code/);
  await tabTo(page, /^Code of eight digits/);
  await page.keyboard.type(await stage.codeOf(mail));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/portal$/);
  await tabTo(page, /^Why/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/portal\/why/);
  await tabTo(page, /^Order number or serial number/);
  await page.keyboard.type("B-9999");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=B-9999/);
  await tabTo(page, /^This order should count for me/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/portal\/disputes/);
  await tabTo(page, /^Order number/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("B-9999");
  await tabTo(page, /^What you want to say/);
  await page.keyboard.type("She bought from me at the fair.");
  await tabTo(page, /^Send/);
  await page.keyboard.press("Enter");
  await page.getByText("She bought from me at the fair.").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  const [dispute] = (await listDisputes(stage.deps)).disputes;
  expect(dispute).toMatchObject({ partner: "north", state: "open" });
});
