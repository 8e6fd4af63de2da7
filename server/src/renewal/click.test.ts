import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Deps } from "../deps/deps.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { previewClick, recordClick } from "./click.ts";

const url = "https://shop.example/pay?ref={reference}&mail={email}&key={licence}&what={product}";
const claims = { iss: "https://renew.acme.example", aud: "acme-paint", sub: "north", jti: "j1", iat: 1 };

/** A receiver with one product, whose key ring takes any token, and whose database does what it is told. */
function depsWith(write: () => Promise<unknown>) {
  const lines: [event: string, fields: unknown][] = [];
  const note = (event: string, fields: unknown) => lines.push([event, fields]);
  const product = { id: as.product("acme-paint"), name: "Acme Paint", checkout: { shop: as.shop("s"), url } };
  const deps = {
    config: { retention: { clicksPerTokenAndHour: 10 }, products: new Map([[product.id, product]]) },
    store: { write },
    keys: { verify: async () => ({ ok: true, claims, kid: "k1" }) },
    hashes: { licence: () => "hash", looseLicence: () => "loose" },
    clock: () => instant(Date.UTC(2027, 0, 1)),
    log: { info: note, warn: note },
  };
  return { deps: deps as unknown as Deps, lines };
}

const click = { product: "acme-paint", token: "t", licence: "A&B", email: "ann@example.com" };

describe("a click", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("leads to the checkout with a reference that any shop can carry", async () => {
    const { deps, lines } = depsWith(async () => undefined);
    const { location, accepted } = await recordClick(deps, click);
    expect(accepted).toBe(true);
    const query = new URL(location).searchParams;
    expect(query.get("ref")).toMatch(/^[A-Za-z0-9_-]{20,64}$/);
    expect(query.get("mail")).toBe("ann@example.com");
    expect(query.get("key")).toBe("A&B");
    expect(query.get("what")).toBe("acme-paint");
    expect(lines).toMatchObject([["click.accepted", { partner: "north", reference: query.get("ref") }]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["fails", () => Promise.reject(new Error("disk full"))],
    ["does not answer within two seconds", () => new Promise(() => {})],
  ])("still leads to the checkout when the database %s", async (_name, write) => {
    const { deps, lines } = depsWith(write);
    const result = recordClick(deps, click);
    await vi.advanceTimersByTimeAsync(2_000);
    const { location, accepted } = await result;
    expect(accepted).toBe(false);
    expect(new URL(location).searchParams.get("ref")).toBe("");
    expect(lines).toMatchObject([["click.rejected", { reason: "record_failed" }]]);
  });

  it("survives text that is no text", () => {
    const { deps } = depsWith(async () => undefined);
    expect(previewClick(deps, { ...click, licence: "\ud800" }).location).toContain("key=%EF%BF%BD");
  });

  it("on a product that is not sold here is refused", async () => {
    const { deps } = depsWith(async () => undefined);
    await expect(recordClick(deps, { product: "other" })).rejects.toMatchObject({ code: "product_unknown" });
  });
});
