import { expect, it } from "vitest";
import { addPerson } from "../../server/src/people/people.ts";
import { findSignedIn, isFresh } from "../../server/src/sessions/sessions.ts";
import { codeIn, openMailing } from "../mail/mail-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { ownPurchaseCompleted } from "../shops/own-shop-fixtures.ts";
import { askedFor, browserOn, owner, session, sessionsPath, statusOf } from "./sign-in-stage.ts";

onEveryEngine("signing in", (bench) => {
  it("goes from the address over the mailed code to where the reader was going, and ends by signing out", async () => {
    const world = await openMailing(bench);
    const { browser, asked, mail } = await askedFor(world, owner, "/portal?month=2027-11");
    expect([asked.status, asked.headers.get("location")]).toEqual([
      303,
      "/sign-in/code?to=%2Fportal%3Fmonth%3D2027-11",
    ]);
    const cookie = asked.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /^__Host-tallystick-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900; Secure$/,
    );
    expect(await (await browser.get("/sign-in/code")).text()).toContain('autocomplete="one-time-code"');
    const done = await browser.post("/sign-in/code", { code: codeIn(mail) });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/portal?month=2027-11"]);
    expect([...browser.cookies.keys()]).toEqual([session]);
    const page = await (await browser.get(sessionsPath)).text();
    const token = /name="form-token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    expect(await statusOf(browser.post("/sign-in/out", { "form-token": token }))).toBe(200);
    expect(browser.cookies.size).toBe(0);
    expect(world.logged("session.started")).toMatchObject([
      { actor: `person:${world.partner.north.owner}`, type: "code" },
    ]);
  });

  it("speaks the reader's language, from right to left where it does", async () => {
    const world = await openMailing(bench);
    const page = await (await browserOn(world).get("/sign-in", { "accept-language": "ar-EG" })).text();
    expect(page).toContain('<html lang="ar-EG" dir="rtl">');
    expect(page).toContain("تسجيل الدخول");
  });

  it("lets an address act for each side that it stands for, and no fresher by it", async () => {
    const world = await openMailing(bench);
    const south = await addPerson(world.deps, {
      mail: owner,
      role: "viewer",
      partner: "south",
      addedBy: "cli:x",
    });
    const { browser, mail } = await askedFor(world, owner);
    await browser.post("/sign-in/code", { code: codeIn(mail) });
    world.pass(1 / 24);
    const page = await (await browser.get(sessionsPath)).text();
    expect(page).toContain("Act for south");
    const token = /name="form-token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const before = browser.cookies.get(session);
    expect(
      await statusOf(browser.post("/sign-in/switch", { "form-token": token, person: world.vendor.owner })),
    ).toBe(404);
    const switched = await browser.post("/sign-in/switch", { "form-token": token, person: south.id });
    expect(switched.headers.get("location")).toBe("/portal");
    expect(browser.cookies.get(session)).not.toBe(before);
    const who = await findSignedIn(world.deps, browser.cookies.get(session) ?? "");
    expect(who).toMatchObject({ side: "partner", partner: "south", role: "viewer" });
    expect(who !== undefined && isFresh(world.deps, who)).toBe(false);
    expect(await findSignedIn(world.deps, before ?? "")).toBeUndefined();
  });

  it("lets a customer in who bought something, and mails nobody else", async () => {
    const world = await openMailing(bench);
    const stranger = await askedFor(world, "nobody@home.example", "/account");
    expect(stranger.mail).toBeUndefined();
    await world.own(ownPurchaseCompleted({ customer: { email: "ann@home.example" } }));
    const { browser, mail } = await askedFor(world, "ann@home.example", "/account");
    const done = await browser.post("/sign-in/code", { code: codeIn(mail) });
    expect(done.headers.get("location")).toBe("/account");
    expect(await findSignedIn(world.deps, browser.cookies.get(session) ?? "")).toMatchObject({
      side: "customer",
      mail: "ann@home.example",
    });
  });
});
