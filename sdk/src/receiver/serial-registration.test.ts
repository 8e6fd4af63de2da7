import { beforeAll, describe, expect, it } from "vitest";
import { createMemoryTokenStore } from "../index.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, type Signer } from "../testing/signer.ts";

let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner();
  token = await signer.sign();
});

const boundAt = "2026-11-21T12:00:00.000Z";
const serial = "ACME-1234-5678";
const bound = () => ({ product: "acme-paint", partner: "north-tools", status: "bound", boundAt, token });
const unassigned = { product: "acme-paint", partner: null, status: "unassigned", boundAt };

/** A receiver that gives its answers in turn; one that is an exception is a network that fails. */
function answering(...answers: (object | Error)[]) {
  const requests: { path: string; body: Record<string, unknown> }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    requests.push({ path: new URL(String(url)).pathname, body: JSON.parse(String(init?.body)) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  };
  return { fetch, requests };
}

describe("register with a serial", () => {
  it("needs no token and keeps the one that comes back", async () => {
    const { fetch, requests } = answering(bound());
    const { renewal } = createProduct(signer, { fetch });
    expect(await renewal.register({ serial })).toEqual({ code: "bound", partner: "north-tools", boundAt });
    expect(requests).toEqual([
      { path: "/v1/registrations", body: { product: "acme-paint", licence: serial, serial } },
    ]);
    expect(await renewal.attribution.get()).toMatchObject({ partner: "north-tools" });
    expect(await renewal.renewalUrl()).toContain(token);
  });

  it("sends the licence where the product has one of its own", async () => {
    const { fetch, requests } = answering(bound());
    const { renewal } = createProduct(signer, { fetch });
    renewal.license.set({ id: "AAAA-BBBB", expiresAt: "2027-11-21" });
    await renewal.register({ serial });
    expect(requests[0]?.body).toEqual({ product: "acme-paint", licence: "AAAA-BBBB", serial });
  });

  it("never replaces a token that came with the copy", async () => {
    const { fetch } = answering(bound());
    const store = createMemoryTokenStore({ token: await signer.sign({ sub: "south-tools" }) });
    const { renewal } = createProduct(signer, { fetch, store });
    await renewal.register({ serial });
    expect(await renewal.attribution.get()).toMatchObject({ partner: "south-tools" });
  });

  it("keeps no token that does not verify", async () => {
    const forged = await (await createSigner()).sign();
    const { fetch } = answering({ ...bound(), token: forged });
    const { renewal } = createProduct(signer, { fetch });
    expect(await renewal.register({ serial })).toMatchObject({ code: "bound" });
    expect(await renewal.attribution.get()).toBeNull();
  });

  it("is queued offline and repeated with its serial at the next start", async () => {
    const { fetch, requests } = answering(new TypeError("fetch failed"), bound());
    const store = createMemoryTokenStore();
    expect(await createProduct(signer, { fetch, store }).renewal.register({ serial })).toMatchObject({
      code: "queued",
      because: "receiver_unreachable",
    });
    const next = createProduct(signer, { fetch, store });
    next.clock.now += 60_000;
    await next.renewal.attribution.capture();
    await next.renewal.idle();
    expect(requests[1]?.body).toMatchObject({ serial });
    expect(await next.renewal.attribution.get()).toMatchObject({ partner: "north-tools" });
  });

  it("asks each day about a serial that nobody has sold yet", async () => {
    const { fetch, requests } = answering(unassigned, unassigned, bound());
    const { renewal, clock } = createProduct(signer, { fetch });
    const nobody = { code: "unassigned", partner: null, boundAt };
    expect(await renewal.register({ serial })).toEqual(nobody);
    expect(await renewal.register({ serial })).toEqual(nobody);
    expect(requests).toHaveLength(1);
    clock.now += 86_400_000;
    expect(await renewal.register({ serial })).toEqual(nobody);
    clock.now += 86_400_000;
    await renewal.attribution.capture();
    await renewal.idle();
    expect(await renewal.register({ serial })).toMatchObject({ code: "bound" });
    expect(requests).toHaveLength(3);
  });

  it.each([
    [{ ...unassigned, status: "bound" }],
    [{ ...unassigned, partner: "North Tools" }],
    [{ ...unassigned, product: "acme-draw" }],
  ])("takes %j for no answer", async (answer) => {
    const { fetch } = answering(answer);
    const { renewal } = createProduct(signer, { fetch });
    expect(await renewal.register({ serial })).toMatchObject({ because: "receiver_unhealthy" });
  });
});

describe("redeemVoucher", () => {
  const code = "7Q2K-M9XD-4HTR-0WZB-C";
  const redeemed = () => ({ product: "acme-paint", partner: "north-tools", serial, token });

  it("gives the serial and keeps the seller's token", async () => {
    const { fetch, requests } = answering(redeemed());
    const { renewal } = createProduct(signer, { fetch });
    expect(await renewal.redeemVoucher(code)).toEqual({ code: "redeemed", serial, partner: "north-tools" });
    expect(requests[0]).toMatchObject({ path: "/v1/vouchers/redeem", body: { product: "acme-paint", code } });
    expect(String(requests[0]?.body.idempotencyKey)).toMatch(/^[\w-]{22}$/);
    expect(await renewal.attribution.get()).toMatchObject({ partner: "north-tools" });
  });

  it("sends the same key again after an answer that was lost, in a new process too", async () => {
    const { fetch, requests } = answering(new TypeError("fetch failed"), redeemed());
    const store = createMemoryTokenStore();
    expect(await createProduct(signer, { fetch, store }).renewal.redeemVoucher(code)).toEqual({
      code: "failed",
      because: "receiver_unreachable",
    });
    await createProduct(signer, { fetch, store }).renewal.redeemVoucher(code);
    expect(requests[1]?.body.idempotencyKey).toBe(requests[0]?.body.idempotencyKey);
    await createProduct(signer, { fetch, store }).renewal.redeemVoucher("another");
    expect(requests[2]?.body.idempotencyKey).not.toBe(requests[0]?.body.idempotencyKey);
  });

  it("answers the receiver's refusal", async () => {
    const { fetch } = answering(Response.json({ code: "voucher_used" }, { status: 409 }));
    const { renewal } = createProduct(signer, { fetch });
    expect(await renewal.redeemVoucher(code)).toEqual({
      code: "refused",
      because: "voucher_used",
      status: 409,
    });
  });
});
