import { describe, expect, it } from "vitest";
import { createMemoryTokenStore } from "../documents/memory-token-store.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner } from "../testing/signer.ts";

const signer = await createSigner();
const token = await signer.sign();
const boundAt = "2026-11-21T12:00:00.000Z";
const dayMs = 86_400_000;

/** A copy whose receiver answers with what `answer` holds at the time, or not at all. */
async function copyOf(answer: { now: object | "offline" | 403 }, store = createMemoryTokenStore()) {
  let asked = 0;
  const product = createProduct(signer, {
    store,
    fetch: async () => {
      asked += 1;
      if (answer.now === "offline") throw new TypeError("fetch failed");
      if (answer.now === 403) return Response.json({ code: "token_expired" }, { status: 403 });
      return Response.json({
        product: "acme-paint",
        partner: "north-tools",
        status: "bound",
        boundAt,
        ...answer.now,
      });
    },
  });
  await product.renewal.attribution.capture({ token });
  product.renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-12-21" });
  return { ...product, asked: () => asked };
}

describe("the partner's name", () => {
  it("comes with the registration, and is kept with the token", async () => {
    const store = createMemoryTokenStore();
    const answer = { now: { partnerName: "North Star Söftware 北" } };
    const { renewal } = await copyOf(answer, store);
    expect(renewal.partner()).toEqual({ id: "north-tools", name: null });
    const told = { partner: "north-tools", partnerName: "North Star Söftware 北" };
    expect(await renewal.register()).toMatchObject({ code: "bound", ...told });
    expect(await renewal.register()).toMatchObject({ code: "bound", ...told });
    expect(renewal.partner()).toEqual({ id: "north-tools", name: "North Star Söftware 北" });
    const restarted = await copyOf({ now: "offline" }, store);
    expect(restarted.renewal.partner()).toEqual({ id: "north-tools", name: "North Star Söftware 北" });
  });

  it("is known in a process that has captured nothing yet", async () => {
    const store = createMemoryTokenStore();
    await copyOf({ now: {} }, store);
    expect(createProduct(signer, { store }).renewal.partner()).toEqual({ id: "north-tools", name: null });
    expect(createProduct(signer).renewal.partner()).toBeNull();
  });

  it("is asked for again after 30 days, when the product registers, and follows a change", async () => {
    const answer = { now: { partnerName: "North" } };
    const { renewal, clock, asked } = await copyOf(answer);
    await renewal.register();
    answer.now = { partnerName: "North Star", status: "already_bound" } as never;
    clock.now += 30 * dayMs - 1;
    await renewal.register();
    expect([asked(), renewal.partner()?.name]).toEqual([1, "North"]);
    clock.now += 1;
    expect(await renewal.register()).toMatchObject({ code: "already_bound" });
    expect([asked(), renewal.partner()?.name]).toEqual([2, "North Star"]);
  });

  it.each(["offline", 403] as const)(
    "stays, and so does the binding, when it cannot be asked for again: %s",
    async (later) => {
      const answer: { now: object | "offline" | 403 } = { now: { partnerName: "North" } };
      const { renewal, clock, asked } = await copyOf(answer);
      await renewal.register();
      answer.now = later;
      clock.now += 31 * dayMs;
      expect(await renewal.register()).toMatchObject({ code: "bound", partner: "north-tools" });
      expect(await renewal.register()).toMatchObject({ code: "bound" });
      expect([asked(), renewal.partner()?.name]).toEqual([2, "North"]);
    },
  );

  it.each([["\u202eevil"], ["a\nb"], [""], ["x".repeat(201)], [7]])(
    "is not taken from %j",
    async (partnerName) => {
      const { renewal } = await copyOf({ now: { partnerName } });
      expect(await renewal.register()).toMatchObject({ code: "bound" });
      expect(renewal.partner()).toEqual({ id: "north-tools", name: null });
    },
  );

  it("is nobody else's: a conflict names no seller for a copy without a token", async () => {
    const product = createProduct(signer, {
      fetch: async () =>
        Response.json({ product: "acme-paint", partner: "south", status: "conflict", boundAt }),
    });
    await product.renewal.register({ serial: "SERIAL-1" });
    expect(product.renewal.partner()).toBeNull();
  });

  it("is the serial's partner for a copy that was activated with one", async () => {
    const product = createProduct(signer, {
      fetch: async () =>
        Response.json({
          product: "acme-paint",
          partner: "south",
          partnerName: "South",
          status: "bound",
          boundAt,
        }),
    });
    await product.renewal.register({ serial: "SERIAL-1" });
    expect(product.renewal.partner()).toEqual({ id: "south", name: "South" });
  });
});
