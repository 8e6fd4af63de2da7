import { expect, it } from "vitest";
import { bookForPartner } from "../../server/src/books/book-partner.ts";
import { releaseDue } from "../../server/src/orders/rule/release.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
  stripeInvoicePaymentPaid,
} from "../shops/stripe-fixtures.ts";
import { type Journey, openJourney } from "./journey.ts";

/** A sale of 119.00 EUR, 19.00 of it tax, through a link of the partner: 20.00 EUR for it. */
async function sell(journey: Journey, token: string, session: Parameters<typeof stripeCheckoutCompleted>[0]) {
  const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
  const sold = stripeCheckoutCompleted({ ...journey.happening(), reference, ...session });
  expect(await journey.stripe(sold)).toEqual({ code: 200, status: "recorded" });
}

/** Books that the vendor has paid a partner what is payable, as a payout batch does. */
async function payOut({ deps, now }: Journey, partner: string, amountMinor: number) {
  const movement = { kind: "payout", debit: "payable", credit: "paid", cause: "payout" } as const;
  const origin = { source: "bank-of-this-test", sourceId: "1" };
  deps.bookChecks = [...deps.bookChecks, { source: origin.source, findWrong: async () => [] }];
  const owner = { partner: as.partner(partner), currency: as.currency("EUR") };
  await deps.store.write((tx) =>
    bookForPartner(tx, [{ ...owner, ...movement, ...origin, amountMinor }], now),
  );
}

onEveryEngine("refunds and disputes", (bench) => {
  it("credits the subscription's renewals to whoever sold it, and takes a refunded one back alone", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    const subscription = "sub_1";
    await sell(journey, token, { id: "cs_1", mode: "subscription", subscription, invoice: "in_1" });
    const first = { id: "in_1", subscription, billingReason: "subscription_create" };
    await journey.stripe(stripeInvoicePaid({ ...journey.happening(), ...first }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });

    journey.pass(365);
    await journey.stripe(stripeInvoicePaid({ ...journey.happening(), id: "in_2", subscription }));
    expect(await journey.explain("in_2")).toMatchObject({
      outcome: "credited",
      partner: "north",
      reason: "subscription",
      cycle: "renewal",
    });
    expect(await journey.balance("north")).toEqual({ heldMinor: 4000, payableMinor: 0 });

    const paid = { id: "inpay_2", invoice: "in_2", paymentIntent: "pi_2" };
    const refunded = { id: "ch_2", paymentIntent: "pi_2" };
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...refunded }));
    await journey.stripe(stripeInvoicePaymentPaid({ ...journey.happening(), ...paid }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(await journey.explain("pi_2")).toMatchObject({ order: "in_2", outcome: "credited" });
    await journey.expectSoundLedger();
  });

  it("takes back the refunded part of the credit, then all of it", async () => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    await sell(journey, token, { id: "cs_1", paymentIntent: "pi_1" });
    const charge = { id: "ch_1", paymentIntent: "pi_1" };
    const partly = { ...charge, refundedMinor: 3570 };
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...partly }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1400, payableMinor: 0 });
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...charge }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    const { credits, history } = await journey.explain("ch_1");
    expect(credits).toMatchObject([{ partner: "north", amountMinor: 2000 }]);
    const booked = history.filter(({ what }) => what === "transfer").map(({ detail }) => detail);
    expect(booked).toMatchObject([
      { kind: "credit", amountMinor: 2000, cause: "sale" },
      { kind: "reversal", amountMinor: 600, cause: "refund" },
      { kind: "reversal", amountMinor: 1400, cause: "refund" },
    ]);
    expect(journey.logged("order.reversed")).toMatchObject([{ amountMinor: 600 }, { amountMinor: 1400 }]);
    await journey.expectSoundLedger();
  });

  it.each([
    { verdict: "won", left: 2000 },
    { verdict: "lost", left: 0 },
  ])("holds a disputed credit back, and leaves $left of it when the dispute is $verdict", async (ending) => {
    const journey = await openJourney(bench);
    const { token } = await journey.partnerWithToken("north");
    await sell(journey, token, { id: "cs_1", paymentIntent: "pi_1" });
    const dispute = { id: "du_1", charge: "ch_1", paymentIntent: "pi_1" };
    await journey.stripe(stripeDispute({ ...journey.happening(), ...dispute }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    const closed = { type: "charge.dispute.closed", status: ending.verdict } as const;
    await journey.stripe(stripeDispute({ ...journey.happening(), ...dispute, ...closed }));
    expect(await journey.balance("north")).toEqual({ heldMinor: ending.left, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("releases a credit after the hold, and carries a later refund over as a negative balance", async () => {
    const journey = await openJourney(bench, { holdDays: 30 });
    const { token } = await journey.partnerWithToken("north");
    await sell(journey, token, { id: "cs_1", paymentIntent: "pi_1" });
    journey.pass(29);
    expect(await releaseDue(journey.deps)).toMatchObject({ orders: 0, released: [] });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    journey.pass(1);
    expect(await releaseDue(journey.deps)).toMatchObject({ orders: 1 });
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 2000 });
    expect(await releaseDue(journey.deps)).toMatchObject({ orders: 0 });

    await payOut(journey, "north", 2000);
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), paymentIntent: "pi_1" }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: -2000 });
    await journey.expectSoundLedger();

    await sell(journey, token, { id: "cs_2", paymentIntent: "pi_2" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: -2000 });
    journey.pass(30);
    await releaseDue(journey.deps);
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});
