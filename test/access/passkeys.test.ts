import { expect, it } from "vitest";
import { listAudit } from "../../server/src/audit/list-audit.ts";
import { addPerson, removePerson } from "../../server/src/people/people.ts";
import { findSignedIn, isFresh } from "../../server/src/sessions/sessions.ts";
import { codeIn, openMailing } from "../mail/mail-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { authenticator, type Lies } from "./authenticator.ts";
import { askedFor, browserOn, owner, session, sessionsPath, statusOf } from "./sign-in-stage.ts";

const origin = "https://renew.acme.example";
const held = "__Host-tallystick-passkey";

type World = Awaited<ReturnType<typeof openMailing>>;
type Tab = ReturnType<typeof browserOn>;

const openWorld = (bench: Bench) => openMailing(bench, { signIn: { passkeys: true } });

/** Signs somebody in by the mailed code. */
async function signIn(world: World, mail = owner): Promise<{ tab: Tab; token: string }> {
  const { browser: tab, mail: letter } = await askedFor(world, mail);
  await tab.post("/sign-in/code", { code: codeIn(letter) });
  return { tab, token: await formTokenOf(tab) };
}

const formTokenOf = async (tab: Tab) =>
  /name="form-token" value="([^"]+)"/.exec(await (await tab.get(sessionsPath)).text())?.[1] ?? "";

