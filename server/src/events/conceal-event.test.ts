import { describe, expect, it } from "vitest";
import { createHashes } from "../secrets/create-hashes.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { concealEvent } from "./conceal-event.ts";
import type { RefundEvent, SaleEvent } from "./purchase-event.ts";

const hashes = createHashes("a pepper that is long enough for tests");
const sale: SaleEvent = {
  effect: "sale",
  eventId: "evt_1",
  objectId: "cs_1",
  order: as.provider("cs_1"),
  providerIds: [as.provider("cs_1")],
  cycle: "renewal",
  netMinor: 10_000,
  taxMinor: 1_900,
  currency: as.currency("EUR"),
  occurredAt: instant(0),
};

describe("a concealed event", () => {
  it("has the hashes of a sale's licence and address, and neither of them in clear", () => {
    const concealed = concealEvent(
      { ...sale, licence: "ACME-12345", email: "customer@acme.example" },
      hashes,
    );
    expect(concealed).toMatchObject({
      ...sale,
      licenceHash: hashes.looseLicence("acme 12345"),
      exactLicenceHash: hashes.licence("ACME-12345"),
      emailHash: hashes.email("customer@acme.example"),
      emailDomainHash: hashes.emailDomain("customer@acme.example"),
      serial: { hash: expect.any(String) },
    });
    expect(JSON.stringify(concealed)).not.toMatch(/ACME-12345|acme\.example/i);
  });

  it("has the hash of the very text where its product's licences are exact", () => {
    const concealed = concealEvent({ ...sale, licence: "ACME-12345" }, hashes, "exact");
    expect(concealed).toMatchObject({ licenceHash: hashes.licence("ACME-12345"), exactLicenceHash: null });
  });

  it("says that a sale told neither", () => {
    const nobody = { emailHash: null, emailDomainHash: null, emailAliasHash: null, emailSiteHash: null };
    const nothing = { licenceHash: null, exactLicenceHash: null, ...nobody, serial: undefined };
    expect(concealEvent(sale, hashes)).toEqual({ ...sale, ...nothing });
  });

  it("is the same event where it is no sale", () => {
    const refund: RefundEvent = {
      effect: "refund",
      eventId: "evt_2",
      objectId: "ch_1",
      occurredAt: instant(0),
      target: [as.provider("cs_1")],
      amountMinor: 100,
      cumulative: true,
      currency: as.currency("EUR"),
    };
    expect(concealEvent(refund, hashes)).toBe(refund);
  });
});
