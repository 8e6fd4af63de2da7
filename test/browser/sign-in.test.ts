import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { instant } from "../../server/src/words/clock.ts";
import { problemsOf } from "./problems-of-page.ts";
import { giveAuthenticator, setSignInStage } from "./sign-in-stage.ts";

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Record<string, BrowserContextOptions> = {
  light: {},
  "dark-phone": { ...phone, colorScheme: "dark" },
  "german-phone": { ...phone, locale: "de-DE" },
  arabic: { locale: "ar" },
};

/** Adds a passkey to whoever is signed in on a page, by keyboard alone. */
async function addPasskey(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/sign-in/sessions`);
  expect(await page.locator("#passkeys .rows").count()).toBe(0);
  await page.locator("#passkey").focus();
  await page.keyboard.press("Enter");
  await page.locator("#passkeys .rows li").waitFor();
}

test("a passkey is added by keyboard, signs in, is renamed and removed; without a finger it does nothing", async () => {
  const stage = await setSignInStage();
  const { owner } = stage.world.partner.north;
  const page = await stage.open({}, owner);
  // The button alone, as in a browser that offers nothing in fields.
  await page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = undefined");
  const device = await giveAuthenticator(page);
  await addPasskey(page, stage.address);
  const [made] = await device.credentials();
  expect(made).toMatchObject({ isResidentCredential: true, rpId: "localhost" });
  expect(Buffer.from(made?.userHandle ?? "", "base64").toString()).toBe(owner);
  await page.locator("#passkeys summary").click();
  await page.fill("input[name=name]", "Grey laptop");
  await page.locator("#passkeys details button").click();
  await page.locator("#passkeys bdi", { hasText: "Grey laptop" }).waitFor();

  await page.context().clearCookies();
  await device.verify(false);
  await page.goto(`${stage.address}/sign-in?to=/portal/settings`);
  await page.locator("#passkey").click();
  await page.locator("#passkey-problem", { hasText: "That did not work" }).waitFor();
  await device.verify(true);
  await page.locator("#passkey").click();
  await page.waitForURL(({ pathname }) => pathname === "/portal/settings");

  await page.goto(`${stage.address}/sign-in/sessions`);
  await page.locator("#passkeys form[action$=remove] button").click();
  await page.getByRole("heading", { name: "Remove the passkey “Grey laptop”?" }).waitFor();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.locator("#passkeys", { hasText: "You have no passkey yet" }).waitFor();
  await page.context().clearCookies();
  await page.goto(`${stage.address}/sign-in`);
  await page.locator("#passkey").click();
  await page.locator("#passkey-problem", { hasText: "That did not work" }).waitFor();
  expect(stage.complaints).toEqual([]);
});

test("a passkey is offered in the field of the address and signs in without the button", async () => {
  const stage = await setSignInStage();
  const page = await stage.open({}, stage.world.vendor.finance);
  await giveAuthenticator(page);
  await addPasskey(page, stage.address);
  await page.context().clearCookies();
  await page.goto(`${stage.address}/sign-in`);
  await page.waitForURL(/\/console$/);
  expect(stage.complaints).toEqual([]);
});

test("a session that is no longer fresh is asked to sign in anew before it adds a passkey", async () => {
  const stage = await setSignInStage();
  const page = await stage.open({}, stage.world.vendor.auditor);
  await giveAuthenticator(page);
  await page.goto(`${stage.address}/sign-in/sessions`);
  stage.world.pass(1 / 24);
  await page.locator("#passkey").click();
  await page.waitForURL(/\/sign-in\?again=1&to=%2Fsign-in%2Fsessions$/);
});

test("one of the vendor's people signs in by the provider, ends the other sessions and signs out of both", async () => {
  const stage = await setSignInStage();
  await stage.open({}, stage.world.vendor.owner);
  const page = await stage.open();
  await page.goto(`${stage.address}/console`);
  await page.click("text=Sign in with");
  await page.waitForURL(/\/console$/);
  await page.click("text=Your sign-in");
  expect(await page.locator(".rows").first().innerText()).toContain("by single sign-on");
  await page.locator("form[action$='/end'] button").first().click();
  await page.waitForURL(/\/sessions$/);
  await expect.poll(() => page.locator("main > .rows li").count()).toBe(1);
  await page.selectOption("#language", "de");
  await page.click("form[action='/sign-in/language'] button");
  await page.locator("h1", { hasText: "Wo Sie angemeldet sind" }).waitFor();
  await page.click("form[action='/sign-in/out'] button");
  expect(await page.locator("main a[href*='/leave']").innerText()).toMatch(
    /Auch bei .*Acme Account.* abmelden/,
  );
  expect(stage.complaints).toEqual([]);
});

test("the pages of the sign-in read well, in light and dark, on a phone, in German and Arabic", async () => {
  const stage = await setSignInStage();
  const { owner } = stage.world.vendor;
  const now = stage.deps.clock();
  const rows = ["Chrome, Linux", "A security key with a name that is as long as a name may be"];
  await stage.deps.store.write(async (tx) => {
    const { insertPasskey } = await import("../../server/src/sign-in/rows/passkeys.ts");
    for (const [at, name] of rows.entries())
      await insertPasskey(tx, {
        id: `key-${at}`,
        person_id: owner,
        public_key: new Uint8Array(1),
        counter: 0,
        transports: "",
        name,
        added_at: instant(now - 86_400_000),
        last_used_at: at === 0 ? now : null,
      });
  });
  const problems: string[] = [];
  for (const [look, options] of Object.entries(looks)) {
    const stranger = await stage.open(options);
    await stranger.goto(`${stage.address}/sign-in`);
    problems.push(...(await problemsOf(stranger, `sign-in-ways-${look}`)));
    await stranger.goto(`${stage.address}/sign-in/oidc/sso/back?code=x`);
    problems.push(...(await problemsOf(stranger, `sign-in-refused-${look}`)));
    const person = await stage.open(options, owner);
    await person.goto(`${stage.address}/sign-in/sessions`);
    await person.locator("#passkeys summary").first().click();
    problems.push(...(await problemsOf(person, `sign-in-own-${look}`)));
    await person.locator("#passkeys form[action$=remove] button").last().click();
    await person.locator("input[name=step]").waitFor({ state: "attached" });
    problems.push(...(await problemsOf(person, `sign-in-remove-${look}`)));
    await person.goto(`${stage.address}/console/payouts`);
    problems.push(...(await problemsOf(person, `sign-in-console-${look}`)));
    await Promise.all([stranger.context().close(), person.context().close()]);
  }
  expect(problems).toEqual([]);
});
