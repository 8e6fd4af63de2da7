import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import type { BrowserContextOptions, Page } from "playwright-core";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { openCourier } from "../../server/src/mail/courier.ts";
import { sendDueMail } from "../../server/src/mail/send-due.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { isBuyer } from "../../server/src/persons/rows/persons.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { signInGates } from "../../server/src/sign-in/gates.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

const unused = () => Promise.reject(new Error("this test opens its database itself"));

/** A receiver on loopback with a partner who sold for a year, a mail folder, and a browser. It closes with the test. */
export async function setPortalStage() {
  const world = await openChannel({ engine: "sqlite", database: unused, open: unused });
  const folder = await mkdtemp(join(tmpdir(), "tallystick-portal-"));
  const issuer = "http://127.0.0.1:1";
  const config = { ...world.deps.config, issuer, mail: { from: "partners@acme.example", folder } };
  const deps = { ...world.deps, config };
  const app = createApp(deps, { shops: new Map(), adminToken });
  const { address, browser } = await serveToBrowser({ app, deps });
  await setAgreement(deps, "north", { sharing: "transaction", since: world.start });
  await addCoupon(deps, { code: "NORTH10", partner: "north" });
  await registerDeal(deps, { partner: "north", customer: "tulip.example" });
  await writeNews(deps, { title: "Version 5 is out", text: "From Monday on.\n\nPrices stay as they are." });
  await setPartnerWebhook(deps, { partner: "north", url: "https://north.example/hook" });
  const courier = await openCourier({ config: config.mail, issuer, brand: config.brand });
  const flush = async () => {
    await tellNotices(deps);
    await sendDueMail(deps, { courier, gates: signInGates(isBuyer) });
  };
  /** Sells so many copies, two days apart. */
  const fill = async (count: number) => {
    for (let at = 0; at < count; at++) {
      await world.sell(`A-${1001 + at}`, addDays(world.start, at * 2), { licence: `LIC-${at}` });
      world.journey.pass(2);
    }
    await world.refund("A-1001", 5, { amountMinor: 4_000 });
  };
  /** What the pattern finds in the newest mail to an address that has it. */
  const fromMail = async (mail: string, pattern: RegExp): Promise<string> => {
    await flush();
    const all = await Promise.all(
      (await readdir(folder)).sort().map(async (name) => simpleParser(await readFile(join(folder, name)))),
    );
    const own = all.filter(({ to, text }) => [to].flat()[0]?.text === mail && pattern.test(text ?? ""));
    return pattern.exec(own.at(-1)?.text ?? "")?.[1] ?? "";
  };
  return {
    ...world,
    deps,
    address,
    fill,
    codeOf: (mail: string) => fromMail(mail, /^ {4}(\d{4} \d{4})$/m),
    /** The path that the newest link to sign in has. */
    linkOf: (mail: string) => fromMail(mail, /(\/sign-in\/link\?\S+)/),
    invite: (mail: string, role = "owner") =>
      addPerson(deps, { mail, role, partner: "north", addedBy: "cli:test" }),
    open: async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
      context.setDefaultTimeout(300_000);
      return context.newPage();
    },
  };
}
