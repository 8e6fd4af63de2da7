import { expect, it } from "vitest";
import { findSignedIn, isFresh } from "../../server/src/sessions/sessions.ts";
import { codeIn, openMailing } from "../mail/mail-world.ts";
import { type Bench, onEveryEngine } from "../postgres/on-every-engine.ts";
import { openProvider, type ProviderLies, type TestProvider } from "./provider-stage.ts";
import { askedFor, browserOn, session, sessionsPath, statusOf } from "./sign-in-stage.ts";

const held = "__Host-tallystick-provider";
const sentBack = "/sign-in/oidc/sso/back";

type World = Awaited<ReturnType<typeof openMailing>>;
type Tab = ReturnType<typeof browserOn>;

async function openWorld(bench: Bench, more: Record<string, unknown> = {}) {
  const provider = await openProvider();
  const oidc = { ...provider.settings, name: "Acme Account", ...more };
  return { provider, world: await openMailing(bench, { signIn: { oidc } }) };
}

/** Goes to the provider and returns the address on this receiver that it sends the browser back to. */
async function visit(tab: Tab, provider: TestProvider, path = "/sign-in/oidc/sso"): Promise<string> {
  const sent = await tab.get(path);
  const { pathname, search } = provider.visit(sent.headers.get("location") ?? "");
  return `${pathname}${search}`;
}

const whoIn = (world: World, tab: Tab) => findSignedIn(world.deps, tab.cookies.get(session) ?? "");

const alertOf = async (response: Response) =>
  /role="alert">([^<]+)</.exec(await response.text())?.[1]?.replace(/[\u2066-\u2069]/g, "");

