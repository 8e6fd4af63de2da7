import { beforeAll, describe, expect, it } from "vitest";
import { createMemoryTokenStore, type RenewalClientOptions } from "../index.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, type Signer } from "../testing/signer.ts";

let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
});

const boundAt = "2026-11-21T12:00:00.000Z";
const bound = { product: "acme-paint", partner: "north-tools", status: "bound", boundAt };
const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21" };

/** A receiver that gives its answers in turn; one that is an exception is a network that fails. */
function createReceiver(...answers: (Response | Error)[]) {
  const requests: { url: string; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    requests.push({ url: String(url), body: JSON.parse(String(init?.body)) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!(answer instanceof Response)) throw answer;
    return answer.clone();
  };
  return { fetch, requests };
}

async function createInstalled(options: Partial<RenewalClientOptions>) {
  const product = createProduct(signer, { store: createMemoryTokenStore({ token }), ...options });
  product.renewal.license.set(licence);
  return product;
}

const problem = (status: number, code: string, headers = {}) => Response.json({ code }, { status, headers });

describe("register", () => {
  it("sends product, licence and token and answers the binding that stands", async () => {
    const { fetch, requests } = createReceiver(Response.json(bound));
    const { renewal } = await createInstalled({ fetch });
    expect(await renewal.register()).toEqual({ code: "bound", partner: "north-tools", boundAt });
    expect(requests).toEqual([
      {
        url: "https://renew.acme.example/v1/registrations",
        body: { product: "acme-paint", licence: "AAAA-BBBB", token },
      },
    ]);
  });

  it("asks the receiver once in the life of a licence", async () => {
    const { fetch, requests } = createReceiver(
      Response.json({ ...bound, status: "conflict", partner: "other" }),
    );
    const store = createMemoryTokenStore({ token });
    for (let start = 0; start < 3; start += 1) {
      const { renewal } = await createInstalled({ fetch, store });
      expect(await renewal.register()).toEqual({ code: "conflict", partner: "other", boundAt });
    }
    expect(requests).toHaveLength(1);
  });

  it("tells when the licence ends only where the product says so, and again when the end has changed", async () => {
    const { fetch, requests } = createReceiver(Response.json(bound));
    const store = createMemoryTokenStore({ token });
    const start = async (tellTerm: boolean, expiresAt = licence.expiresAt) => {
      const { renewal } = await createInstalled({ fetch, store });
      renewal.license.set({ ...licence, expiresAt });
      expect(await renewal.register({ tellTerm })).toMatchObject({ code: "bound" });
    };
    await start(false);
    await start(true);
    await start(true);
    await start(true, "2028-11-21T00:00:00+02:00");
    await start(false);
    expect(requests.map(({ body }) => (body as { expiresAt?: string }).expiresAt)).toEqual([
      undefined,
      "2027-11-21T00:00:00.000Z",
      "2028-11-20T22:00:00.000Z",
    ]);
  });

  it("tries a new end once in a process, and keeps the binding when nobody answers", async () => {
    const { fetch, requests } = createReceiver(Response.json(bound), new TypeError("fetch failed"));
    const { renewal } = await createInstalled({ fetch });
    await renewal.register();
    for (let round = 0; round < 3; round += 1)
      expect(await renewal.register({ tellTerm: true })).toMatchObject({ code: "bound" });
    expect(requests).toHaveLength(2);
  });

  it("tells nothing of the licence before it may", async () => {
    const { fetch, requests } = createReceiver(Response.json(bound));
    const { renewal } = await createInstalled({ fetch, send: "withConsent" });
    expect(await renewal.register({ tellTerm: true })).toEqual({ code: "withheld" });
    expect(requests).toEqual([]);
  });

  it("takes two calls at once for one", async () => {
    const { fetch, requests } = createReceiver(Response.json(bound));
    const { renewal } = await createInstalled({ fetch });
    await Promise.all([renewal.register(), renewal.register()]);
    expect(requests).toHaveLength(1);
  });

  it("has nothing to send without a licence or a token", async () => {
    const { renewal } = createProduct(signer);
    expect(await renewal.register()).toEqual({ code: "licence_absent" });
    renewal.license.set(licence);
    expect(await renewal.register()).toEqual({ code: "token_absent" });
  });

  it("is queued offline and repeated at the next start", async () => {
    const { fetch, requests } = createReceiver(new TypeError("fetch failed"), Response.json(bound));
    const store = createMemoryTokenStore({ token });
    const { renewal } = await createInstalled({ fetch, store });
    expect(await renewal.register()).toMatchObject({ code: "queued", because: "receiver_unreachable" });
    const next = await createInstalled({ fetch, store });
    expect(await next.renewal.register()).toMatchObject({ code: "bound" });
    expect(requests).toHaveLength(2);
  });

  it("is repeated beside the next capture without being asked for", async () => {
    const { fetch, requests } = createReceiver(new TypeError("fetch failed"), Response.json(bound));
    const store = createMemoryTokenStore({ token });
    const { renewal, clock } = await createInstalled({ fetch, store });
    await renewal.register();
    clock.now += 60_000;
    await renewal.attribution.capture();
    await renewal.idle();
    expect(requests).toHaveLength(2);
    expect(await renewal.register()).toMatchObject({ code: "bound" });
    expect(requests).toHaveLength(2);
  });

  it("waits longer after each failure within one process", async () => {
    const { fetch, requests } = createReceiver(new TypeError("fetch failed"));
    const { renewal, clock } = await createInstalled({ fetch });
    const waits: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const result = await renewal.register();
      const retryAt = result.code === "queued" ? Date.parse(result.retryAt) : Number.NaN;
      waits.push((retryAt - clock.now) / 1000);
      clock.now = retryAt - 1;
      expect(await renewal.register()).toMatchObject({ code: "queued", because: "backing_off" });
      clock.now = retryAt;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    expect(requests).toHaveLength(12);
  });

  it.each([
    [500, undefined],
    [503, undefined],
    [429, undefined],
    [408, undefined],
    [200, { ...bound, status: "maybe" }],
    [200, { ...bound, product: "acme-draw" }],
    [200, "not an answer"],
  ])("is queued when the receiver answers %i %j", async (status, body) => {
    const { fetch } = createReceiver(Response.json(body ?? {}, { status }));
    const { renewal } = await createInstalled({ fetch });
    expect(await renewal.register()).toMatchObject({ code: "queued", because: "receiver_unhealthy" });
  });

  it.each([
    [problem(400, "licence_refused"), "licence_refused", 400],
    [problem(404, "product_unknown"), "product_unknown", 404],
    [new Response("<html>", { status: 410 }), "http_410", 410],
    [problem(422, "x".repeat(100)), "http_422", 422],
  ])("is dropped with the receiver's code", async (answer, because, status) => {
    const { fetch } = createReceiver(answer);
    const store = createMemoryTokenStore({ token });
    const { renewal } = await createInstalled({ fetch, store });
    expect(await renewal.register()).toEqual({ code: "refused", because, status });
    expect(store.read("registration")).toEqual({ code: "found", text: "[]\n" });
  });

  it.each([
    [{ "retry-after": "120" }, 120],
    [{ "retry-after": "Sat, 21 Nov 2026 12:10:00 GMT", date: "Sat, 21 Nov 2026 12:00:00 GMT" }, 600],
    [{ "retry-after": "999999" }, 86_400],
  ])("waits as the receiver asks with %j, at the next start too", async (headers, seconds) => {
    const { fetch, requests } = createReceiver(problem(429, "too_many", headers));
    const store = createMemoryTokenStore({ token });
    const { renewal, clock } = await createInstalled({ fetch, store });
    const retryAt = new Date(clock.now + seconds * 1000).toISOString();
    expect(await renewal.register()).toMatchObject({ code: "queued", retryAt });
    const next = await createInstalled({ fetch, store });
    expect(await next.renewal.register()).toEqual({ code: "queued", because: "backing_off", retryAt });
    expect(requests).toHaveLength(1);
  });

  it("does not wait for years because the clock was once ahead", async () => {
    const { fetch, requests } = createReceiver(new TypeError("fetch failed"), Response.json(bound));
    const { renewal, clock } = await createInstalled({ fetch });
    const now = clock.now;
    clock.now = Date.parse("2037-01-01");
    await renewal.register();
    clock.now = now;
    expect(await renewal.register()).toMatchObject({ code: "bound" });
    expect(requests).toHaveLength(2);
  });
});
