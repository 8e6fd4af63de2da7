import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const mostStops = 60;

/** Presses Tab until the named element has the focus, as a person would who cannot use a mouse. */
async function tabTo(
  page: Page,
  role: "button" | "textbox" | "application" | "radio",
  name: string | RegExp,
) {
  const wanted = page.getByRole(role, { name }).first();
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element.matches(":focus"))) return;
  }
  throw new Error(`${role} ${name} was not reached by ${mostStops} presses of Tab`);
}

describe("with the keyboard alone", () => {
  test("a customer renews", async () => {
    const page = await stage.open();
    await moveTime(page, "30 days before the end");
    await page.reload();
    await tabTo(page, "button", /^Renew$/);
    await keepPicture(page, "keyboard-focus");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/checkout?**");
    await tabTo(page, "radio", /One year/);
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "textbox", "Name");
    await page.keyboard.type("A. Painter");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you, A. Painter." }).waitFor();
    const line = await stage.demo.receiver.log.waitFor("order.credited");
    expect(line.fields.amountMinor).toBe(1440);
  });

  test("a customer paints, and undoes it", async () => {
    const page = await stage.open();
    const picture = () => page.evaluate<string>("document.querySelector('#picture').toDataURL()");
    const before = await picture();
    await tabTo(page, "application", "Picture");
    await page.keyboard.press("Space");
    for (let step = 0; step < 8; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    expect(await picture()).not.toBe(before);
    await page.keyboard.press("Control+z");
    expect(await picture()).toBe(before);
    expect(stage.complaints).toEqual([]);
  });
});
