import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTo, keepPicture, moveTime, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const promptIn = (page: Page) => page.getByRole("region", { name: /^Your licence ends/ });
const focused = (page: Page) =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    return at?.shadowRoot?.activeElement?.className || at?.id || at?.tagName;
  })()`);
const said = (page: Page, text: string) => page.locator("#prompt").getByRole("status").getByText(text);
const picture = (page: Page) => page.evaluate<string>("document.querySelector('#picture').toDataURL()");

async function openAtPrompt(): Promise<Page> {
  const page = await stage.open();
  await moveTime(page, "Today");
  await moveTime(page, "30 days before the end");
  await promptIn(page).waitFor();
  return page;
}

describe("the renewal prompt", () => {
  test("stands beside the picture, takes no focus and names the shop the copy came from", async () => {
    await openAtPrompt();
    const page = await stage.open();
    await promptIn(page).waitFor();
    expect(await focused(page)).toBe("BODY");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await promptIn(page).textContent()).toContain("North Star Software");
    const [prompt, sheet] = [
      await promptIn(page).boundingBox(),
      await page.locator("#picture").boundingBox(),
    ];
    expect(prompt?.x).toBeGreaterThan((sheet?.x ?? 0) + (sheet?.width ?? 0));
    await said(page, "Your licence ends in 30 days").waitFor({ state: "attached" });
  });

  test("is gone after a snooze, and comes back a day later", async () => {
    const page = await openAtPrompt();
    await promptIn(page).getByRole("button", { name: "Tomorrow" }).click();
    await promptIn(page).waitFor({ state: "detached" });
    await said(page, "The next reminder comes on").waitFor();
    expect(await focused(page)).toContain("said");
    await keepPicture(page, "snoozed");
    await page.reload();
    expect(await promptIn(page).count()).toBe(0);
    await moveTime(page, "A day later");
    await promptIn(page).waitFor();
  });

  test("does not come back a day later when it was put off for three", async () => {
    const page = await openAtPrompt();
    await promptIn(page).getByRole("button", { name: "In 3 days" }).click();
    await promptIn(page).waitFor({ state: "detached" });
    await moveTime(page, "A day later");
    expect(await promptIn(page).count()).toBe(0);
    await page.getByRole("button", { name: "Renew Acme Paint" }).waitFor();
  });

  test("takes no for an answer until the licence has a new term, and can be renewed all the same", async () => {
    const page = await openAtPrompt();
    await promptIn(page).getByRole("button", { name: "Do not remind me again" }).click();
    await said(page, "You will not be reminded of this licence again.").waitFor();
    await keepPicture(page, "declined");
    for (const moment of ["A day later", "3 days before", "In grace"]) {
      await moveTime(page, moment);
      expect(await page.getByRole("region", { name: /^Your licence e/ }).count()).toBe(0);
      await page.getByRole("button", { name: "Renew Acme Paint" }).waitFor();
    }
  });

  test("speaks the customer's language, Arabic from right to left", async () => {
    await openAtPrompt();
    const page = await stage.open({ locale: "ar" });
    const region = page.getByRole("region", { name: "تنتهي رخصتك خلال 30 يومًا" });
    await region.waitFor();
    expect(await region.getAttribute("dir")).toBe("rtl");
    const [first, last] = [
      region.getByRole("button", { name: "غدًا" }),
      region.getByRole("button", { name: "بعد 3 أيام" }),
    ];
    expect((await first.boundingBox())?.x).toBeGreaterThan((await last.boundingBox())?.x ?? Infinity);
    await keepPicture(page, "prompt-arabic");
    await first.click();
    await said(page, "سيأتي التذكير التالي في").waitFor();
  });

  test("lets a key be entered in every state", async () => {
    const page = await openAtPrompt();
    await promptIn(page).getByRole("button", { name: "Enter a licence key" }).click();
    await page.getByLabel("Serial").fill("PAINT-0000-0000-0000");
    await page.getByRole("button", { name: "Activate" }).click();
    await page.getByRole("alert").getByText("We do not know this code.").waitFor();
  });

  test("asks for nothing but a press where no script runs", async () => {
    await openAtPrompt();
    const page = await stage.open({ javaScriptEnabled: false });
    await page.getByRole("heading", { name: "Your licence ends in 30 days" }).waitFor();
    await page.getByRole("button", { name: "Renew", exact: true }).click();
    await page.waitForURL(`${stage.demo.addresses.shop}/checkout?**`);
  });

  test("goes when the customer says that she has renewed", async () => {
    const page = await openAtPrompt();
    await page.getByRole("button", { name: "I have renewed already" }).click();
    await promptIn(page).waitFor({ state: "detached" });
    await said(page, "Your renewal has not arrived here yet.").waitFor();
  });

  test("leaves the picture as it is when it is answered, and when the customer goes and comes back", async () => {
    const page = await openAtPrompt();
    const untouched = await picture(page);
    await page.getByRole("radio", { name: "Marker" }).check({ force: true });
    await page.getByRole("radio", { name: "Ultramarine" }).check();
    await page.getByRole("application", { name: "Picture" }).hover({ position: { x: 200, y: 120 } });
    await page.mouse.down();
    await page.mouse.move(500, 460, { steps: 12 });
    await page.mouse.up();
    const painted = await picture(page);
    expect(painted).not.toBe(untouched);
    await promptIn(page).getByRole("button", { name: "Tomorrow" }).click();
    await promptIn(page).waitFor({ state: "detached" });
    expect(await picture(page)).toBe(painted);
    await goTo(page, "Orders");
    await goTo(page, "Acme Paint");
    await expect.poll(() => picture(page)).toBe(painted);
    await page.getByRole("button", { name: "New sheet" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await picture(page)).toBe(painted);
  });

  test("says in grace until when one can renew, and after it offers renewal in the panel only", async () => {
    const page = await stage.open();
    await moveTime(page, "In grace");
    await page.getByRole("region", { name: /^Your licence ended on/ }).waitFor();
    await page.locator("#prompt .text").getByText("You can still renew until").waitFor();
    await moveTime(page, "Expired");
    expect(await page.getByRole("region", { name: /^Your licence e/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Renew Acme Paint" }).waitFor();
    await keepPicture(page, "expired");
    expect(stage.complaints).toEqual([]);
  });
});
