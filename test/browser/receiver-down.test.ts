import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DecisionRecord } from "../../demo-app/src/receiver/admin.ts";
import { goTo, keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

describe("with the receiver down", () => {
  test("the customer still pays, the webhook waits, and the order is credited once the receiver is back", async () => {
    const { demo } = stage;
    const page = await stage.open();
    await moveTime(page, "30 days before the end");
    await goTo(page, "Behind the scenes");
    await page.getByRole("button", { name: "Stop the receiver" }).click();
    await page.getByText("The receiver is stopped").waitFor();
    await keepPicture(page, "receiver-stopped");
    expect(demo.receiver.isRunning).toBe(false);

    await goTo(page, "Acme Paint");
    await page.getByRole("button", { name: "Renew", exact: true }).click();
    await page.waitForURL(`${demo.addresses.shop}/checkout?**`);
    expect(new URL(page.url()).searchParams.get("client_reference_id")).toBeNull();
    await page.getByText("PAINT-7Q4M-2K9D-XW31").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("A. Painter");
    await page.getByLabel("E-mail, for the receipt").fill("painter@example.com");
    await page.getByRole("button", { name: "Pay €48.00" }).click();
    await page.getByRole("link", { name: "See it as the store does" }).click();
    const delivery = page.locator(".deliveries > li", { hasText: "checkout.session.completed" });
    await delivery.getByText("nobody is listening").first().waitFor();
    await keepPicture(page, "webhook-waits");

    await goTo(page, "Behind the scenes");
    await page.getByRole("button", { name: "Start the receiver" }).click();
    await page.getByRole("button", { name: "Stop the receiver" }).waitFor();
    const line = await demo.receiver.log.waitFor("order.credited");
    expect(line.fields).toMatchObject({ partner: "north-star", reason: "licence_binding", amountMinor: 800 });
    await page.goto(`${demo.addresses.shop}/orders/${String(line.fields.order)}`);
    await delivery.getByText("delivered", { exact: true }).waitFor();
    const record = await demo.admin.get<DecisionRecord>(`/v1/orders/stripe/${String(line.fields.order)}`);
    expect(record.evidence).toHaveLength(1);
    expect(stage.complaints).toEqual([]);
  });
});
