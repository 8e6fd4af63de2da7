import type { BrowserContextOptions } from "playwright-core";
import { expect, test } from "vitest";
import { listPartnerKeys } from "../../server/src/access/partner-keys.ts";
import { stopNoticesUrl } from "../../server/src/customer-notices/stop-notices.ts";
import { stopUrl } from "../../server/src/mail/stop-link.ts";
import { makeFormLink } from "../../server/src/registered-emails/form-link.ts";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import { as } from "../../server/src/words/ids.ts";
import { signedIn } from "../access/access-world.ts";
import { crawl, pageRoutesOf } from "../console/crawl.ts";
import { type FullWorld, fullCustomer, openFullWorld } from "../console/full-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { problemsOf } from "./problems-of-page.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

/** Each shows another width, scheme, language and direction; a page is seen in one of them, and every one sees many. */
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ["light", { locale: "en" }],
  ["german-phone-dark", { ...phone, locale: "de-DE", colorScheme: "dark" }],
  ["arabic-phone", { ...phone, locale: "ar" }],
];

/** A page by its route, with an address of it and the secret of who opens it. */
interface Walked {
  route: string;
  path: string;
  secret: string | undefined;
}

/** What no link leads to, with an address of each that shows something. */
async function otherwise(world: FullWorld, owner: string): Promise<Walked[]> {
  const { deps, made } = world;
  const [key] = await listPartnerKeys(deps, "partner-1");
  const form = makeFormLink(deps, { partner: "partner-1", keyId: key?.id ?? "", product: "acme-paint" });
  const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, "");
  const open = (route: string, path = route): Walked => ({ route, path, secret: undefined });
  return [
    { route: "/console/search", path: "/console/search?q=partner", secret: owner },
    { route: "/console/rules/{id}/apply", path: "/console/rules/home/apply", secret: owner },
    open("/register/{partner}", pathOf(form.url)),
    open("/voucher/{partner}", "/voucher/partner-1"),
    open("/sign-in"),
    open("/sign-in/code"),
    open("/sign-in/link", "/sign-in/link?t=gone"),
    open("/mail/stop/{link}", pathOf(stopUrl(deps, as.person(made.person)))),
    open("/mail/renewals/{link}", pathOf(stopNoticesUrl(deps, fullCustomer))),
  ];
}

/** An address of every route of a page, as the links lead there. */
async function everyPage(world: FullWorld): Promise<Walked[]> {
  const owner = await world.as("owner");
  const partner = await signedIn(world, { person: as.person(world.made.person) });
  const customer = await signedIn(world, { customer: fullCustomer });
  const walked = await otherwise(world, owner.secret);
  for (const [browser, ...starts] of [
    [owner, "/console", "/console/partners/partner-1"],
    [partner, "/portal"],
    [customer, "/account"],
  ] as const)
    for (const { route, path } of await crawl(world, browser, starts))
      if (!walked.some((one) => one.route === route)) walked.push({ route, path, secret: browser.secret });
  return walked;
}

test("every page of every face fits its window and holds nobody up", async () => {
  const world = await openFullWorld(benchOf("sqlite"));
  const routes = pageRoutesOf(world);
  const pages = (await everyPage(world)).filter(({ route }) => routes.includes(route));
  // A page that is added and that nothing leads to is named here: it stands in `otherwise`.
  expect(routes.filter((route) => !pages.some((one) => one.route === route))).toEqual([]);
  const { address, browser } = await serveToBrowser(world);
  const name = cookieName(world.deps.config.issuer, "tallystick");
  const problems: string[] = [];
  for (const [at, [look, options]] of looks.entries()) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    context.setDefaultTimeout(300_000);
    const page = await context.newPage();
    for (const { route, path, secret } of pages.filter((_, index) => index % looks.length === at)) {
      await context.clearCookies();
      if (secret !== undefined)
        await context.addCookies([{ name, value: secret, url: address, httpOnly: true }]);
      const answer = await page.goto(`${address}${path}`);
      if ((answer?.status() ?? 500) >= 500) problems.push(`${route}: ${answer?.status()}`);
      problems.push(...(await problemsOf(page, `every-${route.replace(/\W+/g, "-")}-${look}`)));
    }
    await context.close();
  }
  expect(problems).toEqual([]);
});
