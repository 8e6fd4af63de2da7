import { z } from "@hono/zod-openapi";
import { expect, it } from "vitest";
import { createGuards } from "../../server/src/access/guards.ts";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { editPartner } from "../../server/src/channel/edit-partner.ts";
import { App } from "../../server/src/http/app.ts";
import type { AppContext } from "../../server/src/http/app-env.ts";
import { refusalResponse } from "../../server/src/http/problem.ts";
import { route, type Who } from "../../server/src/http/route.ts";
import { removePerson } from "../../server/src/people/people.ts";
import {
  endAllSessions,
  findSignedIn,
  listSessions,
  pruneSessions,
  signOut,
} from "../../server/src/sessions/sessions.ts";
import { Refusal } from "../../server/src/words/refusal.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openPeople, signedIn } from "./access-world.ts";

/** What `pass` takes, in days. */
const minute = 1 / 1_440;

/** The world's people in front of a few routes of this test's own. */
async function openGuarded(bench: Bench) {
  const world = await openPeople(bench);
  const app = new App({ guards: createGuards(world.deps, adminToken) });
  app.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(error);
    throw error;
  });
  const serve = (path: string, who: Who, method: "get" | "post" = "get") =>
    app.serve(
      route({
        who,
        operationId: "x",
        method,
        path,
        responses: { 200: { description: "x", content: { "text/html": { schema: z.string() } } } },
      }),
      async (c: AppContext) => {
        if (method === "post") await editPartner(world.deps, "north", { name: "North again" });
        const person = c.get("person") ?? c.get("customer");
        return c.json({ who: person?.mail ?? "bearer", note: c.get("form")?.get("note") ?? null });
      },
    );
  serve("/desk", { vendor: ["owner", "finance"] });
  serve("/desk", { vendor: ["owner"] }, "post");
  serve("/safe", { vendor: ["owner"], fresh: true });
  serve("/safe", { vendor: ["owner"], fresh: true }, "post");
  serve("/both", { bearer: "partner", partner: ["owner"] });
  serve("/mine", { customer: true });
  const inFront = { ...world, app };
  return {
    ...world,
    app,
    as: (person: typeof world.vendor.owner) => signedIn(inFront, { person }),
    asCustomer: (customer: string) => signedIn(inFront, { customer }),
  };
}

const json = { accept: "application/json" };
const codeOf = async (response: Response) =>
  response.status < 400 ? response.status : ((await response.json()) as { code: string }).code;

