import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { writeServiceNotice } from "../../server/src/customer-notices/product-notices.ts";
import { noteRenewals } from "../../server/src/customer-notices/renewal-notices.ts";
import { runServiceNotices } from "../../server/src/customer-notices/write-letters.ts";
import { tellCustomers } from "../../server/src/customers/tell-customers.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { licencesOfCustomer } from "../../server/src/mandates/customer-licences.ts";
import { giveMandate } from "../../server/src/mandates/mandates.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { registerEmails } from "../../server/src/registered-emails/register-emails.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { as } from "../../server/src/words/ids.ts";
import { startWork, workEnded } from "../../server/src/work/work.ts";
import type { ConsoleWorld } from "../console/console-world.ts";
import { setConsoleStage } from "./console-stage.ts";
import { problemsOf } from "./problems-of-page.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Both schemes, widths and directions, in three languages. The light one stands in a channel of 300 partners. */
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  "german-phone-dark": { ...phone, locale: "de-DE", colorScheme: "dark" },
  "arabic-phone": { ...phone, locale: "ar" },
};

const customer = "painter1@customers.example";

const organisations = [
  ["Tulip Works", "Vienna", "Studio of the very long name"],
  ["Tulip Works"],
  ["Holding"],
];

/** Customers in organisations, who were told something; one who agreed with a partner and lets it act for her. */
async function tellOfCustomers({ deps }: ConsoleWorld): Promise<string> {
  Object.assign(deps.config.customers, { renewalNoticeDays: [365] });
  await tellCustomers(
    deps,
    { by: "vendor" },
    Array.from({ length: 24 }, (_, at) => ({
      row: at + 1,
      email: `painter${at}@customers.example`,
      name: ["Ann Painter", "Søren Ångström-Kowalczyk", "ليلى الرسّامة", "Bob"][at % 4] ?? "",
      organisation: organisations[at % 3],
      product: "acme-paint",
      licence: at % 2 === 1 ? `OLD-${at}` : `NEW-${at % 14}-0`,
      parts: ["buys", "decides"],
    })),
  );
  const { id } = await writeServiceNotice(deps, {
    product: "acme-paint",
    title: "Security update 5.1.2",
    text: "Please install it this week.\n\nNobody is known to have been harmed.",
  });
  await runServiceNotices(deps);
  await noteRenewals(deps);
  await registerEmails(deps, { partner: "partner-2", origin: "api", unlimited: true }, [
    { row: 1, email: customer, consent: { version: "1", wording: "Yes, you may.", at: deps.clock() } },
  ]);
  const [licence] = await licencesOfCustomer(deps, customer);
  if (licence?.seller == null) throw new Error("a partner sold it");
  await giveMandate(deps, { email: customer, key: licence.key, partner: licence.seller.id });
  return id;
}

/** What waits for somebody: a contested decision, work, a partner's statement. */
async function begin(world: ConsoleWorld) {
  const { deps } = world;
  const notice = await tellOfCustomers(world);
  const number = { number: "A-1005", text: "It was my customer, since the fair in Vienna." };
  const { id: dispute } = await openDispute(deps, "partner-1", number);
  await writeNews(deps, { title: "Version 5 is out", text: "From Monday on.\n\nPrices stay as they are." });
  const facts = { currency: "EUR", reference: "T-481", note: "For the fair" } as const;
  const { id: adjustment } = await adjust(deps, {
    ...facts,
    partner: "partner-1",
    amountMinor: 12_500,
    kind: "bonus",
  });
  const { id: person } = await addPerson(deps, {
    mail: "zoe@partner-1.example",
    role: "owner",
    partner: "partner-1",
    addedBy: "cli:ann",
  });
  const failed = await startWork(deps, {
    kind: "replay",
    about: "deliveries-of-november.ndjson",
    run: () => Promise.reject(new Error("the file ends in the middle of a line")),
  });
  await workEnded(failed).catch(() => {});
  world.pass(20);
  const period = new Date(world.now).toISOString().slice(0, 7);
  const { statements } = await closeStatements(deps, { period, partner: "partner-1" });
  return { notice, dispute, adjustment, person, failed, statement: statements[0]?.number ?? "" };
}

