import { describe, expect, it } from "vitest";
import {
  chargebeeEvent,
  chargebeePaymentRefunded,
  chargebeePaymentSucceeded,
} from "../../../../test/shops/chargebee-fixtures.ts";
import { chargebeeDelivery, chargebeeSecret, chargebeeUser } from "../../../../test/shops/deliveries.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("chargebee");
const secrets = [chargebeeSecret, "another-password-while-rotated"];
const shop = openShops(new Map([[name, { kind: "chargebee", secrets, user: chargebeeUser }]])).get(name);
const read = (payload: unknown) => shop?.read(chargebeeDelivery(payload), instant(0));
const withHeader = (authorization: string | null) => {
  const { headers, body } = chargebeeDelivery(chargebeePaymentSucceeded());
  if (authorization === null) headers.delete("authorization");
  else headers.set("authorization", authorization);
  const reading = shop?.read({ headers, body }, instant(0));
  return reading?.outcome === "refused" ? reading.because : reading?.outcome;
};
const pair = (text: string) => Buffer.from(text).toString("base64");

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("basic authentication", () => {
  it("is what RFC 7617 shows, by any of the passwords", () => {
    expect(withHeader(`Basic ${pair(`tallystick:${chargebeeSecret}`)}`)).toBe("events");
    expect(withHeader(`basic  ${pair("tallystick:another-password-while-rotated")}`)).toBe("events");
    expect(pair("Aladdin:open sesame")).toBe("QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  });

  it.each([
    ["that is missing", null, "signature_missing"],
    [
      "with another password",
      `Basic ${pair("tallystick:another-password-altogether")}`,
      "signature_mismatch",
    ],
    ["with another user", `Basic ${pair(`admin:${chargebeeSecret}`)}`, "signature_mismatch"],
    ["with the password alone", `Basic ${pair(chargebeeSecret)}`, "signature_mismatch"],
    ["with a part of the password", `Basic ${pair("tallystick:chargebee")}`, "signature_mismatch"],

    ["of another scheme", `Bearer ${chargebeeSecret}`, "signature_malformed"],
    ["that is no base64", "Basic ???", "signature_malformed"],
    ["that came twice", `Basic ${pair("a:b")}, Basic ${pair("a:b")}`, "signature_malformed"],
    ["of 5 kB", `Basic ${"A".repeat(5000)}`, "signature_malformed"],
  ])("%s is judged", (_, header, verdict) => {
    expect(withHeader(header)).toBe(verdict);
  });
});

describe("a Chargebee shop", () => {
  it("reads a paid invoice as a new sale", () => {
    const fields = { cf_reference: "r_abc-DEF", cf_licence: "AAAA-BBBB", cf_product: "acme-paint" };
    const discounts = [{ entity_type: "document_level_coupon", entity_id: "SUMMER", amount: 100 }];
    expect(onlyEvent(chargebeePaymentSucceeded({ fields, discounts }))).toEqual({
      effect: "sale",
      eventId: "ev_169vvoU3YUvqS75n",
      objectId: "INV-1042",
      occurredAt: 1_763_561_590_000,
      order: "INV-1042",
      providerIds: ["INV-1042"],
      cycle: "new",
      netMinor: 10_000,
      taxMinor: 1900,
      currency: "EUR",
      lines: [
        {
          line: "li_169vvoU3YUvpW",
          articles: ["acme-paint-EUR-Yearly"],
          quantity: 1,
          netMinor: 10_000,
          taxMinor: 1900,
          listMinor: 10_000,
          kind: "new",
          period: "P1Y",
        },
      ],
      reference: "r_abc-DEF",
      licence: "AAAA-BBBB",
      product: "acme-paint",
      subscription: "169vvoU3YUvoI75i",
      email: "customer@example.com",
      country: "AT",
      coupons: ["SUMMER"],
    });
  });

  it.each([
    ["the subscription's meta data", { metaData: { reference: "r_1" } }],
    [
      "the invoice's custom fields, without a subscription",
      { subscription: null, invoiceFields: { cf_ref: "r_1" } },
    ],
  ])("finds the reference in %s", (_, more) => {
    expect(onlyEvent(chargebeePaymentSucceeded(more))).toMatchObject({ reference: "r_1" });
  });

  it("tells a renewal by the invoice", () => {
    expect(onlyEvent(chargebeePaymentSucceeded({ first: false }))).toMatchObject({ cycle: "renewal" });
    const once = chargebeePaymentSucceeded({ first: false, recurring: false, subscription: null });
    expect(onlyEvent(once)).toMatchObject({ cycle: "new" });
  });

  it("counts what credits paid no second time, and takes the tax in proportion", () => {
    const event = onlyEvent(chargebeePaymentSucceeded({ paidMinor: 5950 }));
    expect(event).toMatchObject({
      netMinor: 5000,
      taxMinor: 950,
      lines: [{ netMinor: 5000, taxMinor: 950 }],
    });
  });

  const plan = {
    id: "li_1",
    entity_type: "plan_item_price",
    entity_id: "paint",
    amount: 8000,
    tax_amount: 1520,
  };
  const addon = {
    id: "li_2",
    entity_type: "addon_item_price",
    entity_id: "brush",
    amount: 3000,
    tax_amount: 380,
  };

  it("reads lines after their discounts, and says what each of them is", () => {
    const line_items = [
      { ...plan, quantity: 4 },
      { ...addon, discount_amount: 1000 },
      { ...addon, id: "li_3", entity_type: "plan_setup", amount: 0, tax_amount: 0 },
    ];
    expect(
      onlyEvent(chargebeePaymentSucceeded({ first: false, invoiceFields: { line_items } })),
    ).toMatchObject({
      lines: [
        { line: "li_1", articles: ["paint"], quantity: 4, netMinor: 8000, kind: "renewal", period: "P1Y" },
        { line: "li_2", articles: ["brush"], netMinor: 2000, listMinor: 3000, kind: "addon" },
        { line: "li_3", kind: "other" },
      ],
    });
  });

  it("takes the tax out of lines whose prices hold it", () => {
    const line_items = [
      { ...plan, amount: 9520 },
      { ...addon, amount: 2380 },
    ];
    const invoiceFields = { line_items, price_type: "tax_inclusive" };
    expect(onlyEvent(chargebeePaymentSucceeded({ invoiceFields }))).toMatchObject({
      lines: [{ netMinor: 8000 }, { netMinor: 2000 }],
    });
  });

  it("reads what is billed between the terms of a subscription as an upgrade", () => {
    const between = chargebeePaymentSucceeded({ first: false, recurring: false });
    expect(onlyEvent(between)).toMatchObject({ cycle: "renewal", lines: [{ kind: "upgrade" }] });
  });

  it("waits until an invoice is paid in full", () => {
    for (const status of ["payment_due", "not_paid", "posted", "voided"])
      expect(read(chargebeePaymentSucceeded({ status }))).toMatchObject({ outcome: "ignored" });
    expect(read(chargebeePaymentSucceeded({ invoice: null }))).toMatchObject({ outcome: "ignored" });
  });

  it("takes a payment through the test gateway for a test", () => {
    for (const event of [
      chargebeePaymentSucceeded({ gateway: "chargebee" }),
      chargebeePaymentRefunded({ gateway: "chargebee" }),
    ])
      expect(read(event)).toMatchObject({ outcome: "ignored", because: "test_mode" });
  });

  it("ignores other events, and refuses what makes no sense", () => {
    expect(read(chargebeeEvent("subscription_created", {}))).toMatchObject({ outcome: "ignored" });
    const wrong = [
      chargebeePaymentSucceeded({ totalMinor: 100, taxMinor: 200 }),
      chargebeePaymentSucceeded({ totalMinor: 100, paidMinor: 200 }),
      chargebeePaymentRefunded({ amountMinor: -1 }),
      chargebeePaymentRefunded({ amountMinor: 1.5 }),
      chargebeeEvent("payment_succeeded", {}),
      { ...chargebeePaymentSucceeded(), occurred_at: "yesterday" },
      [],
    ];
    for (const event of wrong) expect(read(event)).toMatchObject({ because: "event_malformed" });
  });
});
