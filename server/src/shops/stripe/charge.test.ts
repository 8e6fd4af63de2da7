import { describe, expect, it } from "vitest";
import { stripeChargeRefunded, stripeDispute } from "../../../../test/shops/stripe-fixtures.ts";
import { instant } from "../../words/clock.ts";
import { readDispute, readRefundedCharge } from "./charge.ts";

const envelope = { eventId: "evt_1", occurredAt: instant(1_763_561_590_000) };

function refundOf(charge: Parameters<typeof stripeChargeRefunded>[0]) {
  const event = stripeChargeRefunded(charge);
  return eventIn(readRefundedCharge({ ...envelope, type: "charge.refunded", live: true }, objectOf(event)));
}

function disputeOf(dispute: NonNullable<Parameters<typeof stripeDispute>[0]>) {
  const type = dispute.type ?? "charge.dispute.created";
  return eventIn(readDispute({ ...envelope, type, live: true }, objectOf(stripeDispute(dispute))));
}

const objectOf = (event: Record<string, unknown>) => (event.data as { object: unknown }).object;
const eventIn = (reading: ReturnType<typeof readDispute>) =>
  reading.outcome === "events" ? reading.events[0] : reading;

describe("a Stripe charge", () => {
  it("that was refunded names itself first, its payment intent and its invoice", () => {
    const charge = { id: "ch_1", paymentIntent: "pi_1", invoice: "in_1", generation: "acacia" as const };
    expect(refundOf(charge)).toEqual({
      ...envelope,
      effect: "refund",
      objectId: `ch_1:11900@${envelope.occurredAt}`,
      target: ["ch_1", "pi_1", "in_1"],
      payment: ["ch_1", "pi_1"],
      amountMinor: 11900,
      cumulative: true,
      currency: "EUR",
    });
  });

  it("is another object with each partial refund, and the same when the event is repeated", () => {
    const first = refundOf({ id: "ch_1", refundedMinor: 1000 });
    const second = refundOf({ id: "ch_1", refundedMinor: 3000 });
    expect(first).toMatchObject({ objectId: `ch_1:1000@${envelope.occurredAt}`, amountMinor: 1000 });
    expect(second).toMatchObject({ objectId: `ch_1:3000@${envelope.occurredAt}`, amountMinor: 3000 });
    expect(refundOf({ id: "ch_1", refundedMinor: 1000 })).toEqual(first);
  });

  it("names what it can without a payment intent", () => {
    expect(refundOf({ id: "ch_1", paymentIntent: null })).toMatchObject({ target: ["ch_1"] });
    expect(refundOf({ id: "ch_1", paymentIntent: { id: "pi_1" } })).toMatchObject({
      target: ["ch_1", "pi_1"],
    });
  });

  it("is disputed once, whether the bank takes the money at once or after an inquiry", () => {
    const opened = {
      ...envelope,
      effect: "dispute_opened",
      objectId: `du_1@${envelope.occurredAt}`,
      dispute: "du_1",
      target: ["ch_1", "pi_1"],
      amountMinor: 11900,
      currency: "EUR",
    };
    const dispute = { id: "du_1", charge: "ch_1", paymentIntent: "pi_1" };
    expect(disputeOf(dispute)).toEqual(opened);
    expect(disputeOf({ ...dispute, type: "charge.dispute.funds_withdrawn" })).toEqual(opened);
    expect(disputeOf({ ...dispute, status: "warning_needs_response" })).toMatchObject({ outcome: "ignored" });
    expect(disputeOf({ ...dispute, status: "prevented" })).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["won", "dispute_won"],
    ["lost", "dispute_lost"],
    ["warning_closed", "dispute_won"],
    ["prevented", "dispute_won"],
    ["charge_refunded", "dispute_won"],
  ])("whose dispute closed as %s is read as %s", (status, effect) => {
    const closed = disputeOf({ type: "charge.dispute.closed", id: "du_1", status, charge: { id: "ch_1" } });
    expect(closed).toMatchObject({
      effect,
      objectId: `du_1@${envelope.occurredAt}`,
      dispute: "du_1",
      target: expect.arrayContaining(["ch_1"]),
    });
  });

  it("whose dispute closed in a way not known yet is left alone", () => {
    expect(disputeOf({ type: "charge.dispute.closed", status: "appealed" })).toMatchObject({
      outcome: "ignored",
    });
  });
});