/** Opens pages one after the other, each by a path or by what leads to it. */
async function walk(
  { page, complaints }: { page: Page; complaints: string[] },
  address: string,
  pages: Record<string, string>,
  look: string,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, path] of Object.entries(pages)) {
    const answer = await page.goto(`${address}${path}`);
    if (answer?.status() !== 200) problems.push(`${name}: ${answer?.status()}`);
    problems.push(...(await problemsOf(page, `${name}-${look}`)));
  }
  return [...problems, ...complaints];
}

describe.each(Object.entries(looks))("the pages about customers and what waits, %s,", (look, options) => {
  test("fit their window and hold nobody up", async () => {
    const stage = await setConsoleStage({ partners: look === "light" ? 300 : 12, days: 14 });
    const { world, address } = stage;
    const made = await begin(world);
    const console_ = await stage.open(options);
    const ofConsole = {
      "console-customers": "/console/customers",
      "console-customer-add": "/console/customers/add",
      "console-customers-import": "/console/customers/import",
      "console-customer-export": "/console/customers/export",
      "console-organisations": "/console/customers/organisations",
      "console-notices": "/console/notices",
      "console-renewal-notices": "/console/notices/renewals",
      "console-notice": `/console/notices/${made.notice}`,
      "console-notice-write": "/console/notices/write",
      "console-settings": "/console/settings",
      "console-work-list": "/console/work",
      "console-work-failed": `/console/work/${made.failed}`,
      "console-adjustment-booked": `/console/adjustments/${made.adjustment}`,
    };
    const problems = await walk(console_, address, ofConsole, look);
    const { page } = console_;
    await page.fill("input[name=note]", "Booked twice");
    await page.locator("form[action$='/reverse'] button").click();
    await page.locator("input[name=step]").waitFor({ state: "attached" });
    problems.push(...(await problemsOf(page, `console-adjustment-reverse-${look}`)));
    await page.goto(`${address}/console/disputes/${made.dispute}`);
    await page.fill("input[name=note]", "She showed the card of the fair");
    await page.locator("form[action$='/rule'] button").click();
    await page.locator("input[name=step]").waitFor({ state: "attached" });
    problems.push(...(await problemsOf(page, `console-dispute-ruling-${look}`)));
    const ofPartner = {
      "portal-full": "/portal",
      "portal-disputes": "/portal/disputes",
      "portal-dispute": `/portal/disputes/${made.dispute}`,
      "portal-dispute-open": "/portal/disputes/new",
      "portal-statements": "/portal/statements",
      "portal-statement": `/portal/statements/${made.statement}`,
      "portal-connections": "/portal/connections",
      "portal-plan-full": "/portal/plan",
    };
    const partner = await stage.openAs({ person: as.person(made.person) }, options);
    problems.push(...(await walk(partner, address, ofPartner, look)));
    const account = await stage.openAs({ customer }, options);
    const ofCustomer = { account: "/account", "account-erase": "/account/erase" };
    problems.push(...(await walk(account, address, ofCustomer, look)));
    expect(problems).toEqual([]);
  });
});

test("the pages about customers say what they will hold while they are empty", async () => {
  const stage = await setConsoleStage("empty");
  const lists = {
    "console-customers": "/console/customers",
    "console-organisations": "/console/customers/organisations",
    "console-notices": "/console/notices",
    "console-work-list": "/console/work",
  };
  const account = { account: "/account" };
  for (const [look, options] of Object.entries({
    empty: {},
    "empty-dark-phone": { ...phone, colorScheme: "dark" },
  } as const)) {
    expect(await walk(await stage.open(options), stage.address, lists, look)).toEqual([]);
    const nobody = await stage.openAs({ customer: "nobody@home.example" }, options);
    expect(await walk(nobody, stage.address, account, look)).toEqual([]);
  }
});
