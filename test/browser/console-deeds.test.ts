import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, test } from "vitest";
import { adjust } from "../../server/src/adjustments/adjust.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import { listDeals } from "../../server/src/deals/deals.ts";
import { registerDeal } from "../../server/src/deals/register-deal.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { openDispute } from "../../server/src/disputes/open-dispute.ts";
import { writeNews } from "../../server/src/news/news.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { setDetails } from "../../server/src/partner-details/details.ts";
import { approvePayout } from "../../server/src/payouts/change-batch.ts";
import { exportPayout } from "../../server/src/payouts/export.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { closeStatements } from "../../server/src/statements/close-statements.ts";
import { startWork, workEnded } from "../../server/src/work/work.ts";
import type { ConsoleWorld } from "../console/console-world.ts";
import { detailsOf } from "../payouts/payout-details.ts";
import { findBarriers } from "./axe.ts";
import { setConsoleStage } from "./console-stage.ts";
import { faintTexts } from "./contrast.ts";
import { keepPicture } from "./stage.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Both schemes, widths and directions, in three languages; the other pages of the console are walked in more. */
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  "german-phone-dark": { ...phone, locale: "de-DE", colorScheme: "dark" },
  "arabic-phone": { ...phone, locale: "ar" },
};

/** Forms that ask for something, beside those of what was begun. */
const formPaths = [
  "/console/coupons/add",
  "/console/tokens/issue",
  "/console/tokens/verify",
  "/console/serials/import",
  "/console/serials/boxes-26/assign",
  "/console/serials/boxes-26/revoke",
  "/console/vouchers/issue",
  "/console/vouchers/revoke",
  "/console/addresses/import",
  "/console/addresses/erase",
  "/console/customers/erase",
  "/console/import",
  "/console/work/verify",
  "/console/work/release",
  "/console/shops/replay",
  "/console/shops/own/reconcile",
  "/console/keys/rotate",
  "/console/mail/test",
  "/console/deals/register",
  "/console/disputes/open",
  "/console/partners/partner-1/keys/issue",
  "/console/partners/partner-1/form-link",
  "/console/partners/partner-1/webhook/set",
  "/console/partners/partner-2/suspend",
  "/console/partners/partner-2/merge",
  "/console/partners/partner-1/details/set",
];

/** What people do in the console, begun: a deal, a contested decision, a payout at the bank, a statement, news. */
async function begin(world: ConsoleWorld): Promise<Record<string, string>> {
  const { deps } = world;
  const by = <T>(actor: string, work: () => Promise<T>) =>
    asDeed({ actor, action: "test", subject: undefined }, work);
  await setAgreement(deps, "partner-2", { sharing: "transaction", note: "As agreed at the fair" });
  await registerDeal(deps, { partner: "partner-1", customer: "tulip.example" });
  await registerDeal(deps, { partner: "partner-2", customer: "tulip.example" });
  const { id: dispute } = await openDispute(deps, "partner-3", {
    number: "A-1005",
    text: "It was my customer.",
  });
  const facts = { currency: "EUR", reference: "T-481", note: "Paid twice in October" } as const;
  const adjustment = await adjust(deps, {
    ...facts,
    partner: "partner-1",
    amountMinor: -1_250,
    kind: "adjustment",
  });
  await writeNews(deps, { title: "Version 5 is out", text: "From Monday on.\n\nPrices stay as they are." });
  await addPerson(deps, {
    mail: "zoe@partner-1.example",
    role: "owner",
    partner: "partner-1",
    addedBy: "cli:ann",
  });
  for (const id of ["partner-1", "partner-2", "partner-4"]) await setDetails(deps, id, detailsOf(id));
  world.pass(20);
  await closeStatements(deps, { period: new Date(world.now).toISOString().slice(0, 7) });
  const blocks = { ...deps, blocks: [] };
  const { batches } = await by("cli:ann", () => proposePayouts(blocks, {}));
  const payout = batches[0]?.id ?? "";
  await by("cli:ben", () => approvePayout(blocks, payout));
  await by("cli:ben", () => exportPayout(blocks, payout, { format: "csv" }));
  const [deal] = (await listDeals(deps)).deals;
  const verified = await startWork(deps, { kind: "verify", run: () => verifyLedger(deps) });
  await workEnded(verified);
  const forms = Object.fromEntries(
    formPaths.map((path) => [`form-${path.replace(/^\/console\//, "").replaceAll("/", "-")}`, path]),
  );
  return {
    ...forms,
    "work-done": `/console/work/${verified}`,
    deals: "/console/deals",
    deal: `/console/deals/${deal?.deal}`,
    dispute: `/console/disputes/${dispute}`,
    "disputes-rule": "/console/disputes/rule",
    adjustments: "/console/adjustments",
    adjustment: `/console/adjustments/${adjustment.id}`,
    "adjustment-new": "/console/adjustments/new",
    news: "/console/news",
    "news-write": "/console/news/write",
    mail: "/console/mail?state=pending",
    people: "/console/people",
    "person-add": "/console/people/add",
    "payout-propose": "/console/payouts/propose",
    payout: `/console/payouts/${payout}`,
    statements: "/console/statements",
    "statements-close": "/console/statements/close",
    "partner-add": "/console/partners/add",
    "partner-edit": "/console/partners/partner-1/edit",
    agreement: "/console/partners/partner-2/agreement",
    "partner-end": "/console/partners/partner-2/end",
  };
}

describe.each(Object.entries(looks))("what people do in the console, %s,", (look, options) => {
  test("fits its window and holds nobody up", async () => {
    const stage = await setConsoleStage({ partners: 8, days: 12 });
    const pages = await begin(stage.world);
    const { page, complaints } = await stage.open(options);
    const problems: string[] = [];
    for (const [name, path] of Object.entries(pages)) {
      const answer = await page.goto(`${stage.address}${path}`);
      await keepPicture(page, `console-${name}-${look}`);
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      problems.push(
        ...(answer?.status() === 200 ? [] : [`${name}: ${answer?.status()}`]),
        ...(await findBarriers(page)).map((one) => `${name}: ${one}`),
        ...(await faintTexts(page)).map((one) => `${name}: faint ${one}`),
        ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
      );
    }
    expect([...problems, ...complaints]).toEqual([]);
  });
});

test("a plan is simulated before it is kept, and what differs is seen", async () => {
  const stage = await setConsoleStage({ partners: 8, days: 12 });
  const { page } = await stage.open();
  await page.goto(`${stage.address}/console/plans/edit?from=resellers&view=text`);
  const text = await page.inputValue("textarea");
  await page.fill("textarea", text.replaceAll("2500", "2700"));
  await page.getByRole("button", { name: "Check and compare" }).click();
  await page.getByText("What it would have paid").waitFor();
  await keepPicture(page, "console-plan-simulated-light");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByText("The difference as text").click();
  expect(await page.locator("pre").innerText()).toContain('"rateBp": 2700');
});
