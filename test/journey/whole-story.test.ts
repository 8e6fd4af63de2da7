import { expect, it } from "vitest";
import { findOrdersBy } from "../../server/src/orders/explain/find-orders.ts";
import { listOrders } from "../../server/src/orders/explain/list-orders.ts";
import { correctOrder } from "../../server/src/orders/rule/correct-order.ts";
import { resolveOrder } from "../../server/src/orders/rule/resolve-order.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeDispute,
  stripeInvoicePaid,
} from "../shops/stripe-fixtures.ts";
import { type Journey, openJourney } from "./journey.ts";

const address = "https://renew.acme.example/r/acme-paint";

async function sell(journey: Journey, token: string, query: string, session: object) {
  const { reference } = await journey.click(`${address}?t=${token}${query}`);
  const sold = stripeCheckoutCompleted({
    ...journey.happening(),
    reference,
    paymentIntent: null,
    ...session,
  });
  expect(await journey.stripe(sold)).toEqual({ code: 200, status: "recorded" });
}

async function openWorld(bench: Parameters<typeof openJourney>[0]) {
  const journey = await openJourney(bench);
  const { token } = await journey.partnerWithToken("north");
  return { journey, token };
}

onEveryEngine("an order's whole story", (bench) => {
  it("is a renewal when the product's link brought the licence, and a new sale without one", async () => {
    const { journey, token } = await openWorld(bench);
    await sell(journey, token, "", { id: "cs_1" });
    await sell(journey, token, "&l=AAAA-BBBB", { id: "cs_2" });
    expect(await journey.explain("cs_1")).toMatchObject({ cycle: "new" });
    expect(await journey.explain("cs_2")).toMatchObject({ cycle: "renewal" });
  });

  it("tells its lines by product, what each lost, and what is left of the credit", async () => {
    const { journey, token } = await openWorld(bench);
    const line = (id: string, amount: number, price: string) => ({
      id,
      amount,
      quantity: 1,
      pricing: { price_details: { price, product: `prod_${price}` } },
      taxes: [{ amount: amount / 5, tax_behavior: "exclusive" }],
    });
    const lines = { data: [line("il_1", 6000, "price_paint"), line("il_2", 4000, "price_brush")] };
    await sell(journey, token, "", {
      id: "cs_1",
      mode: "subscription",
      invoice: "in_1",
      subscription: "sub_1",
    });
    const more = { lines };
    const money = { totalMinor: 12_000, taxMinor: 2000, generation: "basil" as const };
    const invoice = {
      id: "in_1",
      subscription: "sub_1",
      billingReason: "subscription_create",
      ...money,
      more,
    };
    await journey.stripe(stripeInvoicePaid({ ...journey.happening(), ...invoice }));
    const record = await journey.explain("cs_1");
    expect(record).toMatchObject({
      netMinor: 10_000,
      lostNetMinor: 0,
      releaseAt: expect.stringMatching(/^2026-12-21/),
      lines: [
        {
          line: "il_1",
          articles: ["prod_price_paint", "price_paint"],
          kind: "new",
          netMinor: 6000,
          taxMinor: 1200,
        },
        { line: "il_2", netMinor: 4000, taxMinor: 800, lostNetMinor: 0 },
      ],
      credits: [{ amountMinor: 2000, remainingMinor: 2000 }],
    });
    const corrected = await correctOrder(journey.deps, {
      shop: "stripe",
      order: "cs_1",
      what: { refunded: "60.00" },
      note: "by bank transfer",
    });
    expect(corrected).toMatchObject({
      lostNetMinor: 5000,
      lines: [{ lostNetMinor: 3000 }, { lostNetMinor: 2000 }],
      credits: [{ amountMinor: 2000, remainingMinor: 1000 }],
    });
    expect(corrected.history).toContainEqual(
      expect.objectContaining({
        what: "refund",
        detail: expect.objectContaining({ note: "by bank transfer" }),
      }),
    );
  });

  it("is corrected by hand beside what the shop tells", async () => {
    const { journey, token } = await openWorld(bench);
    await sell(journey, token, "", { id: "cs_1", paymentIntent: "pi_1" });
    const refund = { id: "ch_1", paymentIntent: "pi_1", refundedMinor: 5950 };
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...refund }));
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    const correct = (what: Parameters<typeof correctOrder>[1]["what"]) =>
      correctOrder(journey.deps, { shop: "stripe", order: "pi_1", what, note: "by hand" });
    await correct({ refunded: "29.75" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 500, payableMinor: 0 });
    await correct({ restored: "89.25" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await correct({ void: true });
    expect((await correct({ restored: "59.50" })).lostNetMinor).toBe(5000);
    for (const amount of ["0", "-5", "119.01", "much", "1.234"])
      await expect(correct({ refunded: amount })).rejects.toMatchObject({ code: "request_invalid" });
    await expect(
      correctOrder(journey.deps, { shop: "stripe", order: "cs_9", what: { void: true }, note: "x" }),
    ).rejects.toMatchObject({ code: "order_unknown" });
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true });
  });

  it("waits for a person when money goes back in another currency, until it came back or she rules", async () => {
    const { journey, token } = await openWorld(bench);
    await sell(journey, token, "", { id: "cs_1", paymentIntent: "pi_1" });
    const dispute = (type: "charge.dispute.created" | "charge.dispute.closed", status: string) =>
      journey.stripe(
        stripeDispute({
          ...journey.happening(),
          id: "dp_1",
          paymentIntent: "pi_1",
          type,
          status,
          currency: "usd",
        }),
      );
    await dispute("charge.dispute.created", "needs_response");
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "held", reason: "loss_currency" });
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    expect(journey.logged("order.held")).toMatchObject([{ order: "cs_1", reason: "loss_currency" }]);
    await dispute("charge.dispute.closed", "won");
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    await dispute("charge.dispute.closed", "lost");
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "held", reason: "loss_currency" });
    const ruling = { shop: "stripe", order: "cs_1", partner: "north", note: "the bank keeps nothing" };
    await resolveOrder(journey.deps, ruling);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true });
  });

  it("says in the log that a loss waits for its sale", async () => {
    const { journey } = await openWorld(bench);
    const refund = { id: "ch_1", paymentIntent: "pi_1", refundedMinor: 1000 };
    await journey.stripe(stripeChargeRefunded({ ...journey.happening(), ...refund }));
    expect(journey.logged("loss.waiting")).toMatchObject([
      { shop: "stripe", order: "ch_1", effect: "refund", amountMinor: 1000, currency: "EUR" },
    ]);
  });

  it("is found by what a customer knows, and listed by what it has", async () => {
    const { journey, token } = await openWorld(bench);
    await sell(journey, token, "", {
      id: "cs_1",
      email: "ann@example.com",
      metadata: { licence: "AAAA-BBBB" },
    });
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_2", paymentIntent: null }),
    );
    const names = (orders: readonly { order: string }[]) => orders.map(({ order }) => order);
    expect(names(await findOrdersBy(journey.deps, { email: "Ann@Example.com" }))).toEqual(["cs_1"]);
    expect(names(await findOrdersBy(journey.deps, { licence: "AAAA-BBBB" }))).toEqual(["cs_1"]);
    expect(names(await findOrdersBy(journey.deps, { number: "cs_2" }))).toEqual(["cs_2"]);
    expect(await findOrdersBy(journey.deps, { serial: "AAAA-9999" })).toEqual([]);
    const list = async (filter: Parameters<typeof listOrders>[1]) =>
      names((await listOrders(journey.deps, filter)).orders);
    expect(await list({ partner: "north" })).toEqual(["cs_1"]);
    expect(await list({ reason: "no_evidence", shop: "stripe" })).toEqual(["cs_2"]);
    expect(await list({ product: "acme-paint", outcome: "credited" })).toEqual(["cs_1"]);
    expect(await list({ shop: "own" })).toEqual([]);
    expect(await list({ until: journey.now })).toHaveLength(2);
  });
});