onEveryEngine("a provider of the vendor's", (bench) => {
  it("signs in whom it vouches for, where the reader was going, by code, PKCE, state and nonce", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    const page = await (await tab.get("/sign-in?to=/console/orders")).text();
    expect(page).toContain('href="/sign-in/oidc/sso?to=%2Fconsole%2Forders">Sign in with');
    expect(await (await tab.get("/sign-in?to=/portal")).text()).not.toContain("/sign-in/oidc");
    // Nothing was asked of the provider until somebody goes there.
    expect(provider.seen).toEqual([]);
    const back = await visit(tab, provider, "/sign-in/oidc/sso?to=/console/orders");
    const [asked] = provider.asked;
    expect(Object.fromEntries(asked ?? [])).toMatchObject({
      client_id: "tallystick",
      redirect_uri: `https://renew.acme.example${sentBack}`,
      response_type: "code",
      scope: "openid email",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked?.get(name)).toMatch(/^[\w-]{43}$/);
    const done = await tab.get(back);
    expect([done.status, done.headers.get("location")]).toEqual([303, "/console/orders"]);
    expect([...tab.cookies.keys()]).toEqual([session]);
    expect(await whoIn(world, tab)).toMatchObject({ id: world.vendor.owner, way: "oidc" });
    expect(world.logged("session.started").at(-1)).toMatchObject({ type: "oidc" });
    const discoveries = () => provider.seen.filter((path) => path.includes("well-known")).length;
    expect(discoveries()).toBe(1);
    await tab.get(await visit(tab, provider));
    expect(discoveries()).toBe(1);
  });

  it("lets in nobody who was not invited for the vendor, by an address that it confirms", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    const come = async () => {
      const back = await tab.get(await visit(tab, provider));
      return [back.status, await alertOf(back), tab.cookies.has(session)];
    };
    provider.user.email = "stranger@vendor.example";
    expect(await come()).toEqual([
      403,
      "Nobody was invited by the address stranger@vendor.example. Ask an owner to invite you.",
      false,
    ]);
    provider.user.email = "owner@north.example";
    expect((await come())[0]).toBe(403);
    provider.user.email = "owner@vendor.example";
    provider.user.email_verified = false;
    expect(await come()).toEqual([
      403,
      "Acme Account does not confirm that owner@vendor.example is your address.",
      false,
    ]);
    provider.user.email_verified = undefined;
    expect((await come())[0]).toBe(403);
    provider.user.email = "";
    expect((await come())[1]).toMatch(/did not tell your e-mail address/);
    expect(world.logged("session.refused").map(({ reason }) => reason)).toEqual([
      "person_unknown",
      "person_unknown",
      "mail_unverified",
      "mail_unverified",
      "mail_missing",
    ]);
  });

  it("may tell the address at its user endpoint, and without a word of it where the vendor assigns all", async () => {
    const { provider, world } = await openWorld(bench, { assignsMail: true });
    provider.lies.mailElsewhere = true;
    provider.user.email_verified = undefined;
    const tab = browserOn(world);
    expect(await statusOf(tab.get(await visit(tab, provider)))).toBe(303);
    expect(await whoIn(world, tab)).toMatchObject({ id: world.vendor.owner });
    expect(provider.seen).toContain("/user");
  });

  it("that is down keeps nobody from signing in by mail, and is asked again the next time", async () => {
    const { provider, world } = await openWorld(bench);
    provider.lies.isDown = true;
    const tab = browserOn(world);
    const sent = await tab.get("/sign-in/oidc/sso?to=/console");
    expect([sent.status, await alertOf(sent)]).toEqual([
      503,
      "Acme Account does not answer at the moment. You can sign in by a mailed code.",
    ]);
    const { browser, mail } = await askedFor(world, "owner@vendor.example", "/console");
    expect(await statusOf(browser.post("/sign-in/code", { code: codeIn(mail) }))).toBe(303);
    provider.lies.isDown = false;
    const back = await visit(tab, provider);
    provider.lies.isDown = true;
    expect(await statusOf(tab.get(back))).toBe(503);
    provider.lies.isDown = false;
    expect(await statusOf(tab.get(await visit(tab, provider)))).toBe(303);
  });

  it("makes a sign-in fresh only when it asked who it is a short while ago", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    const fresh = async () => {
      const who = await whoIn(world, tab);
      return who !== undefined && isFresh(world.deps, who);
    };
    await tab.get(await visit(tab, provider));
    expect([await fresh(), provider.asked.at(-1)?.get("prompt")]).toEqual([false, null]);
    await tab.get(await visit(tab, provider, "/sign-in/oidc/sso?again=1&to=/console/payouts"));
    expect([await fresh(), provider.asked.at(-1)?.get("prompt")]).toEqual([true, "login"]);
    provider.lies.claims = { auth_time: Math.floor(world.deps.clock() / 1_000) - 3_600 };
    await tab.get(await visit(tab, provider, "/sign-in/oidc/sso?again=1"));
    expect(await fresh()).toBe(false);
    provider.lies.claims = { auth_time: Math.floor(world.deps.clock() / 1_000) - 60 };
    await tab.get(await visit(tab, provider));
    expect(await fresh()).toBe(true);
  });

  it("is signed out of too, by its own page, and ends by its own word what has ended there", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    await tab.get(await visit(tab, provider));
    const token =
      /name="form-token" value="([^"]+)"/.exec(await (await tab.get(sessionsPath)).text())?.[1] ?? "";
    const out = await (await tab.post("/sign-in/out", { "form-token": token })).text();
    const leave = /href="([^"]+\/leave[^"]*)"/.exec(out)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(new URL(leave).searchParams.get("post_logout_redirect_uri")).toBe(
      "https://renew.acme.example/sign-in",
    );
    const tell = async (logout_token: string) => {
      const teller = browserOn(world);
      return statusOf(teller.post("/sign-in/oidc/sso/ended", { logout_token }, { "sec-fetch-site": "" }));
    };
    const isIn = async () => (await whoIn(world, tab)) !== undefined;
    await tab.get(await visit(tab, provider));
    provider.lies.foreignKey = true;
    expect(await tell(await provider.logoutToken())).toBe(400);
    provider.lies.foreignKey = false;
    for (const lie of [
      { aud: "somebody-else" },
      { iss: "https://evil.example" },
      { events: {} },
      { sub: undefined, sid: undefined },
      { nonce: "n" },
      { jti: undefined },
    ])
      expect([lie, await tell(await provider.logoutToken(lie))]).toEqual([lie, 400]);
    expect(await tell("nonsense")).toBe(400);
    expect(await tell(await provider.logoutToken({ sid: "another-session" }))).toBe(200);
    expect(await isIn()).toBe(true);
    expect(await tell(await provider.logoutToken())).toBe(200);
    expect(await isIn()).toBe(false);
    await tab.get(await visit(tab, provider));
    expect(await tell(await provider.logoutToken({ sid: undefined }))).toBe(200);
    expect(await isIn()).toBe(false);
  });
});

