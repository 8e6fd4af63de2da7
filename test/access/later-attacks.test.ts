import { expect, it } from "vitest";
import { addPerson, listPeople, removePerson } from "../../server/src/people/people.ts";
import { codeIn, openMailing } from "../mail/mail-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { askedFor, began, browserOn, owner, session, sessionsPath, statusOf } from "./sign-in-stage.ts";

const tokenIn = (page: string): string => /name="form-token" value="([^"]+)"/.exec(page)?.[1] ?? "";

onEveryEngine("an attack on somebody who signs in or is signed in", (bench) => {
  const signedIn = async (world: Awaited<ReturnType<typeof openMailing>>, mail = owner) => {
    const asked = await askedFor(world, mail);
    await asked.browser.post("/sign-in/code", { code: codeIn(asked.mail) });
    return asked.browser;
  };

  it("from another origin is turned away, however the browser tells it", async () => {
    const world = await openMailing(bench);
    const { issuer } = world.deps.config;
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site" },
      // Browsers of before say where they come from by the origin alone.
      ...[
        "null",
        "https://evil.example",
        `${issuer}.evil.example`,
        issuer.replace("https:", "http:"),
        "file://",
      ].map((origin) => ({ "sec-fetch-site": "", origin })),
    ];
    const { browser, mail } = await askedFor(world, owner);
    const send = (path: string, fields: Record<string, string>, headers: Record<string, string>) => {
      const { "sec-fetch-site": site, ...more } = headers;
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      return world.app.request(path, {
        method: "POST",
        headers: {
          cookie,
          accept: "text/html",
          "content-type": "application/x-www-form-urlencoded",
          ...more,
          ...(site ? { "sec-fetch-site": site } : {}),
        },
        body: new URLSearchParams(fields).toString(),
      });
    };
    for (const headers of foreign) {
      const tried = [
        await send("/sign-in", { mail: owner }, headers),
        await send("/sign-in/code", { code: codeIn(mail) }, headers),
      ];
      expect([JSON.stringify(headers), ...tried.map(({ status }) => status)]).toEqual([
        JSON.stringify(headers),
        403,
        403,
      ]);
    }
    expect((await send("/sign-in/code", { code: codeIn(mail) }, { origin: issuer })).status).toBe(303);
  });

  it("by guessing over many sign-ins has five tries for each mail that somebody gets, and no more for many browsers", async () => {
    const world = await openMailing(bench);
    const begun = await askedFor(world, owner);
    const code = codeIn(begun.mail);
    const challenge = begun.browser.cookies.get(began) ?? "";
    const wrong = code.startsWith("0") ? "1111 1111" : "0000 0000";
    // The same sign-in, tried from five browsers that share its cookie: the tries are counted for it, not for them.
    for (let at = 0; at < 5; at++) {
      const other = browserOn(world);
      other.cookies.set(began, challenge);
      expect(await statusOf(other.post("/sign-in/code", { code: wrong }))).toBe(401);
    }
    expect(await statusOf(begun.browser.post("/sign-in/code", { code }))).toBe(401);
    // A code of one sign-in is worth nothing in another of the same address.
    const [one, two] = [await askedFor(world, owner), await askedFor(world, owner)];
    expect(await statusOf(two.browser.post("/sign-in/code", { code: codeIn(one.mail) }))).toBe(401);
    expect(await statusOf(two.browser.post("/sign-in/code", { code: codeIn(two.mail) }))).toBe(303);
  });

  it("who was removed or given another role acts no more as before, with a page that was open", async () => {
    const world = await openMailing(bench);
    const browser = await signedIn(world);
    const token = tokenIn(await (await browser.get("/portal/settings")).text());
    const invite = { "form-token": token, mail: "friend@evil.example", role: "owner" };
    await removePerson(world.deps, { person: owner });
    await addPerson(world.deps, { mail: owner, role: "viewer", partner: "north", addedBy: "cli:test" });
    await world.flush();
    expect(await statusOf(browser.post("/portal/settings/people", invite))).toBe(401);
    expect(await statusOf(browser.get(sessionsPath))).toBe(303);
    const again = await signedIn(world);
    const own = tokenIn(await (await again.get("/portal/settings")).text());
    expect(await statusOf(again.post("/portal/settings/people", { ...invite, "form-token": own }))).toBe(403);
    const { people } = await listPeople(world.deps, { partner: "north" });
    expect(people.map(({ mail }) => mail)).not.toContain("friend@evil.example");
  });

  it("with two tabs of two people is told so, and nothing is done in the wrong name", async () => {
    const world = await openMailing(bench);
    const first = await signedIn(world);
    const token = tokenIn(await (await first.get("/portal/settings")).text());
    const second = await signedIn(world, "viewer@south.example");
    const tab = browserOn(world);
    tab.cookies.set(session, second.cookies.get(session) ?? "");
    const sent = await tab.post("/portal/settings", { "form-token": token, language: "fr" });
    expect([sent.status, (await sent.text()).includes("form-token")]).toEqual([403, true]);
    const { people } = await listPeople(world.deps, {});
    expect(people.length).toBeGreaterThan(1);
    const languages = await world.deps.store.cold.selectFrom("people").select("language").execute();
    expect(languages.filter(({ language }) => language !== null)).toEqual([]);
  });

  it("by asking with HEAD changes nothing at any page of the sign-in", async () => {
    const world = await openMailing(bench);
    const { browser, mail } = await askedFor(world, owner);
    const pages = world.app.declared.filter(
      ({ method, path }) => method === "get" && path.startsWith("/sign-in") && !path.includes("{"),
    );
    expect(pages.length).toBeGreaterThan(2);
    for (const { path } of pages) {
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, accept: "text/html" };
      const answer = await world.app.request(path, { method: "HEAD", headers });
      expect([path, answer.status < 500, await answer.text()]).toEqual([path, true, ""]);
    }
    expect(await statusOf(browser.post("/sign-in/code", { code: codeIn(mail) }))).toBe(303);
  });
});
