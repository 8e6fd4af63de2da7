import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Balance } from "../../demo-app/src/receiver/admin.ts";
import { tallystick } from "../../demo-app/src/receiver/command-line.ts";
import { moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await setStage();
  page = await stage.open();
  await moveTime(page, "30 days before the end");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("A. Painter");
  await page.getByRole("button", { name: "Pay €48.00" }).click();
  await stage.demo.receiver.log.waitFor("order.credited");
  await page.getByRole("link", { name: "See it as the store does" }).click();
});
afterAll(() => stage?.close());

const heldMinor = async () => (await stage.demo.admin.get<Balance[]>("/v1/ledger/balances"))[0]?.heldMinor;

describe("after the sale, at the merchant's order page", () => {
  test("a webhook that is sent again is a duplicate and credits nothing", async () => {
    const delivery = page.locator(".deliveries > li", { hasText: "checkout.session.completed" });
    await delivery.getByRole("button", { name: "Send again" }).click();
    await stage.demo.receiver.log.waitFor("webhook.duplicate");
    expect(await heldMinor()).toBe(800);
  });

  test("a dispute takes the credit back, and gives it again when it is won", async () => {
    await page.getByRole("button", { name: "The bank disputes it" }).click();
    await expect.poll(heldMinor).toBe(0);
    await page.getByRole("button", { name: "Dispute won" }).click();
    await expect.poll(heldMinor).toBe(800);
    await page.getByText("The bank’s dispute was won.").waitFor();
    const report = await tallystick<{ ok: boolean }>(stage.demo.setting, "ledger", "verify");
    expect(report.ok).toBe(true);
  });
});