onEveryEngine("an attack on the sign-in by a provider", (bench) => {
  const told = (lies: ProviderLies) => lies;
  const lies: Record<string, ProviderLies> = {
    "an ID token of another issuer": told({ claims: { iss: "https://evil.example" } }),
    "an ID token for another client": told({ claims: { aud: "another-client" } }),
    "an ID token of another sign-in": told({ claims: { nonce: "a".repeat(43) } }),
    "an ID token without a nonce": told({ claims: { nonce: undefined } }),
    "an ID token that has run out": told({ claims: { exp: 1_000_000_000 } }),
    "an ID token signed by a stranger": told({ foreignKey: true }),
    "an answer of another issuer": told({ iss: "https://evil.example" }),
    "an answer with another state": told({ state: "a".repeat(43) }),
  };

  it("by anything that the provider did not say of this very sign-in is refused", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    for (const [lie, said] of Object.entries(lies)) {
      for (const name of Object.keys(provider.lies)) delete provider.lies[name as keyof ProviderLies];
      Object.assign(provider.lies, said);
      const back = await tab.get(await visit(tab, provider));
      expect([lie, back.status, tab.cookies.has(session)]).toEqual([lie, 403, false]);
      expect(world.logged("session.refused").at(-1)).toMatchObject({ reason: "proof_invalid", type: "oidc" });
    }
  });

  it("that forges the way back finds no browser that began it: no cookie, another browser, a second time, too late", async () => {
    const { provider, world } = await openWorld(bench);
    const victim = browserOn(world);
    const attacker = browserOn(world);
    // The attacker's own answer, opened by the victim: it would sign the victim in as the attacker.
    const back = await visit(attacker, provider);
    expect(await statusOf(victim.get(back))).toBe(403);
    await visit(victim, provider);
    expect(await statusOf(victim.get(back))).toBe(403);
    expect(victim.cookies.has(session)).toBe(false);
    const cookie = attacker.cookies.get(held) ?? "";
    expect(await statusOf(attacker.get(back))).toBe(303);
    attacker.cookies.set(held, cookie);
    expect(await statusOf(attacker.get(back))).toBe(403);
    const late = await visit(attacker, provider);
    world.pass(15 / 1_440);
    expect(await statusOf(attacker.get(late))).toBe(403);
  });

  it("by mixing up two providers is refused: one's answer counts nowhere but at its own address", async () => {
    const honest = await openProvider();
    const rogue = await openProvider();
    const oidc = [honest.settings, { ...rogue.settings, id: "rogue", name: "Rogue" }];
    const world = await openMailing(bench, { signIn: { oidc } });
    const tab = browserOn(world);
    expect(await (await tab.get("/sign-in")).text()).toContain("/sign-in/oidc/rogue");
    // The browser went to the rogue, which passes on a code of the honest one.
    await tab.get("/sign-in/oidc/rogue");
    const state = () => new URLSearchParams(rogue.asked.at(-1) ?? []).get("state") ?? "";
    rogue.visit((await tab.get("/sign-in/oidc/rogue")).headers.get("location") ?? "");
    const other = browserOn(world);
    const stolen = new URLSearchParams((await visit(other, honest)).split("?")[1]);
    const query = new URLSearchParams({ code: stolen.get("code") ?? "", state: state(), iss: honest.issuer });
    expect(await statusOf(tab.get(`/sign-in/oidc/rogue/back?${query}`))).toBe(403);
    // The honest one's address does not end what began at the rogue's.
    rogue.visit((await tab.get("/sign-in/oidc/rogue")).headers.get("location") ?? "");
    query.set("state", state());
    expect(await statusOf(tab.get(`${sentBack}?${query}`))).toBe(403);
    expect(tab.cookies.has(session)).toBe(false);
    // A logout token of one ends nothing that the other began.
    expect(await statusOf(other.get(`${sentBack}?${stolen}`))).toBe(303);
    const logout_token = await rogue.logoutToken();
    expect(await statusOf(tab.post("/sign-in/oidc/rogue/ended", { logout_token }))).toBe(200);
    expect(await statusOf(tab.post("/sign-in/oidc/sso/ended", { logout_token }))).toBe(400);
    expect(await whoIn(world, other)).toBeDefined();
    expect(await statusOf(tab.get("/sign-in/oidc/nobody"))).toBe(404);
  });

  it("that asks without end is stopped by the limit of the address, going, coming back and telling of an end", async () => {
    const provider = await openProvider();
    const few = { address: { burst: 3, perHour: 3 } };
    const world = await openMailing(bench, {
      signIn: { oidc: provider.settings },
      limits: { ceremony: few },
    });
    const tab = browserOn(world);
    for (let at = 0; at < 3; at++) expect(await statusOf(tab.get("/sign-in/oidc/sso"))).toBe(303);
    const refused = await tab.get("/sign-in/oidc/sso");
    expect([refused.status, await alertOf(refused)]).toEqual([
      429,
      "That was tried too often. Please wait a few minutes.",
    ]);
    expect(await statusOf(tab.get(`${sentBack}?code=x`))).toBe(429);
    expect(await statusOf(tab.post("/sign-in/oidc/sso/ended", { logout_token: "x" }))).toBe(429);
  });

  it("by a discovery document of another issuer is taken for a provider that is down", async () => {
    const { provider, world } = await openWorld(bench);
    provider.lies.issuer = "https://evil.example";
    expect(await statusOf(browserOn(world).get("/sign-in/oidc/sso"))).toBe(503);
  });

  it("by an open redirect leads to the first page, and a refusal there is told in plain words", async () => {
    const { provider, world } = await openWorld(bench);
    const tab = browserOn(world);
    const done = await tab.get(await visit(tab, provider, "/sign-in/oidc/sso?to=//evil.example/console"));
    expect(done.headers.get("location")).toBe("/console");
    provider.lies.error = "access_denied";
    const denied = await tab.get(await visit(tab, provider));
    expect(await alertOf(denied)).toMatch(/^Acme Account did not let you in/);
    expect(world.logged("session.refused").at(-1)).toMatchObject({ reason: "denied", code: "access_denied" });
  });
});
