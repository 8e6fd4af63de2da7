import { expect, it } from "vitest";
import { removePerson } from "../../server/src/people/people.ts";
import { codeIn, linkIn, openMailing } from "../mail/mail-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { askedFor, began, browserOn, owner, session, sessionsPath, statusOf } from "./sign-in-stage.ts";

onEveryEngine("an attack on the sign-in", (bench) => {
  it("by a scanner that opens every link in a mail signs nobody in and uses nothing up", async () => {
    const world = await openMailing(bench);
    const { mail } = await askedFor(world, owner);
    const { pathname, search } = linkIn(mail);
    const scanner = browserOn(world);
    for (let at = 0; at < 3; at++) {
      const opened = await scanner.get(`${pathname}${search}`);
      expect([opened.status, opened.headers.getSetCookie()]).toEqual([200, []]);
      await world.app.request(`${pathname}${search}`, { method: "HEAD" });
    }
    const person = browserOn(world);
    const page = await (await person.get(`${pathname}${search}`)).text();
    expect(page).toContain(owner);
    const pressed = await person.post("/sign-in/link", { t: new URLSearchParams(search).get("t") ?? "" });
    expect([pressed.status, pressed.headers.get("location")]).toEqual([303, "/portal"]);
    expect(person.cookies.has(session)).toBe(true);
  });

  it("by replay finds code and link used, each by the other too, and both dead after fifteen minutes", async () => {
    const world = await openMailing(bench);
    const first = await askedFor(world, owner);
    const token = linkIn(first.mail).searchParams.get("t") ?? "";
    const challenge = first.browser.cookies.get(began) ?? "";
    expect(await statusOf(first.browser.post("/sign-in/code", { code: codeIn(first.mail) }))).toBe(303);
    first.browser.cookies.set(began, challenge);
    expect(await statusOf(first.browser.post("/sign-in/code", { code: codeIn(first.mail) }))).toBe(401);
    expect(await statusOf(browserOn(world).post("/sign-in/link", { t: token }))).toBe(410);
    const second = await askedFor(world, owner);
    world.pass(15 / 1_440);
    expect(await statusOf(second.browser.post("/sign-in/code", { code: codeIn(second.mail) }))).toBe(401);
    expect(await statusOf(browserOn(world).get(`/sign-in/link${linkIn(second.mail).search}`))).toBe(410);
  });

  it("at one moment from many browsers signs in once", async () => {
    const world = await openMailing(bench);
    const { mail } = await askedFor(world, owner);
    const token = linkIn(mail).searchParams.get("t") ?? "";
    const all = await Promise.all(
      Array.from({ length: 8 }, () => browserOn(world).post("/sign-in/link", { t: token })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410, 410, 410, 410]);
  });

  it("by fixation gets nowhere: a planted session is none, and the one at hand is replaced", async () => {
    const world = await openMailing(bench);
    const { browser, mail } = await askedFor(world, owner);
    const planted = "a".repeat(43);
    browser.cookies.set(session, planted);
    await browser.post("/sign-in/code", { code: codeIn(mail) });
    const own = browser.cookies.get(session);
    expect(own).not.toBe(planted);
    const attacker = browserOn(world);
    attacker.cookies.set(session, planted);
    expect(await statusOf(attacker.get(sessionsPath))).toBe(303);
    // Somebody signs in where another is signed in: the other's session ends.
    const again = await askedFor(world, "viewer@north.example");
    again.browser.cookies.set(session, own ?? "");
    await again.browser.post("/sign-in/code", { code: codeIn(again.mail) });
    attacker.cookies.set(session, own ?? "");
    expect(await statusOf(attacker.get(sessionsPath))).toBe(303);
    // A code counts only in the browser that asked for it, and two cookies of one name are none.
    const third = await askedFor(world, owner);
    expect(await statusOf(browserOn(world).post("/sign-in/code", { code: codeIn(third.mail) }))).toBe(401);
    const doubled = `${session}=${own}; ${session}=${again.browser.cookies.get(session)}`;
    expect(
      await statusOf(
        Promise.resolve(
          world.app.request(sessionsPath, { headers: { cookie: doubled, accept: "text/html" } }),
        ),
      ),
    ).toBe(303);
  });

  it("by enumeration reads the same of every address: answer, cookie, rows, and a wrong code after it", async () => {
    const world = await openMailing(bench);
    await removePerson(world.deps, { person: "finance@north.example" });
    const answers: unknown[] = [];
    for (const mail of [owner, "nobody@north.example", "finance@north.example"]) {
      const count = async () =>
        Promise.all(
          (["sign_ins", "mails"] as const).map(
            async (from) => (await world.deps.store.cold.selectFrom(from).selectAll().execute()).length,
          ),
        );
      const before = await count();
      const browser = browserOn(world);
      const asked = await browser.post("/sign-in", { mail });
      const after = await count();
      const wrong = await browser.post("/sign-in/code", { code: "0000 0000" });
      answers.push({
        status: asked.status,
        location: asked.headers.get("location"),
        cookie: asked.headers.get("set-cookie")?.replace(/=[\w-]{43}/, "=…"),
        written: after.map((now, at) => now - (before[at] ?? 0)),
        wrong: [wrong.status, await wrong.text()],
      });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await world.flush();
    expect(world.taken.map(({ to }) => [to].flat()[0]?.text)).toEqual([owner]);
  });

  it("by brute force is stopped after five codes, and by limits of address and account", async () => {
    const world = await openMailing(bench);
    const { browser, mail } = await askedFor(world, owner);
    const code = codeIn(mail);
    const wrong = code.startsWith("0") ? "1111 1111" : "0000 0000";
    for (let at = 0; at < 5; at++)
      expect(await statusOf(browser.post("/sign-in/code", { code: wrong }))).toBe(401);
    expect(await statusOf(browser.post("/sign-in/code", { code }))).toBe(401);
    const seen: number[] = [];
    for (let at = 0; at < 60; at++) seen.push(await statusOf(browser.post("/sign-in/code", { code: wrong })));
    expect(seen.at(-1)).toBe(429);
    const asked: number[] = [];
    for (let at = 0; at < 8; at++)
      asked.push(await statusOf(browserOn(world).post("/sign-in", { mail: owner })));
    expect(asked.slice(-3)).toEqual([429, 429, 429]);
    expect(await statusOf(browserOn(world).post("/sign-in", { mail: "viewer@south.example" }))).toBe(303);
    for (let at = 0; at < 30; at++) await browserOn(world).post("/sign-in", { mail: `a${at}@x.example` });
    expect(await statusOf(browserOn(world).post("/sign-in", { mail: "viewer@south.example" }))).toBe(429);
  });

  it("with a stolen session ends when its owner ends it, and is of no use for a form without its token", async () => {
    const world = await openMailing(bench);
    const { browser, mail } = await askedFor(world, owner);
    await browser.post("/sign-in/code", { code: codeIn(mail) });
    const thief = browserOn(world);
    thief.cookies.set(session, browser.cookies.get(session) ?? "");
    const other = await askedFor(world, owner);
    await other.browser.post("/sign-in/code", { code: codeIn(other.mail) });
    const page = await (await other.browser.get(sessionsPath)).text();
    const token = /name="form-token" value="([^"]+)"/.exec(page)?.[1] ?? "";
    expect(await statusOf(thief.post("/sign-in/sessions/end-all", { "form-token": token }))).toBe(403);
    expect(await statusOf(thief.get(sessionsPath))).toBe(200);
    expect(await statusOf(other.browser.post("/sign-in/sessions/end-all", { "form-token": token }))).toBe(
      200,
    );
    expect(await statusOf(thief.get(sessionsPath))).toBe(303);
  });

  it("from another site is turned away at every step", async () => {
    const world = await openMailing(bench);
    const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect(await statusOf(browserOn(world).post("/sign-in", { mail: owner }, evil))).toBe(403);
    const { browser, mail } = await askedFor(world, owner);
    expect(await statusOf(browser.post("/sign-in/code", { code: codeIn(mail) }, evil))).toBe(403);
    const t = linkIn(mail).searchParams.get("t") ?? "";
    expect(await statusOf(browserOn(world).post("/sign-in/link", { t }, evil))).toBe(403);
    expect(await statusOf(browser.post("/sign-in/code", { code: codeIn(mail) }))).toBe(303);
  });

  it("that would lead elsewhere after the sign-in leads to the first page", async () => {
    const world = await openMailing(bench);
    for (const to of [
      "https://evil.example/portal",
      "//evil.example/portal",
      "/\\evil.example/portal",
      "/portal\\..\\..",
      "/r/x",
      "javascript:alert(1)",
      "/portalevil",
    ]) {
      const asked = await browserOn(world).post("/sign-in", { mail: owner, to });
      expect([to, asked.headers.get("location") ?? `status ${asked.status}`]).toEqual([to, "/sign-in/code"]);
      world.pass(1);
    }
  });
});
