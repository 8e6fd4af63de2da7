import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { addCoupon } from "../../server/src/coupons/coupons.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { bankAnswer } from "../payouts/pain-files.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { payer } from "../payouts/payout-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { vendor } from "../statements/statement-world.ts";
import { setPeopleStage } from "./people-stage.ts";
import { keepPicture } from "./stage.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const [ann, olga, finn] = ["ann@north.example", "olga@acme.example", "finn@acme.example"] as const;
const euro = (minor: number) =>
  new Intl.NumberFormat("en-US", { style: "currency", currency: "EUR" }).format(minor / 100);

/** A channel with one partner, who has an account; two of the vendor's people; two sales of which one does not count. */
async function openChannelOfOne(bench: Bench) {
  const stage = await setPeopleStage(bench, { payouts: { payer, changedDetailsDays: 0 }, vendor });
  const { deps } = stage;
  await addPartner(deps, { id: "north", name: "North Shop", percent: 20 });
  await setAgreement(deps, "north", { sharing: "transaction", selfBilling: true });
  await setDetails(deps, "north", detailsOf("North Shop"));
  await addCoupon(deps, { partner: "north", code: "NORTH" });
  await addCoupon(deps, { partner: "north", code: "OLD", validUntil: addDays(stage.now, 1) });
  for (const [mail, role] of [
    [olga, "owner"],
    [finn, "finance"],
  ] as const)
    await addPerson(deps, { mail, role, addedBy: "cli:test" });
  stage.pass(2);
  await sell(stage, "A-1", "NORTH");
  await sell(stage, "A-2", "OLD");
  return stage;
}

type Stage = Awaited<ReturnType<typeof openChannelOfOne>>;

async function sell({ own, now }: Stage, order: string, coupon: string): Promise<void> {
  const paidAt = new Date(now).toISOString();
  const line = { product: "acme-paint", quantity: 1, netMinor: 10_000, taxMinor: 1_900, period: "P1Y" };
  const data = { order, cycle: "new", product: "acme-paint", lines: [line], currency: "EUR", paidAt, coupon };
  const { code } = await own({ type: "purchase.completed", timestamp: paidAt, data });
  expect(code).toBe(200);
}

/** Sends the form on the page that has a button of this text, and waits for the page that follows. */
async function press(page: Page, label: string): Promise<void> {
  await Promise.all([
    page.waitForNavigation(),
    page.getByRole("button", { name: label, exact: true }).click(),
  ]);
}

async function inviteAnn(stage: Stage, page: Page): Promise<void> {
  await stage.signIn(page, olga, "/console/people/add");
  await page.fill("input[name=mail]", ann);
  await page.fill("input[name=partner]", "north");
  await page.selectOption("select[name=role]", "owner");
  await press(page, "Invite");
  expect(await page.locator("main").innerText()).toContain("The invitation is on its way");
}

/** On a phone: why an order does not count, and that it should. Gives the page of what she contests. */
async function contest(stage: Stage, page: Page): Promise<void> {
  const [invitation] = await stage.mailTo(ann);
  expect(invitation?.subject).toContain("You are invited");
  await stage.signIn(page, ann, "/portal/why");
  await page.fill("input[name=q]", "A-2");
  await press(page, "Find out");
  const answer = page.locator("[role=status]");
  expect(await answer.innerText()).toContain("the coupon had expired");
  await page.locator("input[name=day]").fill(new Date(stage.now).toISOString().slice(0, 10));
  await press(page, "Show them");
  await keepPicture(page, "portal-why-day-phone");
  const day = await page.locator("main").innerText();
  expect(day).toContain("A-1");
  expect(day).toMatch(/Did not count[\s\S]*A-2[\s\S]*the coupon had expired/);
  await page.getByRole("link", { name: "This order should count for me" }).click();
  await page.fill("input[name=number]", "A-2");
  await page.fill("textarea[name=text]", "The customer had the card from our fair.");
  await press(page, "Send");
  expect(await page.locator("main").innerText()).toContain("waits for the vendor");
}

async function ruleForHer(stage: Stage, page: Page): Promise<void> {
  await page.goto(`${stage.address}/console/disputes`);
  await page.locator('main a[href^="/console/disputes/dp_"]').first().click();
  await page.waitForURL(/\/console\/disputes\/dp_/);
  await page.check("input[name=to][value=partner]");
  await page.fill("input[name=note]", "The card was handed out at the fair");
  await page.fill("textarea[name=answer]", "You are right: it counts.");
  await press(page, "See what would come of it");
  await press(page, "Rule so");
  expect(await page.locator("main").innerText()).toContain("The ruling stands");
}

