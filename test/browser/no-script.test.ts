import { expect, test } from "vitest";
import { listDisputes } from "../../server/src/disputes/open-dispute.ts";
import { setConsoleStage } from "./console-stage.ts";
import { setPortalStage } from "./portal-stage.ts";

const noScript = { javaScriptEnabled: false } as const;
const mail = "ann@north.example";

test("with scripts off a partner signs in by code, finds that an order does not count, and contests it", async () => {
  const stage = await setPortalStage();
  await stage.fill(2);
  await stage.invite(mail);
  const page = await stage.open(noScript);
  await page.goto(`${stage.address}/portal`);
  await page.fill("input[name=mail]", mail);
  await page.click("main button");
  await page.waitForURL(/\/sign-in\/code/);
  await page.fill("input[name=code]", await stage.codeOf(mail));
  await page.click("main button");
  await page.waitForURL(/\/portal$/);
  await page.getByRole("navigation").getByRole("link", { name: /^Why/ }).click();
  await page.fill("input[name=q]", "B-9999");
  await page.getByLabel("Order number or serial number").press("Enter");
  await page.getByRole("link", { name: /^This order should count for me/ }).click();
  await page.getByLabel("Order number").fill("B-9999");
  await page.getByLabel("What you want to say").fill("She bought from me at the fair.");
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByText("She bought from me at the fair.").waitFor();
  const [dispute] = (await listDisputes(stage.deps)).disputes;
  expect(dispute).toMatchObject({ partner: "north", state: "open" });
});

test("with scripts off the mailed link signs in by the button of its page, and signing out ends it", async () => {
  const stage = await setPortalStage();
  await stage.invite(mail);
  const page = await stage.open(noScript);
  await page.goto(`${stage.address}/portal`);
  await page.fill("input[name=mail]", mail);
  await page.click("main button");
  await page.waitForURL(/\/sign-in\/code/);
  await page.goto(`${stage.address}${await stage.linkOf(mail)}`);
  await page.click("main button");
  await page.waitForURL(/\/portal$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${stage.address}/portal`);
  await page.waitForURL(/\/sign-in/);
});

test("with scripts off a held order is found, ruled on after a look at what comes of it, and seen in the books", async () => {
  const stage = await setConsoleStage({ partners: 8 });
  const { page } = await stage.open(noScript, "channel");
  await page.goto(`${stage.address}/console`);
  await page
    .getByRole("navigation")
    .getByRole("link", { name: /^Held orders/ })
    .click();
  const held = page.getByRole("link", { name: /^A-1\d+$/ }).first();
  const order = await held.innerText();
  await held.click();
  await page.getByRole("link", { name: "Rule on it" }).click();
  await page.getByLabel("Note").fill("North sold it at the fair");
  await page.getByLabel("Note").press("Enter");
  await page.getByRole("button", { name: "Rule so" }).click();
  await page.getByRole("status").filter({ hasText: "The ruling stands" }).waitFor();
  expect(await stage.world.explain(order, "own")).toMatchObject({ outcome: "credited", reason: "ruling" });
});
