import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { RenewalClientOptions } from "../index.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, type Signer } from "../testing/signer.ts";

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});
afterEach(() => void vi.useRealTimers());

/** The SDK's patience ends when the test moves the clock, however long a machine takes for what comes before. */
const stopTimers = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

const shop = "https://acme.example/renew?lang=en&product=acme-paint";
const renewalPage = "https://renew.acme.example/r/acme-paint";
const answering =
  (status: number, headers = {}) =>
  async () =>
    new Response("ok", { status, headers });

async function open(options: Partial<RenewalClientOptions>) {
  const product = createProduct(signer, options);
  return { ...product, result: await product.renewal.openRenewal() };
}

describe("openRenewal", () => {
  it("opens the renewal link when the receiver gives a sign of life", async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      asked.push(String(url));
      return new Response("ok");
    };
    const { result, opened } = await open({ fetch });
    expect(result).toEqual({ code: "opened_renewal", url: renewalPage });
    expect([asked, opened]).toEqual([["https://renew.acme.example/healthz"], [renewalPage]]);
  });

  it("opens the shop with product and licence when the receiver is unreachable", async () => {
    const { renewal, opened } = createProduct(signer);
    renewal.license.set({ id: "AA&BB", expiresAt: null });
    const url = `${shop}&licence=AA%26BB`;
    expect(await renewal.openRenewal()).toEqual({
      code: "opened_shop",
      url,
      because: "receiver_unreachable",
    });
    expect(opened).toEqual([url]);
  });

  it("opens the shop when the receiver answers with a failure or elsewhere", async () => {
    const { result } = await open({ fetch: answering(503) });
    expect(result).toEqual({ code: "opened_shop", url: shop, because: "receiver_unhealthy" });
  });

  it("waits for a silent receiver 1.5 s and no longer, even if fetch does not heed its signal", async () => {
    stopTimers();
    const asked = vi.fn(() => new Promise<never>(() => {}));
    const opening = open({ fetch: asked });
    await expect.poll(() => asked.mock.calls.length).toBe(1);
    const opened = vi.fn();
    void opening.then(opened);
    await vi.advanceTimersByTimeAsync(1499);
    expect(opened).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await opening).result).toMatchObject({ code: "opened_shop", because: "receiver_timeout" });
  });

  it("opens the renewal link all the same when the product named no shop", async () => {
    expect((await open({ shopUrl: undefined })).result).toEqual({ code: "opened_renewal", url: renewalPage });
  });

  it("answers with the address when no browser could be opened", async () => {
    const openBrowser = async () => ({ code: "opener_missing" as const });
    const { result } = await open({ openBrowser, fetch: answering(200) });
    expect(result).toEqual({ code: "not_opened", url: renewalPage, because: "opener_missing" });
    const throwing = await open({ openBrowser: () => Promise.reject(new Error("no display")) });
    expect(throwing.result).toEqual({ code: "not_opened", url: shop, because: "opener_failed" });
  });

  it("learns from the receiver that the remembered time is ahead", async () => {
    const { renewal, clock } = createProduct(signer, {
      fetch: answering(200, { date: "Sat, 21 Nov 2026 12:00:00 GMT" }),
    });
    const now = clock.now;
    renewal.license.set({ id: "A", expiresAt: "2027-11-21" });
    clock.now = Date.parse("2028-06-01");
    expect(renewal.status().state).toBe("expired");
    clock.now = now;
    expect(renewal.status()).toMatchObject({ state: "expired", clockSetBack: true });
    await renewal.openRenewal();
    expect(renewal.status()).toMatchObject({ state: "active", clockSetBack: false });
  });
});

describe("the sign of life over a socket", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(handle: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handle);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/renew`;
  }

  it("asks below the receiver's path", async () => {
    const receiver = await serve((request, response) =>
      response.writeHead(request.url === "/renew/healthz" ? 200 : 404).end(),
    );
    stopTimers();
    expect((await open({ receiver, fetch: undefined })).result).toMatchObject({ code: "opened_renewal" });
  });

  it("does not follow a redirect", async () => {
    const receiver = await serve((_, response) =>
      response.writeHead(302, { location: "https://elsewhere.example" }).end(),
    );
    stopTimers();
    const { result } = await open({ receiver, fetch: undefined });
    expect(result).toMatchObject({ code: "opened_shop", because: "receiver_unreachable" });
  });

  it("gives up on a receiver that accepts and stays silent", async () => {
    const asked = vi.fn();
    const receiver = await serve(asked);
    stopTimers();
    const opening = open({ receiver, fetch: undefined });
    await expect.poll(() => asked.mock.calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1500);
    expect((await opening).result).toMatchObject({ code: "opened_shop", because: "receiver_timeout" });
  });
});
