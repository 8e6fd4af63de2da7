import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Balance, DecisionRecord } from "../../demo-app/src/receiver/admin.ts";
import { tallystick } from "../../demo-app/src/receiver/command-line.ts";
import { goTo, keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const balances = () => stage.demo.admin.get<Balance[]>("/v1/ledger/balances");

describe("the journey by clicking", () => {
  test("a click on Renew ends as a credit in the ledger, and a partial refund takes back its part", async () => {
    const { demo } = stage;
    const page = await stage.open();
    await moveTime(page, "30 days before the end");
    await page.getByRole("region", { name: "Your licence ends in 30 days" }).waitFor();
    await keepPicture(page, "prompt");

    await page.getByRole("button", { name: "Renew", exact: true }).click();
    await page.waitForURL(`${demo.addresses.shop}/checkout?**`);
    expect(new URL(page.url()).searchParams.get("client_reference_id")).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(await page.getByLabel("E-mail, for the receipt").inputValue()).toBe("painter@example.com");
    await keepPicture(page, "checkout");

    await page.getByLabel("Name", { exact: true }).fill("A. Painter");
    await page.getByRole("button", { name: "Pay €48.00" }).click();
    await page.getByRole("heading", { name: "Thank you, A. Painter." }).waitFor();
    await keepPicture(page, "receipt");

    const line = await demo.receiver.log.waitFor("order.credited");
    const order = String(line.fields.order);
    expect(line.fields).toMatchObject({
      partner: "north-star",
      evidence: "token",
      amountMinor: 800,
      currency: "EUR",
    });
    expect(await balances()).toMatchObject([{ partner: "north-star", heldMinor: 800, payableMinor: 0 }]);

    await page.getByRole("link", { name: "See it as the store does" }).click();
    await page.getByText("checkout.session.completed").waitFor();
    await page.getByLabel(/^Amount to give back/).fill("24,00");
    await page.getByRole("button", { name: "Refund", exact: true }).click();
    await demo.receiver.log.waitFor("order.reversed");
    await page.locator("li", { hasText: "charge.refunded" }).getByText("delivered").waitFor();
    await keepPicture(page, "order");
    expect(await balances()).toMatchObject([{ heldMinor: 400 }]);

    await page.getByRole("link", { name: "Who is credited?" }).click();
    await page
      .getByRole("heading", { name: /North Star Software earns €8.00.*€4.00 of it was taken back/ })
      .waitFor();
    await keepPicture(page, "behind-the-scenes");

    await goTo(page, "Acme Paint");
    await page.getByRole("status").getByText("Thank you! Your licence now runs until").waitFor();
    expect(await page.getByRole("region", { name: /^Your licence/ }).count()).toBe(0);
    await keepPicture(page, "thanks");

    const record = await demo.admin.get<DecisionRecord>(`/v1/orders/stripe/${order}`);
    expect(record).toMatchObject({ outcome: "credited", partner: "north-star" });
    const report = await tallystick<{ ok: boolean; failures: string[] }>(demo.setting, "ledger", "verify");
    expect(report).toMatchObject({ ok: true, failures: [] });
    expect(stage.complaints).toEqual([]);
  });

  test("a second press of the pay button is the same order", async () => {
    const page = await stage.open();
    const before = stage.demo.shop.orders.list().length;
    await page.goto(`${stage.demo.addresses.shop}/checkout`);
    await page.getByLabel("Name", { exact: true }).fill("A. Painter");
    await page.getByLabel("E-mail, for the receipt").fill("painter@example.com");
    await page.getByRole("button", { name: /^Pay/ }).dblclick();
    await page.getByRole("heading", { name: "Thank you, A. Painter." }).waitFor();
    expect(stage.demo.shop.orders.list().length).toBe(before + 1);
  });

  test("a form with a mistake comes back with the field named and nothing lost", async () => {
    const page = await stage.open();
    await page.goto(`${stage.demo.addresses.shop}/checkout?licence=L-1&client_reference_id=abc`);
    await page.getByLabel("Two years").check();
    await page.getByLabel("E-mail, for the receipt").fill("not an address");
    await page.getByRole("button", { name: "Pay €86.40" }).click();
    await page.getByRole("alert").waitFor();
    const email = page.getByLabel("E-mail, for the receipt");
    expect(await email.getAttribute("aria-invalid")).toBe("true");
    expect(await email.inputValue()).toBe("not an address");
    expect(await page.getByLabel("Two years").isChecked()).toBe(true);
    expect(await page.locator("input[name=reference]").inputValue()).toBe("abc");
    await keepPicture(page, "checkout-problems");
  });
});
