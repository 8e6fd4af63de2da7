import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openCourier } from "../../server/src/mail/courier.ts";
import { sendDueMail } from "../../server/src/mail/send-due.ts";
import { tellNotices } from "../../server/src/mail/tell-notices.ts";
import { isBuyer } from "../../server/src/persons/rows/persons.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { signInGates } from "../../server/src/sign-in/gates.ts";
import { openJourney } from "../journey/journey.ts";
import { adminToken } from "../journey/receiver-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { serveToBrowser } from "./serve-to-browser.ts";

/** A receiver on loopback that mails into a folder, and a browser for everybody in the story. It closes with the test. */
export async function setPeopleStage(bench: Bench, config: Record<string, unknown>) {
  const world = await openJourney(bench, { issuer: "http://127.0.0.1:1", ...config });
  const folder = join(world.folder, "mail");
  await mkdir(folder, { recursive: true });
  const mail = { from: "partners@acme.example", folder };
  const deps = { ...world.deps, config: { ...world.deps.config, mail } };
  const app = createApp(deps, { shops: new Map(), adminToken });
  const { address, browser } = await serveToBrowser({ app, deps });
  const { issuer, brand } = deps.config;
  const courier = await openCourier({ config: mail, issuer, brand });
  /** All mail that an address has got, the oldest first. */
  const mailTo = async (to: string): Promise<ParsedMail[]> => {
    await tellNotices(deps);
    await sendDueMail(deps, { courier, gates: signInGates(isBuyer) });
    const names = (await readdir(folder)).sort();
    const all = await Promise.all(
      names.map(async (name) => simpleParser(await readFile(join(folder, name)))),
    );
    return all.filter((one) => [one.to].flat()[0]?.text === to);
  };
  const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    context.setDefaultTimeout(300_000);
    return context.newPage();
  };
  /** Signs in as a person does: address, code from the mail, and the page that was asked for. */
  const signIn = async (page: Page, to: string, path: string): Promise<void> => {
    await page.goto(`${address}/sign-in?to=${encodeURIComponent(path)}&again=1`);
    await page.fill("input[name=mail]", to);
    await page.click("main button");
    await page.waitForURL(/\/sign-in\/code/);
    const codes = (await mailTo(to)).flatMap(
      ({ text }) => /^ {4}(\d{4} \d{4})$/m.exec(text ?? "")?.[1] ?? [],
    );
    await page.fill("input[name=code]", codes.at(-1) ?? "");
    await page.click("main button");
    await page.waitForURL(`${address}${path}`);
  };
  return Object.assign(world, { deps, address, open, signIn, mailTo });
}