/** Sends JSON as the page's script does. */
async function ask(
  world: World,
  tab: Tab,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const response = await world.app.request(path, {
    method: "POST",
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      cookie: [...tab.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  for (const header of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (value === "") tab.cookies.delete(name);
    else tab.cookies.set(name, value);
  }
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const optionsOf = ({ body }: { body: Record<string, unknown> }) =>
  body as { challenge: string; rp: { id: string }; user: { id: string }; rpId: string };

async function addPasskey(world: World, { tab, token }: { tab: Tab; token: string }, lies: Lies = {}) {
  const device = authenticator(origin);
  const headers = { "x-form-token": token };
  const options = optionsOf(await ask(world, tab, "/sign-in/passkeys/options", {}, headers));
  const added = await ask(
    world,
    tab,
    "/sign-in/passkeys",
    { credential: device.create(options, lies) },
    headers,
  );
  return { device, added };
}

async function challenge(world: World, tab: Tab) {
  return optionsOf(await ask(world, tab, "/sign-in/passkey/options", {}));
}

const use = (world: World, tab: Tab, credential: unknown, to?: string) =>
  ask(world, tab, "/sign-in/passkey", { credential, to });

onEveryEngine("a passkey", (bench) => {
  it("is added, named after its browser, mailed about, on record, and signs in where the reader was going", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    const { device, added } = await addPasskey(world, person);
    expect(added).toEqual({ status: 200, body: { added: true } });
    const { entries } = await listAudit(world.deps);
    expect(entries[0]).toMatchObject({
      actor: `person:${world.partner.north.owner}`,
      action: "POST /sign-in/passkeys",
      subject: world.partner.north.owner,
    });
    await world.flush();
    expect(world.mailTo(owner).at(-1)?.subject).toBe("A passkey was added to your sign-in");
    expect(world.mailTo(owner).at(-1)?.text).toContain("Firefox, Linux");

    const tab = browserOn(world);
    const options = await challenge(world, tab);
    expect(options).toMatchObject({ rpId: "renew.acme.example", userVerification: "required" });
    expect(options).not.toHaveProperty("allowCredentials", expect.arrayContaining([expect.anything()]));
    const done = await use(world, tab, device.get(options), "/portal/orders");
    expect(done).toEqual({ status: 200, body: { location: "/portal/orders" } });
    expect([...tab.cookies.keys()]).toEqual([session]);
    const who = await findSignedIn(world.deps, tab.cookies.get(session) ?? "");
    expect(who).toMatchObject({ id: world.partner.north.owner, way: "passkey" });
    expect(who !== undefined && isFresh(world.deps, who)).toBe(true);
    expect(world.logged("session.started").at(-1)).toMatchObject({ type: "passkey" });
  });

  it("makes a sign-in fresh again, and is only added soon after one", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    const { device } = await addPasskey(world, person);
    world.pass(1 / 24);
    const headers = { "x-form-token": person.token };
    const stale = await ask(world, person.tab, "/sign-in/passkeys/options", {}, headers);
    expect([stale.status, stale.body.code]).toEqual([403, "sign_in_stale"]);
    expect((await use(world, person.tab, device.get(await challenge(world, person.tab)))).status).toBe(200);
    const again = { "x-form-token": await formTokenOf(person.tab) };
    expect((await ask(world, person.tab, "/sign-in/passkeys/options", {}, again)).status).toBe(200);
  });

  it("is renamed and removed by its owner alone, and then signs in no more", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    const { device } = await addPasskey(world, person);
    const other = await signIn(world, "viewer@north.example");
    const named = { "form-token": other.token, passkey: device.id, name: "Mine" };
    expect(await statusOf(other.tab.post("/sign-in/passkeys/rename", named))).toBe(404);
    expect(await statusOf(other.tab.post("/sign-in/passkeys/remove", named))).toBe(404);
    const own = { "form-token": person.token, passkey: device.id };
    await person.tab.post("/sign-in/passkeys/rename", { ...own, name: "  Grey <key>\n " });
    expect(await (await person.tab.get(sessionsPath)).text()).toContain("Grey &lt;key&gt;");
    expect(await statusOf(person.tab.post("/sign-in/passkeys/rename", { ...own, name: " " }))).toBe(400);
    const asked = await (await person.tab.post("/sign-in/passkeys/remove", own)).text();
    expect(asked).toContain("Remove the passkey “Grey &lt;key&gt;”?");
    expect(await (await person.tab.get(sessionsPath)).text()).toContain("Grey &lt;key&gt;");
    const done = { ...own, step: "do" };
    expect(await statusOf(person.tab.post("/sign-in/passkeys/remove", done))).toBe(303);
    const tab = browserOn(world);
    expect((await use(world, tab, device.get(await challenge(world, tab)))).status).toBe(401);
    await world.flush();
    expect(world.mailTo(owner).at(-1)?.subject).toBe("A passkey was removed from your sign-in");
  });

  it("acts for the side whose page was wanted, where its owner's address stands for several", async () => {
    const world = await openWorld(bench);
    const { device } = await addPasskey(world, await signIn(world));
    await addPerson(world.deps, { mail: owner, role: "auditor", addedBy: "cli:x" });
    const tab = browserOn(world);
    const first = await use(world, tab, device.get(await challenge(world, tab)));
    expect(first.body).toEqual({ location: "/portal" });
    const second = await use(world, tab, device.get(await challenge(world, tab)), "/console/orders");
    expect(second.body).toEqual({ location: "/console/orders" });
    expect(await findSignedIn(world.deps, tab.cookies.get(session) ?? "")).toMatchObject({ role: "auditor" });
  });
});

onEveryEngine("an attack on passkeys", (bench) => {
  const lies: Record<string, Lies> = {
    "from another origin": { origin: "https://renew.acme.example.evil.example" },
    "from a page within another site's": { crossOrigin: true },
    "for another host": { rpId: "acme.example" },
    "without anybody verified": { unverified: true },
    "of another challenge": { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
    "of another kind": { type: "payment.get" },
  };

  it("by a proof that lies in any way is refused, when a passkey is added and when it signs in", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    for (const [lie, told] of Object.entries(lies))
      expect([lie, (await addPasskey(world, person, told)).added.status]).toEqual([lie, 401]);
    const { device } = await addPasskey(world, person);
    const tab = browserOn(world);
    for (const [lie, told] of Object.entries(lies))
      expect([lie, (await use(world, tab, device.get(await challenge(world, tab), told))).status]).toEqual([
        lie,
        401,
      ]);
    expect(tab.cookies.has(session)).toBe(false);
    expect((await use(world, tab, device.get(await challenge(world, tab)))).status).toBe(200);
  });

  it("by replay finds the challenge used, in the same browser and in any other, and dead after fifteen minutes", async () => {
    const world = await openWorld(bench);
    const { device } = await addPasskey(world, await signIn(world));
    const tab = browserOn(world);
    const options = await challenge(world, tab);
    const cookie = tab.cookies.get(held) ?? "";
    const proof = device.get(options);
    // Another browser has no use for it, with a challenge of its own or with none.
    const thief = browserOn(world);
    expect((await use(world, thief, proof)).status).toBe(401);
    await challenge(world, thief);
    expect((await use(world, thief, proof)).status).toBe(401);
    expect((await use(world, tab, proof)).status).toBe(200);
    tab.cookies.set(held, cookie);
    expect((await use(world, tab, proof)).status).toBe(401);
    const late = await challenge(world, tab);
    world.pass(15 / 1_440);
    expect((await use(world, tab, device.get(late))).status).toBe(401);
  });

  it("at one moment with one proof signs in once", async () => {
    const world = await openWorld(bench);
    const { device } = await addPasskey(world, await signIn(world));
    const tab = browserOn(world);
    const proof = device.get(await challenge(world, tab));
    const cookies = [...tab.cookies];
    const all = await Promise.all(
      Array.from({ length: 5 }, () => {
        const copy = browserOn(world);
        for (const [name, value] of cookies) copy.cookies.set(name, value);
        return use(world, copy, proof);
      }),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it("by a copy whose counter lags behind is refused, and said so in the log", async () => {
    const world = await openWorld(bench);
    const { device } = await addPasskey(world, await signIn(world));
    const tab = browserOn(world);
    for (let at = 0; at < 3; at++)
      expect((await use(world, tab, device.get(await challenge(world, tab)))).status).toBe(200);
    const copied = device.get(await challenge(world, tab), { counter: device.state.counter - 1 });
    expect((await use(world, tab, copied)).status).toBe(401);
    expect(world.logged("session.refused").at(-1)).toMatchObject({
      reason: "proof_invalid",
      type: "passkey",
    });
  });

  it("with another's credential gets neither in as somebody else nor a passkey into another's hands", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    const { device } = await addPasskey(world, person);
    const other = await signIn(world, "viewer@south.example");
    const foreign = Buffer.from(world.partner.south.viewer).toString("base64url");
    const tab = browserOn(world);
    const lie = { userHandle: foreign };
    expect((await use(world, tab, device.get(await challenge(world, tab), lie))).status).toBe(401);
    // The same credential a second time, by another person: it stays where it is.
    const headers = { "x-form-token": other.token };
    const options = optionsOf(await ask(world, other.tab, "/sign-in/passkeys/options", {}, headers));
    const taken = { credential: device.create(options) };
    expect((await ask(world, other.tab, "/sign-in/passkeys", taken, headers)).status).toBe(400);
    // One person's challenge in another's session, cookie and all.
    const own = optionsOf(
      await ask(world, person.tab, "/sign-in/passkeys/options", {}, { "x-form-token": person.token }),
    );
    other.tab.cookies.set(held, person.tab.cookies.get(held) ?? "");
    const mixed = { credential: authenticator(origin).create(own) };
    expect((await ask(world, other.tab, "/sign-in/passkeys", mixed, headers)).status).toBe(401);
    // And one that was asked for to sign in adds nothing.
    const asked = await challenge(world, other.tab);
    const other2 = { credential: authenticator(origin).create({ ...asked, rp: { id: asked.rpId } }) };
    expect((await ask(world, other.tab, "/sign-in/passkeys", other2, headers)).status).toBe(401);
  });

  it("by somebody who was removed is refused", async () => {
    const world = await openWorld(bench);
    const { device } = await addPasskey(world, await signIn(world));
    await removePerson(world.deps, { person: owner });
    const tab = browserOn(world);
    expect((await use(world, tab, device.get(await challenge(world, tab)))).status).toBe(401);
    // Invited anew she is another person, and the passkey was the former one's.
    await addPerson(world.deps, { mail: owner, role: "owner", partner: "north", addedBy: "cli:x" });
    expect((await use(world, tab, device.get(await challenge(world, tab)))).status).toBe(401);
  });

  it("from another site or without the form's token is turned away, and what is no proof is no fault of ours", async () => {
    const world = await openWorld(bench);
    const person = await signIn(world);
    const { device } = await addPasskey(world, person);
    const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const tab = browserOn(world);
    expect((await ask(world, tab, "/sign-in/passkey/options", {}, evil)).status).toBe(403);
    const proof = { credential: device.get(await challenge(world, tab)) };
    expect((await ask(world, tab, "/sign-in/passkey", proof, evil)).status).toBe(403);
    expect((await ask(world, person.tab, "/sign-in/passkeys/options", {})).status).toBe(403);
    for (const nonsense of [null, 7, [], {}, { credential: { id: "x" } }, { credential: "x".repeat(9_000) }])
      expect((await ask(world, tab, "/sign-in/passkey", nonsense)).status).toBe(400);
    expect((await use(world, tab, proof.credential)).status).toBe(200);
  });

  it("by brute force is stopped by the limit of the address", async () => {
    const world = await openWorld(bench);
    const device = authenticator(origin);
    const tab = browserOn(world);
    const guess = device.get({ challenge: "x", rpId: "renew.acme.example" }, { userHandle: "AAAA" });
    const seen: number[] = [];
    for (let at = 0; at < 32; at++) seen.push((await use(world, tab, guess)).status);
    expect([seen[0], seen.at(-1)]).toEqual([401, 429]);
  });
});
