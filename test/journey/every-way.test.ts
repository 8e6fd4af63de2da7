import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { importSerials } from "../../server/src/serials/import-serials.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";
import { type Journey, openJourney } from "./journey.ts";

const expiresAt = "2027-11-21T00:00:00Z";
const email = "customer@example.com";

async function openWithPartner(bench: Parameters<typeof openJourney>[0]): Promise<Journey> {
  const journey = await openJourney(bench);
  const north = { id: "north", name: "North", percent: 20 };
  expect(await journey.admin("POST", "/v1/partners", north)).toMatchObject({ status: 201 });
  return journey;
}

/** A vendor brings three serials in, as `tallystick serial import` does. */
async function importThree({ deps }: Journey, order: { batch: string; pool?: boolean }): Promise<string[]> {
  const serials = ["PAINT-1111-2222", "PAINT-3333-4444", "PAINT-5555-6666"];
  await importSerials(deps, {
    ...order,
    product: "acme-paint",
    source: Readable.from([Buffer.from(serials.join("\n"))]),
  });
  return serials;
}

const withoutHyphens = (serial: string) => serial.replaceAll("-", "");

/** The customer follows the product's link a year later and buys what `session` tells. */
async function renew(
  journey: Journey,
  link: string,
  session: Parameters<typeof stripeCheckoutCompleted>[0] = {},
): Promise<void> {
  journey.pass(365);
  const { status, reference } = await journey.click(link);
  expect(status).toBe(302);
  const event = stripeCheckoutCompleted({
    ...journey.happening(),
    id: "cs_1",
    ...(reference === "" ? {} : { reference }),
    ...session,
  });
  expect(await journey.stripe(event)).toEqual({ code: 200, status: "recorded" });
}

async function expectCredit(journey: Journey, kind: string): Promise<void> {
  const { body } = await journey.admin("GET", "/v1/orders/stripe/cs_1");
  expect(body).toMatchObject({ outcome: "credited", partner: "north" });
  const [winner, ...others] = body.evidence as { kind: string; verdict: string; reason: string }[];
  expect(winner).toMatchObject({ kind, verdict: "won", partner: "north" });
  expect(others.every(({ verdict, reason }) => verdict === "lost" && reason === "agrees")).toBe(true);
  expect(journey.logged("order.credited")).toMatchObject([{ partner: "north", evidence: kind }]);
  expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
  await journey.expectSoundLedger();
}

onEveryEngine("from an installed product to the ledger", (bench) => {
  it("a file beside the program credits by token", async () => {
    const journey = await openWithPartner(bench);
    const issued = await journey.admin("POST", "/v1/tokens", { partner: "north", product: "acme-paint" });
    const { client } = await journey.install(String(issued.body.token));
    expect(await client.attribution.capture()).toMatchObject({ code: "captured", partner: "north" });
    client.license.set({ id: "AAAA-BBBB", expiresAt, email });
    expect(await client.register()).toMatchObject({ code: "bound", partner: "north" });
    await renew(journey, await client.renewalUrl(), { metadata: { licence: "AAAA-BBBB" } });
    await expectCredit(journey, "token");
  });

  it("a serial of an assigned batch credits by serial", async () => {
    const journey = await openWithPartner(bench);
    const [serial = ""] = await importThree(journey, { batch: "boxes" });
    const assigned = await journey.admin("POST", "/v1/serial-batches/boxes/assignments", {
      partner: "north",
    });
    expect(assigned).toMatchObject({ status: 200, body: { partner: "north", isNew: true } });
    const { client } = await journey.install();
    expect(await client.attribution.capture()).toMatchObject({ code: "not_found" });
    expect(await client.register({ serial })).toMatchObject({ code: "bound", partner: "north" });
    client.license.set({ id: serial, expiresAt, email });
    expect(await client.attribution.get()).toMatchObject({ partner: "north" });
    await renew(journey, await client.renewalUrl(), { metadata: { licence: serial } });
    await expectCredit(journey, "serial");
  });

  it("a voucher that the product exchanges credits by voucher", async () => {
    const journey = await openWithPartner(bench);
    await importThree(journey, { batch: "pool", pool: true });
    const order = { partner: "north", product: "acme-paint", count: 1 };
    const issued = await journey.admin("POST", "/v1/voucher-batches", order);
    const [{ code }] = issued.body.vouchers as [{ code: string }];
    const { client } = await journey.install();
    const redeemed = await client.redeemVoucher(code.toLowerCase());
    if (redeemed.code !== "redeemed") throw new Error(`the voucher was answered ${redeemed.code}`);
    expect(await client.register({ serial: redeemed.serial })).toMatchObject({ code: "bound" });
    client.license.set({ id: redeemed.serial, expiresAt, email });
    await renew(journey, await client.renewalUrl(), { metadata: { licence: redeemed.serial } });
    await expectCredit(journey, "voucher");
  });

  it("a voucher exchanged on the partner's page credits by voucher", async () => {
    const journey = await openWithPartner(bench);
    const pool = await importThree(journey, { batch: "pool", pool: true });
    const order = { partner: "north", product: "acme-paint", count: 1 };
    const issued = await journey.admin("POST", "/v1/voucher-batches", order);
    const [{ code }] = issued.body.vouchers as [{ code: string }];
    const page = await journey.app.request("/voucher/north", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ code }),
    });
    expect(page.status).toBe(200);
    const given = /PAINT-?\d{4}-?\d{4}/.exec(await page.text())?.[0] ?? "";
    expect(pool.map(withoutHyphens)).toContain(withoutHyphens(given));
    const { client } = await journey.install();
    expect(await client.register({ serial: given })).toMatchObject({ code: "bound", partner: "north" });
    client.license.set({ id: given, expiresAt, email });
    await renew(journey, await client.renewalUrl(), { metadata: { licence: given } });
    await expectCredit(journey, "voucher");
  });

  it("an address that the partner registered credits by email", async () => {
    const journey = await openWithPartner(bench);
    const { body } = await journey.admin("POST", "/v1/partners/north/keys", {});
    const registered = await journey.app.request("/v1/partner/registered-emails", {
      method: "POST",
      headers: { authorization: `Bearer ${body.key}`, "content-type": "application/json" },
      body: JSON.stringify({ emails: [` ${email.toUpperCase()} `] }),
    });
    expect(registered.status).toBe(200);
    const { client } = await journey.install();
    client.license.set({ id: "AAAA-BBBB", expiresAt, email });
    expect(await client.register()).toEqual({ code: "token_absent" });
    await renew(journey, await client.renewalUrl(), { email });
    await expectCredit(journey, "email");
  });

  it("a code at the checkout credits by coupon", async () => {
    const journey = await openWithPartner(bench);
    const coupon = await journey.admin("POST", "/v1/coupons", { code: "NORTH10", partner: "north" });
    expect(coupon.status).toBe(201);
    const { client } = await journey.install();
    client.license.set({ id: "AAAA-BBBB", expiresAt, email });
    await renew(journey, await client.renewalUrl(), {
      discounts: [{ coupon: null, promotion_code: { code: "north10" } }],
    });
    await expectCredit(journey, "coupon");
  });
});
