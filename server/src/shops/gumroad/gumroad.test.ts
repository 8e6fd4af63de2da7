import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gumroadDelivery, gumroadSecret } from "../../../../test/shops/deliveries.ts";
import { gumroadToken, openGumroadApi } from "../../../../test/shops/gumroad-api.ts";
import { gumroadPing } from "../../../../test/shops/gumroad-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { as, noCurrency } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("gumroad");
const open = (secret: string) =>
  openShops(new Map([[name, { kind: "gumroad", secrets: [secret], apiToken: gumroadToken }]])).get(name);
const shop = open(gumroadSecret);
const now = instant(5_000);
const read = (payload: unknown) => shop?.read(gumroadDelivery(payload), now);

let api: ReturnType<typeof openGumroadApi>;
beforeAll(() => {
  api = openGumroadApi();
});
afterAll(() => api.close());

async function confirmed(ping: object) {
  const reading = read(ping);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return shop?.confirm?.(reading, now);
}

describe("a Gumroad shop", () => {
  it("reads a ping as the claim of a sale, and confirms it", async () => {
    api.tell({ id: "FO8TXN-dvxYabdavG97Y-Q==" });
    const ping = gumroadPing({ params: { ref: "r_abc-DEF", product: "acme-paint" }, code: "FLAT50" });
    expect(await confirmed(ping)).toEqual({
      outcome: "events",
      live: true,
      events: [
        {
          effect: "sale",
          eventId: "sale:FO8TXN-dvxYabdavG97Y-Q==",
          objectId: "FO8TXN-dvxYabdavG97Y-Q==",
          occurredAt: Date.parse("2025-11-19T14:13:10Z"),
          order: "FO8TXN-dvxYabdavG97Y-Q==",
          providerIds: ["FO8TXN-dvxYabdavG97Y-Q=="],
          cycle: "new",
          netMinor: 10_000,
          taxMinor: 0,
          currency: "USD",
          lines: [
            {
              line: "1",
              articles: ["32-nPainqpLj1B_WIwVlMw==", "acme-paint", "XCBbJ"],
              quantity: 1,
              netMinor: 10_000,
              taxMinor: 0,
              kind: "new",
            },
          ],
          reference: "r_abc-DEF",
          licence: "83DB262A-C19D3B06-A5235A6B-8C079166",
          product: "acme-paint",
          email: "customer@example.com",
          country: "DE",
          coupons: ["FLAT50"],
        },
      ],
    });
    expect(api.asked).toContain("/v2/sales/FO8TXN-dvxYabdavG97Y-Q%3D%3D");
  });

  it.each([
    ["$10", "4", 6_000],
    ["€1,200", "300", 7_500],
    ["$10 a month", "$2.50", 7_500],
    ["¥1500", "1000", 3_333],
  ])("takes of %s with %s left the same part of the price", async (paid, left, amountMinor) => {
    const id = "partly";
    api.tell({
      id,
      partially_refunded: true,
      formatted_total_price: paid,
      amount_refundable_in_currency: left,
    });
    const reading = await confirmed(gumroadPing({ id, resource: "refund" }));
    expect(reading).toMatchObject({ events: [{ effect: "refund", amountMinor, cumulative: true }] });
  });

  it("takes no authorised preorder for a sale, whoever says that it is one", async () => {
    const ignored = { outcome: "ignored", type: "preorder_authorization" };
    expect(read(gumroadPing({ more: { is_preorder_authorization: "true" } }))).toMatchObject(ignored);
    api.tell({ id: "preorder", is_preorder_authorization: true });
    expect(await confirmed(gumroadPing({ id: "preorder" }))).toMatchObject(ignored);
    api.tell({ id: "released", is_preorder_authorization: false });
    expect(await confirmed(gumroadPing({ id: "released" }))).toMatchObject({
      events: [{ netMinor: 10_000 }],
    });
  });

  it("counts a trial's first payment, and of its beginning only who led there", async () => {
    const trial = { free_trial_ends_on: "Nov 26", recurring_charge: false };
    api.tell({ id: "trial", ...trial });
    const params = { ref: "r_1" };
    expect(await confirmed(gumroadPing({ id: "trial", subscription: "sub", params }))).toMatchObject({
      events: [{ netMinor: 0, currency: noCurrency, amounts: "part", subscription: "sub", reference: "r_1" }],
    });
    api.tell({ id: "ended", ...trial, free_trial_ended: true });
    expect(await confirmed(gumroadPing({ id: "ended" }))).toMatchObject({ events: [{ netMinor: 0 }] });
    api.tell({ id: "paid", ...trial, recurring_charge: true });
    expect(await confirmed(gumroadPing({ id: "paid", subscription: "sub" }))).toMatchObject({
      events: [{ netMinor: 10_000, cycle: "renewal", lines: [{ netMinor: 10_000, kind: "renewal" }] }],
    });
  });

  it("counts what was paid for a gift, and takes the giver for the buyer", async () => {
    const more = {
      is_gift_receiver_purchase: "true",
      gift_price: "10000",
      gifter_email: "giver@example.com",
    };
    api.tell({ id: "gift", price: 0, paid: false, is_gift_receiver_purchase: true });
    expect(await confirmed(gumroadPing({ id: "gift", priceCents: 0, more }))).toMatchObject({
      events: [{ netMinor: 10_000, lines: [{ netMinor: 10_000 }], email: "giver@example.com" }],
    });
    api.tell({ id: "no gift", price: 500 });
    expect(await confirmed(gumroadPing({ id: "nogift", more }))).toMatchObject({ outcome: "refused" });
    api.tell({ id: "claimed", price: 500, is_gift_receiver_purchase: false });
    expect(await confirmed(gumroadPing({ id: "claimed", more }))).toMatchObject({
      events: [{ netMinor: 500 }],
    });
    api.tell({ id: "gift", refunded: true });
    expect(await confirmed(gumroadPing({ id: "gift", resource: "refund" }))).toMatchObject({
      events: [{ whole: true, objectId: "gift:whole@5000" }],
    });
  });

  it("tells an upgrade by the API, term, quantity and variants by the ping", async () => {
    api.tell({ id: "upgrade", recurring_charge: true, is_upgrade_purchase: true });
    const more = { recurrence: "every_two_years", quantity: "3", "variants[Tier]": "Pro" };
    expect(await confirmed(gumroadPing({ id: "upgrade", more }))).toMatchObject({
      events: [{ cycle: "renewal", lines: [{ kind: "upgrade", quantity: 3, period: "P2Y" }] }],
    });
    const odd = read(gumroadPing({ more: { recurrence: "toString", quantity: "-1" } }));
    expect(odd).toMatchObject({ outcome: "events", events: [{ lines: [{ quantity: 1 }] }] });
    expect(JSON.stringify(read(gumroadPing({ more })))).toContain('"Pro"');
  });

  it("does not open a dispute again by a ping that comes after it was won", async () => {
    api.tell({ id: "disputed", disputed: true, chargedback: true });
    const ask = (resource: string) => confirmed(gumroadPing({ id: "disputed", resource }));
    expect(await ask("dispute")).toMatchObject({ events: [{ effect: "dispute_opened" }] });
    expect(await ask("dispute_won")).toMatchObject({ outcome: "refused" });
    api.tell({ id: "disputed", dispute_won: true, chargedback: false });
    for (const resource of ["dispute", "dispute_won"])
      expect(await ask(resource)).toMatchObject({
        events: [{ effect: "dispute_won", eventId: expect.stringMatching(/^dispute_won:disputed@\d+$/) }],
      });
  });

  it("asks no API of another sale by a sale's id that is a path", async () => {
    const reading = await confirmed(gumroadPing({ id: "../user" }));
    expect(reading).toMatchObject({ outcome: "refused" });
    expect(api.asked.at(-1)).toBe("/v2/sales/..%2Fuser");
  });

  it("fails, so that the ping comes again, when the API answers something else", async () => {
    api.status = 500;
    await expect(confirmed(gumroadPing())).rejects.toThrow("api.gumroad.com answered 500");
    api.status = 200;
    api.body = " ".repeat(17 * 1024 * 1024);
    await expect(confirmed(gumroadPing())).rejects.toThrow("api.gumroad.com sent more than 16777216 bytes");
    api.body = undefined;
  });

  it("ignores tests, and what it has no use for", () => {
    expect(read(gumroadPing({ test: true }))).toMatchObject({ outcome: "ignored", because: "test_mode" });
    expect(read(gumroadPing({ resource: "cancellation" }))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["that is no form of a sale", "hello=world"],
    ["that is JSON", JSON.stringify(gumroadPing())],
    ["with a price below zero", String(new URLSearchParams({ ...gumroadPing(), price: "-1" }))],
    ["with 501 fields", Array.from({ length: 501 }, (_, at) => `f${at}=1`).join("&")],
    ["with an unprintable resource", "resource_name=%00&sale_id=1&price=1"],
    ["that is empty", ""],
  ])("refuses a ping %s", (_, body) => {
    expect(read(body)).toMatchObject({ outcome: "refused", because: "event_malformed" });
  });

  it("refuses a ping of bytes that are no text", () => {
    const { headers, key } = gumroadDelivery("");
    const delivery = { headers, body: new Uint8Array([0xff, 0xfe]), ...(key === undefined ? {} : { key }) };
    expect(shop?.read(delivery, now)).toMatchObject({ because: "body_not_utf8" });
  });

  it.each([
    [undefined, "signature_missing"],
    ["", "signature_malformed"],
    [`${gumroadSecret}x`, "signature_mismatch"],
    [gumroadSecret.slice(1), "signature_mismatch"],
    [gumroadSecret.toUpperCase(), "signature_mismatch"],
  ])("refuses the key %s", (key, because) => {
    const { headers, body } = gumroadDelivery(gumroadPing());
    const delivery = { headers, body, ...(key === undefined ? {} : { key }) };
    expect(shop?.read(delivery, now)).toMatchObject({ because });
  });

  it("takes no key that would need an escape in an address", () => {
    expect(() => open("a key with spaces, 24 bytes long")).toThrow("it stands in an address");
    expect(() => open("short")).toThrow("at least 24");
  });
});
