import { expect, it, onTestFinished, vi } from "vitest";
import { openKeyRing } from "../../server/src/keys/open-key-ring.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import {
  addressWarnings,
  descriptorWarnings,
  startWarnings,
} from "../../server/src/receiver/start/start-warnings.ts";
import { openJourney } from "../journey/journey.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

onEveryEngine("a receiver that moved to another address", (bench) => {
  it("says at its start which tokens die, and takes them when the former address is named", async () => {
    const { deps, ...journey } = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    expect(await startWarnings(deps)).toEqual([]);
    const moved = { ...deps.config, issuer: "https://new.acme.example" };
    expect(await startWarnings({ ...deps, config: moved })).toEqual([
      expect.stringContaining("Tokens that were issued at https://renew.acme.example are refused"),
    ]);
    const ring = await openKeyRing({ ...deps, config: moved });
    expect(await ring.verify(token, {})).toEqual({ ok: false, code: "token_issuer_mismatch" });

    const config = { ...moved, formerIssuers: ["https://renew.acme.example"] };
    expect(await startWarnings({ ...deps, config })).toEqual([]);
    const keys = await openKeyRing({ ...deps, config });
    expect(await keys.verify(token, { product: "acme-paint" })).toMatchObject({ ok: true });
    const app = createApp({ ...deps, config, keys }, { adminToken, shops: new Map() });
    const { headers } = await app.request(`/r/acme-paint?t=${token}`);
    expect(headers.get("location")).toMatch(/client_reference_id=[a-z0-9]{20}/);
  });
});

onEveryEngine("passkeys on a numeric address", (bench) => {
  it("are said to have no effect, and are offered nowhere", async () => {
    const { deps } = await openJourney(bench);
    const config = { ...deps.config, signIn: { ...deps.config.signIn, passkeys: true } };
    expect(await startWarnings({ ...deps, config })).toEqual([]);
    const numeric = {
      ...config,
      issuer: "https://192.0.2.7",
      formerIssuers: ["https://renew.acme.example"],
    };
    expect(await startWarnings({ ...deps, config: numeric })).toEqual([
      expect.stringContaining("signIn.passkeys has no effect"),
    ]);
    const pageOf = async (given: typeof config) => {
      const app = createApp({ ...deps, config: given }, { adminToken, shops: new Map() });
      return (await app.request("/sign-in")).text();
    };
    expect(await pageOf(config)).toContain('id="passkey"');
    expect(await pageOf(numeric)).not.toContain('id="passkey"');
  });
});

onEveryEngine("a proxy that nobody named", (bench) => {
  it("is said once, when it is first seen", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const body = JSON.stringify({ product: "acme-paint", licence: "L1", token });
    const headers = { "content-type": "application/json", "x-forwarded-for": "203.0.113.7" };
    for (let time = 0; time < 2; time++)
      await journey.app.request("/v1/registrations", { method: "POST", headers, body });
    expect(journey.logged("server.warning")).toMatchObject([
      { detail: expect.stringContaining("listen.trustedProxies") },
    ]);
  });

  it("and a wrong bearer is logged and counted, a missing one is not", async () => {
    const journey = await openJourney(bench);
    const ask = (authorization: string) =>
      journey.app.request("/v1/partners", { headers: authorization === "" ? {} : { authorization } });
    expect((await ask("Bearer wrong-wrong-wrong-wrong")).status).toBe(401);
    expect((await ask("")).status).toBe(401);
    expect(journey.logged("request.unauthorized")).toMatchObject([
      { method: "GET", route: "/v1/partners", many: false },
    ]);
    expect(await (await journey.app.request("/metrics")).text()).toContain(
      'tallystick_unauthorized_total{route="/v1/partners"} 1',
    );
  });

  it("and a wrong bearer waits for its answer, longer after many; a right one and a missing one do not", async () => {
    const journey = await openJourney(bench, { limits: { bearer: { address: { burst: 1, perHour: 1 } } } });
    const waited = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => waited.mockRestore());
    const pauses = async (authorization: string) => {
      waited.mockClear();
      await journey.app.request("/v1/partners", { headers: authorization === "" ? {} : { authorization } });
      return waited.mock.calls.map(([, pause]) => pause).filter((pause) => pause === 250 || pause === 1_000);
    };
    expect(await pauses(`Bearer ${adminToken}`)).toEqual([]);
    expect(await pauses("")).toEqual([]);
    expect(await pauses("Bearer wrong-wrong-wrong-wrong")).toEqual([250]);
    expect(await pauses("Bearer wrong-wrong-wrong-wrong")).toEqual([1_000]);
  });

  it("and wrong bearers are counted in the database, for all processes together; a right one never is", async () => {
    const limits = { bearer: { address: { burst: 2, perHour: 1 } } };
    const journey = await openJourney(bench, { limits });
    const beside = createApp(journey.deps, { adminToken, shops: new Map() });
    const ask = (app: typeof beside, bearer: string) =>
      app.request("/v1/partners", { headers: { authorization: `Bearer ${bearer}` } });
    for (const app of [journey.app, beside, journey.app]) {
      const refused = await ask(app, "wrong-wrong-wrong-wrong");
      expect(refused.status).toBe(401);
      expect(refused.headers.has("retry-after")).toBe(false);
    }
    expect(journey.logged("request.unauthorized").map(({ many }) => many)).toEqual([false, false, true]);
    expect((await ask(beside, adminToken)).status).toBe(200);
  });
});

onEveryEngine("open files", () => {
  it("are said to be too few for the downloads, where the system tells", () => {
    expect(descriptorWarnings(500, undefined)).toEqual([]);
    expect(descriptorWarnings(500, 1_700)).toEqual([]);
    expect(descriptorWarnings(500, 1_024)).toEqual([expect.stringContaining("raise nofile")]);
  });
});

onEveryEngine("a partner without an address", (bench) => {
  it("is said at start, in the list and where it is shown, until it has one", async () => {
    const journey = await openJourney(bench);
    const { deps, admin } = journey;
    for (const id of ["a", "b", "c", "d", "e", "f", "g"]) await journey.partnerWithToken(id);
    expect(await addressWarnings(deps)).toEqual([
      "No e-mail address is known of a, b, c, d, e and 2 more: their own purchases cannot be noticed. See: partner edit --email",
    ]);
    expect(await admin("GET", "/v1/partners/a")).toMatchObject({ body: { emailRegistered: false } });
    for (const id of ["a", "b", "c", "d", "e", "f", "g"])
      await admin("PATCH", `/v1/partners/${id}`, { email: `${id}@${id}.example` });
    expect(await addressWarnings(deps)).toEqual([]);
  });
});
