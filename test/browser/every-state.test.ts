import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import { as } from "../../server/src/words/ids.ts";
import { startWork, workEnded } from "../../server/src/work/work.ts";
import { signedIn } from "../access/access-world.ts";
import { type FullWorld, fullCustomer, openFullWorld } from "../console/full-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { problemsOf } from "./problems-of-page.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

/** What a page of some kind can be besides full and well. Each is walked on a page at least. */
const states = [
  "full",
  "empty",
  "refused with the field named",
  "asked before a deed",
  "in progress",
  "done",
  "refused for lack of right",
  "signed out in mid-form",
  "expired link",
  "without script",
  "print",
  "forced colours",
  "right to left",
  "200 % text",
] as const;
type State = (typeof states)[number];

/** One page in one state: who opens it, where, and what she does there. */
interface Seen {
  state: State;
  path: string;
  who?: string | undefined;
  look?: BrowserContextOptions;
  act?: (page: Page) => Promise<unknown>;
  status?: number;
}

const narrow = {
  viewport: { width: 320, height: 640 },
  deviceScaleFactor: 1,
  isMobile: true,
  hasTouch: true,
};

/** Fills fields and sends their form as a browser that checks nothing does. */
const send =
  (fields: Readonly<Record<string, string>>, form = "main form[method=post]") =>
  async (page: Page) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`${form} [name="${name}"]`).first();
      if ((await field.evaluate((one) => one.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
    const sent = page.waitForNavigation();
    const isSent = page
      .locator(form)
      .first()
      .evaluate((one) => {
        Object.assign(one, { noValidate: true });
        (one as unknown as { requestSubmit(): void }).requestSubmit();
      });
    await Promise.all([sent, isSent]);
  };

const signOut = async (page: Page) => page.context().clearCookies();

/** Where the focus is, and that what was typed stands there. */
async function expectField(page: Page, name: string, typed: Readonly<Record<string, string>>) {
  const focused = await page.evaluate<string>("document.activeElement?.getAttribute('name') ?? ''");
  expect([await page.url(), focused]).toEqual([page.url(), name]);
  expect(await page.locator(`[name="${name}"]`).first().getAttribute("aria-invalid")).toBe("true");
  for (const [field, value] of Object.entries(typed))
    expect(await page.locator(`main [name="${field}"]`).first().inputValue(), field).toBe(value);
}

const refused = (fields: Readonly<Record<string, string>>, named: string) => async (page: Page) => {
  await send(fields)(page);
  await expectField(page, named, fields);
};

/** What is wider than what shows it, but for drawings and tables of figures, which scroll in a place of their own. */
const cut = `[...document.querySelectorAll('main *')]
  .filter((one) => !one.closest('.unseen, .skip, .drawing, svg, input, textarea, select, pre, thead, caption, .table:not(.cards)'))
  .filter((one) => getComputedStyle(one).overflowX !== 'visible' && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.tagName + '.' + one.className + ' ' + one.scrollWidth + ' in ' + one.clientWidth)
  .concat([...document.querySelectorAll('.cards td:not(.none)')]
    .filter((one) => getComputedStyle(one).display === 'block' && one.scrollWidth > one.clientWidth + 1)
    .map((one) => 'cell ' + one.textContent.slice(0, 60)))`;

async function everyState(world: FullWorld): Promise<Seen[]> {
  const { deps, made } = world;
  await addPartner(deps, { id: "fresh", name: "Fresh Start", percent: 20 });
  const person = async (role: string, partner: string) =>
    (
      await signedIn(world, {
        person: (
          await addPerson(deps, { mail: `${role}@${partner}.example`, role, partner, addedBy: "cli:test" })
        ).id,
      })
    ).secret;
  const owner = (await world.as("owner")).secret;
  const auditor = (await world.as("auditor")).secret;
  const partner = (await signedIn(world, { person: as.person(made.person) })).secret;
  const viewer = await person("viewer", "partner-1");
  const fresh = await person("owner", "fresh");
  const customer = (await signedIn(world, { customer: fullCustomer })).secret;
  const stranger = (await signedIn(world, { customer: "nobody@customers.example" })).secret;
  const going = Promise.withResolvers<object>();
  const running = await startWork(deps, { kind: "verify", run: () => going.promise as Promise<never> });
  onTestFinished(async () => {
    going.resolve({ ok: true, checked: {}, failures: [] });
    await workEnded(running);
  });
  const order = "/console/orders/own/A-1005";
  const amount = {
    partner: "partner-1",
    amount: "12.50",
    currency: "EUR",
    reference: "T-900",
    note: "For the fair",
  };
  const faces: [string, string][] = [
    ["/console", owner],
    ["/console/shops", owner],
    ["/console/orders", owner],
    [order, owner],
    [`/console/payouts/${made.payout}`, owner],
    ["/console/adjustments/new", owner],
    ["/portal", partner],
    ["/portal/statements", partner],
    [`/portal/statements/${made.statement}`, partner],
    ["/account", customer],
  ];
  const looks: [State, BrowserContextOptions, ((page: Page) => Promise<unknown>)?][] = [
    ["full", narrow],
    ["right to left", { ...narrow, locale: "ar" }],
    ["forced colours", { forcedColors: "active" }],
    ["without script", { javaScriptEnabled: false }],
    ["print", {}, (page) => page.emulateMedia({ media: "print" })],
    // As a browser does that shows everything twice as large: half as many pixels of the page's own fit the window.
    ["200 % text", { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 }],
  ];
  return [
    ...looks.flatMap(([state, look, act], turn) =>
      faces
        .filter((_, at) => state === "full" || at % 2 === turn % 2)
        .map(([path, who]): Seen => ({ state, look, path, who, ...(act && { act }) })),
    ),
    ...["/portal", "/portal/orders", "/portal/statements", "/portal/payouts", "/portal/disputes"].map(
      (path): Seen => ({ state: "empty", path, who: fresh }),
    ),
    { state: "empty", path: "/account", who: stranger },
    { state: "empty", path: "/console/orders?reason=revoked", who: owner },
    {
      state: "refused with the field named",
      path: "/console/adjustments/new",
      who: owner,
      act: refused({ ...amount, amount: "lots" }, "amount"),
      status: 422,
    },
    {
      state: "refused with the field named",
      path: "/console/adjustments/new",
      who: owner,
      act: refused({ ...amount, partner: "partner-unheard" }, "partner"),
      status: 422,
    },
    {
      state: "refused with the field named",
      path: `${order}/resolve`,
      who: owner,
      act: refused({ partner: "partner-unheard", note: "Sold at the fair" }, "partner"),
      status: 422,
    },
    {
      state: "refused with the field named",
      path: `${order}/correct`,
      who: owner,
      act: refused({ amount: "lots", note: "Paid back" }, "amount"),
      status: 422,
    },
    {
      state: "refused with the field named",
      path: "/console/coupons/add",
      who: owner,
      act: refused({ code: "SPRING", partner: "partner-unheard" }, "partner"),
    },
    { state: "asked before a deed", path: "/console/adjustments/new", who: owner, act: send(amount) },
    { state: "asked before a deed", path: `/console/payouts/${made.payout}/cancel`, who: owner },
    { state: "asked before a deed", path: "/account/erase", who: customer },
    { state: "in progress", path: `/console/work/${running}`, who: owner },
    { state: "done", path: "/console/partners/partner-3/edit", who: owner, act: send({ name: "Atelier" }) },
    { state: "done", path: `/console/work/${made.work}`, who: owner },
    { state: "refused for lack of right", path: "/console/payouts/propose", who: auditor, status: 403 },
    { state: "refused for lack of right", path: "/portal/details/edit", who: viewer, status: 403 },
    {
      state: "signed out in mid-form",
      path: "/console/adjustments/new",
      who: owner,
      act: async (page) => {
        await signOut(page);
        await send(amount)(page);
      },
    },
    {
      state: "signed out in mid-form",
      path: "/portal/disputes/new",
      who: partner,
      act: async (page) => {
        await signOut(page);
        await send({ number: "A-1005", text: "It was mine." })(page);
      },
    },
    { state: "expired link", path: "/sign-in/link?t=gone" },
    { state: "expired link", path: "/mail/stop/gone" },
    { state: "expired link", path: "/account?invitation=gone", who: customer },
    { state: "expired link", path: "/register/partner-1?e=1" },
  ];
}

test("every state that a page can have fits 320 px and holds nobody up", async () => {
  const world = await openFullWorld(benchOf("sqlite"));
  const { address, browser } = await serveToBrowser(world);
  const name = cookieName(world.deps.config.issuer, "tallystick");
  const seen = await everyState(world);
  expect(states.filter((state) => !seen.some((one) => one.state === state))).toEqual([]);
  const problems: string[] = [];
  for (const [
    at,
    { state, path, who, look = narrow as BrowserContextOptions, act, status },
  ] of seen.entries()) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: "en",
      ...look,
    });
    context.setDefaultTimeout(300_000);
    if (who !== undefined) await context.addCookies([{ name, value: who, url: address, httpOnly: true }]);
    const page = await context.newPage();
    let last = 0;
    page.on("response", (answer) => {
      if (answer.request().isNavigationRequest()) last = answer.status();
    });
    await page.goto(`${address}${path}`);
    try {
      await act?.(page);
    } catch (error) {
      problems.push(`${state} ${path}: ${String(error).slice(0, 400)}`);
    }
    const called = `state-${at}-${state.replace(/\W+/g, "-")}`;
    if (last >= 500 || (status !== undefined && last !== status)) problems.push(`${called} ${path}: ${last}`);
    // axe waits for timers, which a page without script has none of: what stands there is measured all the same.
    if (look.javaScriptEnabled !== false)
      problems.push(...(await problemsOf(page, called)).map((one) => `${path} ${one}`));
    if (state !== "print")
      problems.push(...(await page.evaluate<string[]>(cut)).map((one) => `${path} ${called}: cut ${one}`));
    await context.close();
  }
  expect(problems).toEqual([]);
});
