import { describe, expect, it } from "vitest";
import { createMemoryTokenStore } from "../documents/memory-token-store.ts";
import { createRenewalClient, type SendMode } from "../index.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner } from "../testing/signer.ts";

const signer = await createSigner();
const token = await signer.sign();
const licence = { id: "AAAA-BBBB", expiresAt: "2026-12-21" };
const boundAt = "2026-11-21T12:00:00.000Z";

/** A copy with a token and a licence, a receiver that answers, and all that was sent to it. */
async function copySending(send: SendMode | undefined, store = createMemoryTokenStore()) {
  const sent: string[] = [];
  const product = createProduct(signer, {
    send,
    store,
    fetch: async (url, { method = "GET", body } = {}) => {
      sent.push(`${method} ${new URL(String(url)).pathname} ${body ?? ""}`);
      return method === "GET"
        ? new Response("ok")
        : Response.json({ product: "acme-paint", partner: "north-tools", status: "bound", boundAt });
    },
  });
  await product.renewal.attribution.capture({ token });
  product.renewal.license.set(licence);
  const leaked = () => [...sent, ...product.opened].filter((text) => text.includes(token));
  return { ...product, sent, leaked };
}

describe("send", () => {
  it("onClick: nothing leaves the device before the customer opens the renewal page", async () => {
    const { renewal, sent, leaked, opened } = await copySending("onClick");
    expect(await renewal.register()).toEqual({ code: "withheld" });
    expect(await renewal.register({ serial: "SERIAL-1" })).toEqual({ code: "withheld" });
    await renewal.attribution.capture();
    await renewal.idle();
    expect(sent).toEqual([]);
    await renewal.openRenewal();
    expect(opened[0]).toContain(token);
    expect(await renewal.register()).toMatchObject({ code: "bound" });
    expect(leaked()).toHaveLength(2);
  });

  it("withConsent: the link and the registration carry nothing until she has agreed, and nothing after a no", async () => {
    const store = createMemoryTokenStore();
    const { renewal, leaked, opened } = await copySending("withConsent", store);
    expect(await renewal.register()).toEqual({ code: "withheld" });
    expect(await renewal.renewalUrl()).not.toContain(token);
    await renewal.openRenewal();
    expect(opened[0]).toContain("AAAA-BBBB");
    expect(leaked()).toEqual([]);
    expect(renewal.consent(true)).toEqual({ code: "stored" });
    expect(await renewal.renewalUrl()).toContain(token);
    const restarted = await copySending("withConsent", store);
    expect(await restarted.renewal.register()).toMatchObject({ code: "bound" });
    renewal.consent(false);
    expect(await renewal.renewalUrl()).not.toContain(token);
  });

  it("never: the token stays, whatever is asked, and the customer can renew all the same", async () => {
    const { renewal, leaked, opened } = await copySending("never");
    renewal.consent(true);
    await renewal.openRenewal();
    expect(await renewal.register()).toEqual({ code: "withheld" });
    expect(opened).toHaveLength(1);
    expect(leaked()).toEqual([]);
    expect(renewal.partner()).toEqual({ id: "north-tools", name: null });
  });

  it("does not repeat what waited from a time when it might be sent", async () => {
    const store = createMemoryTokenStore();
    const offline = createProduct(signer, { store });
    await offline.renewal.attribution.capture({ token });
    offline.renewal.license.set(licence);
    expect(await offline.renewal.register()).toMatchObject({ code: "queued" });
    const { renewal, sent } = await copySending("never", store);
    await renewal.openRenewal();
    await renewal.idle();
    expect(sent.filter((text) => text.startsWith("POST"))).toEqual([]);
  });

  it("without a mode a registration is sent when the product registers", async () => {
    const { renewal } = await copySending(undefined);
    expect(await renewal.register()).toMatchObject({ code: "bound" });
  });

  it("an unknown mode is a programmer's mistake", () => {
    const options = { product: "acme-paint", receiver: "https://renew.acme.example", keys: signer.jwks };
    expect(() => createRenewalClient({ ...options, send: "always" as never })).toThrow(
      expect.objectContaining({ code: "send_refused" }),
    );
  });

  it("a damaged consent is none", async () => {
    const { renewal } = await copySending(
      "withConsent",
      createMemoryTokenStore({ consent: '{"given":"yes"}' }),
    );
    expect(await renewal.register()).toEqual({ code: "withheld" });
    expect(renewal.problems()).toMatchObject([{ code: "file_damaged" }]);
  });
});
