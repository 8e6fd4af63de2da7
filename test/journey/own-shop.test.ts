import { expect, it } from "vitest";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import {
  ownPurchaseCompleted,
  ownPurchaseDisputed,
  ownPurchaseRefunded,
} from "../shops/own-shop-fixtures.ts";
import { openJourney } from "./journey.ts";

onEveryEngine("a vendor's own shop", (bench) => {
  it("has its sale credited by the click, and its refunds and disputes taken back in proportion", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { client } = await journey.install(token);
    await client.attribution.capture();
    const { reference } = await journey.click(await client.renewalUrl());
    const sale = ownPurchaseCompleted({ reference, licence: null, coupon: null });
    expect(await journey.own(sale)).toEqual({ code: 200, status: "recorded" });
    expect(await journey.explain("A-1001", "own")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "click_reference",
      cycle: "renewal",
      netMinor: 10_000,
      taxMinor: 1900,
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });

    // 11.90 and 23.80 of 119.00: refunds that each tell their own amount add up.
    await journey.own(ownPurchaseRefunded({ refund: "R-1", amountMinor: 1190 }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1800, payableMinor: 0 });
    await journey.own(ownPurchaseRefunded({ refund: "R-2", amountMinor: 2380 }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1400, payableMinor: 0 });
    await journey.own(ownPurchaseDisputed({ amountMinor: 8330 }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    await journey.own(ownPurchaseDisputed({ amountMinor: 8330, status: "won" }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1400, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("may deliver twice, under a new id too, and is credited once", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sale = ownPurchaseCompleted({ reference });
    expect(await journey.own(sale, "msg_a")).toEqual({ code: 200, status: "recorded" });
    expect(await journey.own(sale, "msg_a")).toEqual({ code: 200, status: "duplicate" });
    expect(await journey.own(sale, "msg_b")).toEqual({ code: 200, status: "duplicate" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("may tell of the refund before the sale", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await journey.own(ownPurchaseRefunded({ amountMinor: 5950 }));
    await journey.own(ownPurchaseCompleted({ reference }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});