/** The period becomes a document in her name, by the vendor; she accepts it. Gives what it says is payable. */
async function closeAndAccept(stage: Stage, vendorPage: Page, portal: Page): Promise<string> {
  stage.pass(35);
  await releaseDue(stage.deps);
  await stage.signIn(vendorPage, finn, "/console/statements/close");
  await vendorPage.fill("input[name=period]", new Date(stage.now).toISOString().slice(0, 7));
  await press(vendorPage, "See what would come of it");
  await press(vendorPage, "Make the statements");
  expect(await vendorPage.locator("main").innerText()).toContain("To be accepted");
  await stage.signIn(portal, ann, "/portal");
  await portal.getByRole("link", { name: "Open it" }).click();
  await portal.waitForURL(/\/portal\/statements\//);
  await press(portal, "Accept");
  expect(await portal.locator("main").innerText()).toContain("accepted");
  const mails = await stage.mailTo(ann);
  const [balance] = await readBalances(stage.deps, { partner: "north" });
  const payable = euro(balance?.payableMinor ?? 0);
  const told = mails.find(({ subject }) => subject?.startsWith("Your statement"));
  expect(told?.text ?? "").toContain(`It closes with ${payable}.`);
  return payable;
}

/** Finn proposes, Olga approves, Finn takes the file to the bank and brings its answer back. */
async function payOut(
  stage: Stage,
  { finnPage, olgaPage }: { finnPage: Page; olgaPage: Page },
  payable: string,
) {
  await stage.signIn(finnPage, finn, "/console/payouts/propose");
  await press(finnPage, "See what would come of it");
  expect(await finnPage.locator("main").innerText()).toContain(payable);
  await press(finnPage, "Propose them");
  await finnPage.locator('main a[href^="/console/payouts/po_"]').first().click();
  await finnPage.waitForURL(/\/console\/payouts\/po_/);
  expect(await finnPage.locator("main").innerText()).toContain("another person has to approve it");
  const path = new URL(finnPage.url()).pathname;
  await stage.signIn(olgaPage, olga, path);
  await press(olgaPage, "Approve the payout");
  await finnPage.reload();
  const [download] = await Promise.all([
    finnPage.waitForEvent("download"),
    finnPage.getByRole("button", { name: "Get the file" }).click(),
  ]);
  const xml = await readFile(await download.path(), "utf8");
  const only = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? "";
  await finnPage.goto(`${stage.address}${path}`);
  await keepPicture(finnPage, "console-payout-exported");
  const answer = bankAnswer(only("MsgId"), [{ id: only("EndToEndId"), status: "ACSC" }], {
    information: { id: only("PmtInfId") },
  });
  await finnPage.setInputFiles("input[name=file]", {
    name: "answer.xml",
    mimeType: "application/xml",
    buffer: Buffer.from(answer),
  });
  await press(finnPage, "Read the answer");
  expect(await finnPage.locator("main").innerText()).toMatch(/Paid\s+1/);
}

onEveryEngine("a channel from the invitation to the money", (bench) => {
  it("is played by people in browsers, and mail, portal and ledger agree to the cent", async () => {
    const stage = await openChannelOfOne(bench);
    const [olgaPage, finnPage, portal] = [await stage.open(), await stage.open(), await stage.open(phone)];
    await inviteAnn(stage, olgaPage);
    await contest(stage, portal);
    await ruleForHer(stage, olgaPage);
    expect(await stage.explain("A-2", "own")).toMatchObject({ partner: "north", reason: "ruling" });
    const payable = await closeAndAccept(stage, finnPage, portal);
    await payOut(stage, { finnPage, olgaPage }, payable);
    const [balance] = await readBalances(stage.deps, { partner: "north" });
    expect(balance).toMatchObject({ payableMinor: 0, heldMinor: 0 });
    expect(euro(balance?.paidMinor ?? 0)).toBe(payable);
    await portal.goto(`${stage.address}/portal`);
    const figures = await portal.locator(".tile .figure").allInnerTexts();
    expect(figures).toEqual([payable, euro(0), euro(0), payable]);
    await portal.goto(`${stage.address}/portal/payouts`);
    expect(await portal.locator("main").innerText()).toContain(payable);
    const sent = (await stage.mailTo(ann)).map(({ subject }) => subject);
    expect(sent).toContain(`${payable} is on its way to you`);
    expect(sent).toContain("Order A-2: what you contested has an answer");
    await stage.expectSoundLedger();
  });
});
