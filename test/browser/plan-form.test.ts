import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { addPlan, showPlan } from "../../server/src/plans/plans.ts";
import { findBarriers } from "./axe.ts";
import { setConsoleStage } from "./console-stage.ts";
import { faintTexts } from "./contrast.ts";
import { keepPicture } from "./stage.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: "dark" },
  "german-phone-dark": { ...phone, locale: "de-DE", colorScheme: "dark" },
  "arabic-phone": { ...phone, locale: "ar" },
};

const focused = (page: Page) =>
  page.evaluate<string>("document.activeElement?.id || document.activeElement?.getAttribute('value')");
/** Waits until the browser has put the focus there. */
const focusOn = (page: Page, what: string) => expect.poll(() => focused(page)).toBe(what);
const edit = "/console/plans/edit";

describe.each(Object.entries(looks))("the form of a plan, %s,", (look, options) => {
  test("fits its window and holds nobody up", async () => {
    const stage = await setConsoleStage({ partners: 6, days: 3 });
    const { page, complaints } = await stage.open(options);
    const problems: string[] = [];
    const lookAt = async (name: string) => {
      await keepPicture(page, `console-plan-form-${name}-${look}`);
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      problems.push(
        ...(await findBarriers(page)).map((one) => `${name}: ${one}`),
        ...(await faintTexts(page)).map((one) => `${name}: faint ${one}`),
        ...(overflow > 0 ? [`${name}: ${overflow} px wider than the window`] : []),
      );
    };
    await page.goto(`${stage.address}/console/plans/new`);
    await lookAt("templates");
    await page.goto(`${stage.address}${edit}?template=march-spiff`);
    await lookAt("spiff");
    await page.goto(`${stage.address}${edit}?template=units`);
    await lookAt("units");
    await page.fill('[id="rules.0.pay.rateBp"]', "a lot");
    await page.fill('[id="terms.0.term"]', "");
    await page.click('button[value="check"]');
    await page.getByRole("alert").waitFor();
    await lookAt("wrong");
    await page.goto(`${stage.address}${edit}?from=resellers`);
    await page.fill('[id="rules.2.pay.rateBp"]', "27");
    await page.click('button[value="check"]');
    await page.waitForSelector("h1");
    await lookAt("check");
    await page.click("form:not(.plan-form) .actions .main");
    await page.goto(`${stage.address}/console/plans/resellers/versions`);
    await lookAt("versions");
    await page.goto(`${stage.address}/console/plans/resellers`);
    await lookAt("plan");
    await page.goto(`${stage.address}/console/plans/assign?plan=resellers`);
    await page.click("form .main");
    await page.waitForSelector("h1");
    await lookAt("assign");
    expect([...problems, ...complaints]).toEqual([]);
  });
});

test("a plan is written by the keyboard alone, with no script", async () => {
  const stage = await setConsoleStage("empty");
  const { page } = await stage.open();
  await page.goto(`${stage.address}${edit}`);
  const press = async (value: string) => {
    await page.focus(`button[value="${value}"]`);
    await page.keyboard.press("Enter");
    await page.waitForLoadState();
  };
  await page.fill('[id="plan"]', "by-hand");
  await page.fill('[id="name"]', "By hand");
  await page.selectOption('[id="promise"]', "each_sale");
  await page.fill('[id="rules.0.rule"]', "all");
  await page.fill('[id="rules.0.pay.rateBp"]', "20");
  await press("add rules");
  await page.waitForSelector('[id="rules.1.rule"]');
  await focusOn(page, "rules.1.rule");
  await page.keyboard.type("new");
  await page.locator("summary", { hasText: "When it fits" }).nth(1).click();
  await page.check('[id="rules.1.when.kinds"] [value="new"]');
  await page.fill('[id="rules.1.pay.rateBp"]', "12.345");
  await press("up rules.1");
  await page.waitForSelector('button[value="down rules.0"]');
  await focusOn(page, "down rules.0");
  expect(await page.inputValue('[id="rules.0.rule"]')).toBe("new");
  // The Enter key in a field checks, and moves nothing.
  await page.focus('[id="name"]');
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await focusOn(page, "rules.0.pay.rateBp");
  const wrong = page.locator('[id="rules.0.pay.rateBp"]');
  const described = (await wrong.getAttribute("aria-describedby"))?.split(" ")[0] ?? "";
  expect(await page.locator(`[id="${described}"]`).innerText()).toContain("two decimals");
  await wrong.fill("12.34");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Add the version" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("The version is kept").waitFor();
  expect((await showPlan(stage.world.deps, "by-hand")).document.rules).toMatchObject([
    { rule: "new", when: { kinds: ["new"] }, pay: { rateBp: 1234 } },
    { rule: "all", when: {}, pay: { rateBp: 2000 } },
  ]);
});

test("form and text are two views of one plan: nothing is lost between them", async () => {
  const stage = await setConsoleStage("empty");
  const { page } = await stage.open();
  const plan = {
    $schema: "./plan.schema.json",
    plan: "both",
    name: "Both",
    promise: "each_sale",
    rules: [{ rule: "all", pay: { rateBp: 1250 }, comment: { by: ["ann"] } }],
  };
  await addPlan(stage.world.deps, { ...plan, rules: [{ rule: "all", pay: { rateBp: 1250 } }] });
  await page.goto(`${stage.address}${edit}?from=both&view=text`);
  await page.fill("textarea", JSON.stringify(plan));
  await page.click('button[value="form"]');
  expect(await page.inputValue('[id="rules.0.pay.rateBp"]')).toBe("12.5");
  await page.getByText("The text has more here").waitFor();
  await page.fill('[id="name"]', "Both views");
  await page.click('button[value="text"]');
  expect(JSON.parse(await page.inputValue("textarea"))).toEqual({ ...plan, name: "Both views" });
  await page.click('button[value="check"]');
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").innerText()).toContain("comment");
});
