import { createMemoryTokenStore, createRenewalClient, type JsonWebKeySet } from "@tallystick/sdk";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { benchOf } from "../postgres/on-every-engine.ts";
import { type Journey, openJourney } from "./journey.ts";
import { receiverUrl } from "./receiver-world.ts";

/** The global `fetch`, as a product has it: msw stands where the network would be. */
const network = setupServer();
beforeAll(() => network.listen({ onUnhandledFrame: "error" }));
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

const everything = `${receiverUrl}/*`;
const shop = "https://acme.example/renew?product=acme-paint&licence=AAAA-BBBB";

/** From here on `fetch` reaches nothing. @returns puts the network back */
function noNetwork(): () => void {
  const spy = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
  return () => spy.mockRestore();
}

/** A copy that was captured and has a licence, with the SDK's own network. */
async function copyOf(journey: Journey) {
  const { token } = await journey.partnerWithToken("north");
  const keys = (await (await journey.app.request("/.well-known/jwks.json")).json()) as JsonWebKeySet;
  const opened: string[] = [];
  const renewal = createRenewalClient({
    product: "acme-paint",
    receiver: receiverUrl,
    keys,
    shopUrl: "https://acme.example/renew",
    store: createMemoryTokenStore(),
    now: () => journey.now,
    openBrowser: async (url) => {
      opened.push(url);
      return { code: "opened" };
    },
  });
  await renewal.attribution.capture({ token });
  renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" });
  return { renewal, opened };
}

describe("the SDK over the network", () => {
  const bench = benchOf("sqlite");

  it("registers at the receiver and opens its link", async () => {
    const journey = await openJourney(bench);
    network.use(http.all(everything, ({ request }) => journey.app.request(request)));
    const { renewal, opened } = await copyOf(journey);
    expect(await renewal.register()).toMatchObject({ code: "bound", partner: "north" });
    expect(await renewal.openRenewal()).toMatchObject({ code: "opened_renewal" });
    expect(opened).toEqual([await renewal.renewalUrl()]);
  });

  it("keeps a registration that found no network, and sends it when there is one", async () => {
    const journey = await openJourney(bench);
    const { renewal } = await copyOf(journey);
    const back = noNetwork();
    expect(await renewal.register()).toMatchObject({ code: "queued" });
    back();
    network.use(http.all(everything, ({ request }) => journey.app.request(request)));
    journey.pass(1);
    renewal.beginSession();
    expect(await renewal.register()).toMatchObject({ code: "bound", partner: "north" });
    expect(journey.logged("registration.bound")).toHaveLength(1);
  });

  it.each<[name: string, fail: () => void]>([
    ["is not there", () => onTestFinished(noNetwork())],
    ["is ill", () => network.use(http.all(everything, () => HttpResponse.json({}, { status: 503 })))],
  ])("takes the customer to the shop when the receiver %s", async (_name, fail) => {
    const journey = await openJourney(bench);
    const { renewal, opened } = await copyOf(journey);
    fail();
    expect(await renewal.openRenewal()).toMatchObject({ code: "opened_shop" });
    expect(opened).toEqual([shop]);
  });

  it("takes the customer to the shop when the receiver is silent for a second and a half", async () => {
    const journey = await openJourney(bench);
    const { renewal, opened } = await copyOf(journey);
    const asked = vi.fn(() => new Promise<never>(() => {}));
    network.use(http.all(everything, asked));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const opening = renewal.openRenewal();
    await expect.poll(() => asked.mock.calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1500);
    expect(await opening).toMatchObject({ code: "opened_shop", because: "receiver_timeout" });
    expect(opened).toEqual([shop]);
  });
});
