import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import {
  agreementAt,
  closedAgreement,
  type DatedAgreement,
  noticeKinds,
  sharingLevels,
} from "./agreement.ts";
import { customerFor } from "./customer-for.ts";
import { mayNotify } from "./may-notify.ts";
import { endOfTerm, renewalWindow, windowStateAt } from "./renewal-window.ts";
import { viewFor } from "./view-for.ts";

const start = instant(Date.UTC(2027, 0, 31, 12));
const dated = (days: number, over: Partial<DatedAgreement>): DatedAgreement => ({
  ...closedAgreement,
  since: addDays(start, days),
  ...over,
});

describe("an agreement", () => {
  it("is the one that began last, and of one moment the one recorded last", () => {
    const agreements = [dated(0, { sharing: "full" }), dated(5, { note: "a" }), dated(5, { note: "b" })];
    expect(agreementAt(agreements, addDays(start, -1))).toEqual(closedAgreement);
    expect(agreementAt(agreements, start).sharing).toBe("full");
    expect(agreementAt(agreements, addDays(start, 9))).toEqual({ ...closedAgreement, note: "b" });
  });

  it("is closed where nothing was agreed", () => {
    expect(closedAgreement).toMatchObject({
      sharing: "none",
      notices: [],
      renewalRights: null,
      selfBilling: false,
    });
    for (const kind of noticeKinds)
      expect(mayNotify(closedAgreement, kind)).toEqual({ allowed: false, why: "not_agreed" });
  });

  it("lets the vendor write what it names, and to its own customers everything", () => {
    const agreement = { ...closedAgreement, notices: ["renewal" as const] };
    expect(noticeKinds.map((kind) => mayNotify(agreement, kind).allowed)).toEqual([false, true, false]);
    expect(mayNotify(undefined, "marketing")).toEqual({ allowed: true, why: "own_customer" });
  });
});

describe("a partner's view of an order", () => {
  const order = {
    credits: [
      { partner: as.partner("shop"), amountMinor: 2000 },
      { partner: as.partner("big"), amountMinor: 500 },
    ],
    transaction: { shopOrder: "cs_1", netMinor: 10_000 },
    contact: { email: "ann@example.com" },
  };
  const view = (partner: string, sharing: (typeof sharingLevels)[number]) =>
    viewFor({ partner: as.partner(partner), sharing }, order);

  it("holds its own credit, and more only by its agreement", () => {
    const credits = order.credits.slice(0, 1);
    expect(view("shop", "none")).toEqual({ credits });
    expect(view("shop", "transaction")).toEqual({ credits, transaction: order.transaction });
    expect(view("shop", "full")).toEqual({ credits, transaction: order.transaction, contact: order.contact });
  });

  it("is none for a partner without a part in it, whatever its agreement", () => {
    for (const sharing of sharingLevels) expect(view("other", sharing)).toBeUndefined();
  });

  it("does not depend on any other partner's part, at any level", () => {
    const anyCredit = fc.record({
      partner: fc.constantFrom("big", "other", "third").map(as.partner),
      amountMinor: fc.nat(),
    });
    const mine = { partner: as.partner("shop"), amountMinor: 7 };
    fc.assert(
      fc.property(
        fc.array(anyCredit),
        fc.array(anyCredit),
        fc.constantFrom(...sharingLevels),
        (before, after, sharing) => {
          const viewer = { partner: mine.partner, sharing };
          const alone = viewFor(viewer, { ...order, credits: [mine] });
          expect(JSON.stringify(viewFor(viewer, { ...order, credits: [...before, mine, ...after] }))).toBe(
            JSON.stringify(alone),
          );
        },
      ),
    );
  });
});

describe("a term", () => {
  it.each([
    ["P1Y", "2028-01-31T12:00:00.000Z"],
    ["P1M", "2027-02-28T12:00:00.000Z"],
    ["P13M", "2028-02-29T12:00:00.000Z"],
    ["P2W", "2027-02-14T12:00:00.000Z"],
    ["P1Y1D", "2028-02-01T12:00:00.000Z"],
  ])("of %s ends at %s", (period, end) => {
    expect(endOfTerm(start, period)).toBe(Date.parse(end));
  });

  it.each(["", "P", "P0Y", "1Y", "PT5M", "P1.5Y", "P1D1Y", "P99999Y"])("is none for %j", (period) => {
    expect(endOfTerm(start, period)).toBeUndefined();
  });

  it("has a window around its end, both ends included", () => {
    const window = renewalWindow(start, { beforeDays: 60, afterDays: 30 });
    const state = (milliseconds: number) => windowStateAt(window, instant(start + milliseconds));
    const day = 86_400_000;
    expect([-60 * day - 1, -60 * day, 0, 30 * day, 30 * day + 1].map(state)).toEqual([
      "before",
      "inside",
      "inside",
      "inside",
      "open",
    ]);
  });
});

describe("a partner's view of a customer", () => {
  const anyLicence = fc.record({
    partner: fc.constantFrom("big", "other", null).map((id) => (id === null ? null : as.partner(id))),
    isProven: fc.boolean(),
  });

  it("does not depend on what others sold, nor is it there of what another told, at any level", () => {
    const mine = { partner: as.partner("shop"), isProven: true };
    fc.assert(
      fc.property(
        fc.array(anyLicence),
        fc.array(anyLicence),
        fc.constantFrom(...sharingLevels),
        fc.constantFrom(null, "shop", "other").map((id) => (id === null ? null : as.partner(id))),
        (before, after, sharing, toldBy) => {
          const viewer = { partner: mine.partner, sharing };
          const seen = customerFor(viewer, { toldBy, licences: [...before, mine, ...after] });
          const isSeen = sharing === "full" && toldBy !== "other";
          expect(seen).toEqual(isSeen ? [mine] : undefined);
          expect(customerFor(viewer, { toldBy, licences: [...before, ...after] })).toBeUndefined();
        },
      ),
    );
  });

  it("is by the claim of a copy that of what the partner told itself alone", () => {
    const viewer = { partner: as.partner("shop"), sharing: "full" as const };
    const claimed = [{ partner: as.partner("shop"), isProven: false }];
    expect(customerFor(viewer, { toldBy: null, licences: claimed })).toBeUndefined();
    expect(customerFor(viewer, { toldBy: as.partner("shop"), licences: claimed })).toEqual(claimed);
  });
});