onEveryEngine("a route for people", (bench) => {
  it("lets those past whom it declares, as themselves, and refuses all others", async () => {
    const world = await openGuarded(bench);
    const finance = await world.as(world.vendor.finance);
    expect(await (await finance.get("/desk")).json()).toMatchObject({ who: "finance@vendor.example" });
    expect(await codeOf(await (await world.as(world.vendor.support)).get("/desk", json))).toBe("forbidden");
    expect(await codeOf(await (await world.as(world.partner.north.owner)).get("/desk", json))).toBe(
      "forbidden",
    );
    expect(await codeOf(await (await world.asCustomer("ann@home.example")).get("/desk", json))).toBe(
      "forbidden",
    );
    expect(await codeOf(await world.app.request("/desk", { headers: json }))).toBe("unauthorized");
    expect(await (await (await world.asCustomer("ann@home.example")).get("/mine")).json()).toMatchObject({
      who: "ann@home.example",
    });
    expect(await codeOf(await finance.get("/mine", json))).toBe("forbidden");
  });

  it("sends a browser to the sign-in and back, and tells who is signed in as another so on a page", async () => {
    const world = await openGuarded(bench);
    const html = { accept: "text/html" };
    const away = await world.app.request("/desk?month=2027-11&to=//evil", { headers: html });
    expect([away.status, away.headers.get("location")]).toEqual([
      303,
      "/sign-in?to=%2Fdesk%3Fmonth%3D2027-11%26to%3D%2F%2Fevil",
    ]);
    const wrong = await (await world.as(world.partner.north.owner)).get("/desk");
    expect(wrong.status).toBe(403);
    expect(await wrong.text()).toContain("not for you");
  });

  it("takes a partner's key or her session, and never a key and a session for one another's", async () => {
    const world = await openGuarded(bench);
    const { key } = await issuePartnerKey(world.deps, { partner: "north" });
    const bearer = { authorization: `Bearer ${key}` };
    expect(await (await world.app.request("/both", { headers: bearer })).json()).toMatchObject({
      who: "bearer",
    });
    const owner = await world.as(world.partner.south.owner);
    expect(await (await owner.get("/both")).json()).toMatchObject({ who: "owner@south.example" });
    // A bearer that is presented is judged: a session does not help a wrong one.
    expect(await codeOf(await owner.get("/both", { ...json, authorization: `Bearer ${adminToken}` }))).toBe(
      "unauthorized",
    );
  });

  it("takes a change only with the token of its own form, from its own pages", async () => {
    const world = await openGuarded(bench);
    const owner = await world.as(world.vendor.owner);
    const other = await world.as(world.vendor.owner);
    const sent = await owner.post("/desk", { note: "hello" });
    expect([sent.status, await sent.json()]).toMatchObject([200, { note: "hello" }]);
    for (const [fields, headers] of [
      [{ "form-token": "" }, {}],
      [{ "form-token": other.formToken }, {}],
      [{}, { "sec-fetch-site": "cross-site" }],
      [{}, { "sec-fetch-site": "same-site" }],
      [{}, { "content-type": "text/plain" }],
      [{}, { "x-form-token": "x" }],
    ] as const)
      expect(await codeOf(await owner.post("/desk", fields, { ...json, ...headers }))).toBe("forbidden");
    const evil = new Headers({
      ...json,
      origin: "https://evil.example",
      cookie: `__Host-tallystick=${owner.secret}`,
    });
    evil.set("x-form-token", owner.formToken);
    expect(await codeOf(await world.app.request("/desk", { method: "POST", headers: evil }))).toBe(
      "forbidden",
    );
  });

  it("reads a form with files, and what it changes stands in the audit under the person's id", async () => {
    const world = await openGuarded(bench);
    const owner = await world.as(world.vendor.owner);
    const body = new FormData();
    body.set("form-token", owner.formToken);
    body.set("note", "with a file");
    body.set("file", new File(["a,b\n"], "answer.csv"));
    const headers = {
      cookie: `__Host-tallystick=${owner.secret}`,
      "sec-fetch-site": "same-origin",
    };
    const sent = await world.app.request("/desk", { method: "POST", headers, body });
    expect(await sent.json()).toMatchObject({ note: "with a file" });
    const { entries } = await listAudit(world.deps);
    expect(entries[0]).toMatchObject({ actor: `person:${world.vendor.owner}`, action: "POST /desk" });
  });

  it("leads back from a form of a sign-in that has ended, and keeps what was entered until it is sent again", async () => {
    const world = await openGuarded(bench);
    const ended = await world.as(world.vendor.owner);
    await signOut(world.deps, ended.secret);
    const referer = { referer: `${world.deps.config.issuer}/console/orders?state=held` };
    const sent = { note: 'two "words" <b>', step: "do" };
    const away = await ended.post("/desk", sent, { ...referer, "accept-language": "de" });
    const page = await away.text();
    expect(away.status).toBe(401);
    expect(page).toContain('lang="de"');
    expect(page).toContain('href="/sign-in?to=%2Fconsole%2Forders%3Fstate%3Dheld"');
    expect(page).toContain('name="note" value="two &quot;words&quot; &lt;b&gt;"');
    // What asks before it does something asks again, and no token of an old sign-in is handed on.
    expect(page).not.toContain('name="step"');
    expect(page).not.toContain(ended.formToken);
    const anew = await world.as(world.vendor.owner);
    const stale = await anew.post("/desk", { "form-token": ended.formToken, note: "kept" }, referer);
    const again = await stale.text();
    expect(stale.status).toBe(403);
    expect(again).toContain('href="/console/orders?state=held"');
    const fields = Object.fromEntries(
      [...again.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    );
    expect(fields).toEqual({ note: "kept", "form-token": anew.formToken });
    expect(await (await anew.post("/desk", fields)).json()).toMatchObject({ note: "kept" });
  });

  it.each([
    ["another site", "/desk", { "sec-fetch-site": "cross-site" }],
    ["nobody says from where", "/desk", { "sec-fetch-site": "", origin: "null" }],
    ["money is moved", "/safe", { "sec-fetch-site": "same-origin" }],
  ])("keeps nothing of a form and hands out no token where %s", async (_, path, headers) => {
    const world = await openGuarded(bench);
    const owner = await world.as(world.vendor.owner);
    const foreign = { ...headers, referer: "https://evil.example/console" };
    const answer = await owner.post(path, { "form-token": "x", note: "kept" }, foreign);
    const page = await answer.text();
    expect(answer.status).toBe(403);
    expect(page).not.toContain("kept");
    expect(page).not.toContain(owner.formToken);
    expect(page).not.toContain("evil.example");
    expect(page).toContain('href="/sign-in/sessions"');
  });

  it("wants a fresh sign-in where it says so", async () => {
    const world = await openGuarded(bench);
    const owner = await world.as(world.vendor.owner);
    expect((await owner.get("/safe")).status).toBe(200);
    world.pass(world.deps.config.signIn.freshMinutes * minute);
    expect((await owner.get("/desk")).status).toBe(200);
    expect((await owner.get("/safe")).headers.get("location")).toBe("/sign-in?to=%2Fsafe&again=1");
    expect(await codeOf(await owner.get("/safe", json))).toBe("sign_in_stale");
    expect(await codeOf(await owner.post("/safe", {}, json))).toBe("sign_in_stale");
    expect((await (await world.as(world.vendor.owner)).get("/safe")).status).toBe(200);
  });
});

onEveryEngine("a session", (bench) => {
  it("ends when it is not used, and after its lifetime however much it is used", async () => {
    const world = await openGuarded(bench);
    const { idleMinutes, lifetimeHours } = world.deps.config.signIn;
    const idle = await world.as(world.vendor.owner);
    world.pass(idleMinutes * minute);
    expect((await idle.get("/desk")).status).toBe(303);
    const used = await world.as(world.vendor.owner);
    const uses = Math.floor((lifetimeHours * 60) / (idleMinutes / 2)) - 1;
    for (let at = 0; at < uses; at++) {
      world.pass((idleMinutes / 2) * minute);
      expect((await used.get("/desk")).status).toBe(200);
    }
    world.pass((idleMinutes / 2) * minute);
    expect((await used.get("/desk")).status).toBe(303);
    expect(await pruneSessions(world.deps)).toBe(2);
  });

  it("ends at once for a removed person, by signing out, and all of them together", async () => {
    const world = await openGuarded(bench);
    const one = await world.as(world.vendor.owner);
    const two = await world.as(world.vendor.owner);
    const who = await findSignedIn(world.deps, one.secret);
    if (who === undefined) throw new Error("nobody is signed in");
    expect(await listSessions(world.deps, who)).toMatchObject([{ device: "Firefox, Linux" }, {}]);
    await signOut(world.deps, one.secret);
    expect([(await one.get("/desk")).status, (await two.get("/desk")).status]).toEqual([303, 200]);
    await endAllSessions(world.deps, who);
    expect((await two.get("/desk")).status).toBe(303);
    const finance = await world.as(world.vendor.finance);
    await removePerson(world.deps, { person: "finance@vendor.example" });
    expect((await finance.get("/desk")).status).toBe(303);
  });

  it("is kept as a hash, its address sealed, and replaced by the next sign-in", async () => {
    const world = await openGuarded(bench);
    const owner = await world.asCustomer("ann@home.example");
    const rows = JSON.stringify(await world.deps.store.cold.selectFrom("sessions").selectAll().execute());
    expect(rows).not.toContain(owner.secret);
    expect(rows).not.toContain("ann@home");
    const people = JSON.stringify(await world.deps.store.cold.selectFrom("people").selectAll().execute());
    expect(people).not.toContain(".example");
  });
});
