import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faintTexts } from "./contrast.ts";
import { goTo, keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

describe("a copy that is sold in another way", () => {
  test("by voucher and renewed at Paddle is credited by voucher, and a refund takes back its part", async () => {
    const { demo } = stage;
    const page = await stage.open();
    await goTo(page, "Sell a copy");
    await page.getByRole("radio", { name: "Voucher" }).check();
    await keepPicture(page, "sell-chosen");
    await page.getByRole("button", { name: "Sell and install" }).click();
    await page.getByRole("region", { name: "Sold: voucher" }).waitFor();
    expect(await page.getByRole("radio", { name: "Voucher" }).isChecked()).toBe(true);
    await keepPicture(page, "sell-sold");

    await page.getByRole("link", { name: "Open Acme Paint" }).click();
    const code = page.getByLabel("Voucher code or serial");
    const printed = await code.inputValue();
    expect(printed).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    await code.fill("0000-0000-0000-0000-0000");
    await page.getByRole("button", { name: "Activate" }).click();
    await page.getByRole("alert").getByText("We do not know this code").waitFor();
    await keepPicture(page, "activate-problem");
    await code.fill(printed.toLowerCase());
    await page.getByRole("button", { name: "Activate" }).click();
    await page
      .getByRole("region", { name: /^Licence/ })
      .getByText("North Star Software")
      .waitFor();
    await keepPicture(page, "activated");

    await moveTime(page, "30 days before the end");
    await page.getByRole("button", { name: "Renew", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("A. Painter");
    await page.getByLabel("The shop speaks as").selectOption("Paddle");
    await keepPicture(page, "checkout-paddle");
    await page.getByRole("button", { name: "Pay €48.00" }).click();
    await page.getByRole("heading", { name: "Thank you, A. Painter." }).waitFor();
    const line = await demo.receiver.log.waitFor("order.credited");
    expect(line.fields).toMatchObject({ shop: "paddle", evidence: "voucher", partner: "north-star" });

    await page.getByRole("link", { name: "See it as the store does" }).click();
    await page.getByText("transaction.completed").waitFor();
    await page.getByRole("button", { name: "Refund", exact: true }).click();
    expect((await demo.receiver.log.waitFor("order.reversed")).fields).toMatchObject({ amountMinor: 400 });
    await page.getByText("adjustment.updated").waitFor();
    await keepPicture(page, "order-paddle");
    await page.getByRole("link", { name: "Who is credited?" }).click();
    await page.getByText("A voucher card, bound to the licence at the first start").waitFor();
    await keepPicture(page, "behind-the-scenes-voucher");
    expect(stage.complaints).toEqual([]);
  });

  test("is chosen by keyboard alone, and each choice is read with its sentence", async () => {
    const page = await stage.open();
    await page.goto(`${stage.demo.addresses.product}/sell`);
    const chosen = page.locator("input[name=way]:checked");
    await chosen.focus();
    await page.keyboard.press("Home");
    await page.getByRole("radio", { name: "File on the medium" }).focus();
    await page.keyboard.press("ArrowDown");
    expect(await chosen.inputValue()).toBe("installer");
    const about = await chosen.getAttribute("aria-describedby");
    expect(await page.locator(`#${about}`).textContent()).toContain("while a customer downloads it");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Sold: stamped installer" }).waitFor();
    await page.getByRole("link", { name: "Open Acme Paint" }).click();
    await page
      .getByRole("region", { name: /^Licence/ })
      .getByText("North Star Software")
      .waitFor();
  });

  test.each(["light", "dark"] as const)("stands on a phone, %s", async (colorScheme) => {
    const page = await stage.open({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      isMobile: true,
      hasTouch: true,
      colorScheme,
    });
    await page.goto(`${stage.demo.addresses.product}/sell`);
    await page.getByRole("radio", { name: "Serial number" }).check();
    await page.getByRole("button", { name: "Sell and install" }).click();
    await page.getByRole("region", { name: "Sold: serial number" }).waitFor();
    await keepPicture(page, `sell-sold-phone-${colorScheme}`);
    expect(await faintTexts(page)).toEqual([]);
    await page.getByRole("link", { name: "Open Acme Paint" }).click();
    await page.getByRole("button", { name: "Activate" }).waitFor();
    await keepPicture(page, `activate-phone-${colorScheme}`);
    expect(await faintTexts(page)).toEqual([]);
    expect(
      await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      ),
    ).toBe(0);
  });

  test("is refused plainly while the receiver is down", async () => {
    const page = await stage.open();
    await stage.demo.receiver.stop();
    await page.goto(`${stage.demo.addresses.product}/sell`);
    await page.getByRole("radio", { name: "Stamped installer" }).check();
    await page.getByRole("button", { name: "Sell and install" }).click();
    await page.getByRole("alert").getByText("the receiver does not answer").waitFor();
    await keepPicture(page, "sell-problem");
    await stage.demo.receiver.start();
    await page.getByRole("radio", { name: "Stamped installer" }).check();
    await page.getByRole("button", { name: "Sell and install" }).click();
    await page.getByRole("region", { name: "Sold: stamped installer" }).waitFor();
  });
});
