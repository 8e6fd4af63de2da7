import { afterEach, expect, it } from "vitest";
import { reconcileOrders } from "../../../server/src/intake/reconcile-orders.ts";
import { retryWaiting } from "../../../server/src/intake/waiting-room.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeDelivery } from "../../shops/deliveries.ts";
import { type AnswerOfApi, openShopApis } from "../../shops/shop-apis.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted, stripeEvent } from "../../shops/stripe-fixtures.ts";
import { openJourney } from "../journey.ts";

let api: ReturnType<typeof openShopApis> | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const token = { token: { env: "GUMROAD_API_TOKEN" } };
const lines = [
  {
    id: "li_1",
    amount_total: 8330,
    amount_tax: 1330,
    quantity: 1,
    price: { id: "price_1", product: "prod_1" },
  },
  {
    id: "li_2",
    amount_total: 3570,
    amount_tax: 570,
    quantity: 1,
    price: { id: "price_2", product: "prod_2" },
  },
];

onEveryEngine("a Checkout Session whose payment is captured by hand", (bench) => {
  const open = async ({ asked = true }: { asked?: boolean } = {}) => {
    const journey = await openJourney(bench, {
      shops: {
        stripe: {
          kind: "stripe",
          secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }],
          ...(asked ? { api: token } : {}),
        },
      },
    });
    const north = await journey.partnerWithToken("north", { percent: 10 });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${north.token}`);
    const createdSeconds = Math.floor(journey.now / 1000);
    const session = stripeCheckoutCompleted({
      id: "cs_1",
      eventId: "evt_1",
      createdSeconds,
      paymentIntent: "pi_1",
      paymentStatus: "unpaid",
      reference,
    }) as { data: { object: Record<string, unknown> } };
    const captured = (received: number, more: object = {}) =>
      stripeEvent(
        "payment_intent.succeeded",
        {
          id: "pi_1",
          object: "payment_intent",
          amount: 11_900,
          amount_received: received,
          capture_method: "automatic_async",
          payment_method_options: { card: { capture_method: "manual" }, link: null },
          currency: "eur",
          latest_charge: "ch_1",
          ...more,
        },
        { eventId: "evt_2", createdSeconds },
      );
    const told = { status: 200, events: [] as unknown[] };
    const answer: AnswerOfApi = ({ path }) => {
      if (path.includes("/line_items")) return { body: { data: lines, has_more: false } };
      if (path.startsWith("/v1/events")) return { body: { data: told.events, has_more: false } };
      const data = path.includes("payment_intent=pi_1") ? [session.data.object] : [];
      return { status: told.status, body: { data, has_more: false } };
    };
    api = openShopApis(["https://api.stripe.com"], answer);
    const tell = (event: unknown) =>
      journey.deliver("stripe", stripeDelivery(event, { timestamp: Math.floor(journey.now / 1000) }));
    return { journey, session, captured, tell, told };
  };
  const refunded = (refundedMinor: number) =>
    stripeChargeRefunded({
      eventId: `evt_r${refundedMinor}`,
      createdSeconds: 1_795_000_000 + refundedMinor,
      id: "ch_1",
      paymentIntent: "pi_1",
      refundedMinor,
      more: { captured: true, amount_captured: 5950 },
    });

  it("is a sale of what was captured, by its lines, and what was let go is no refund", async () => {
    const { journey, session, captured, tell } = await open();
    expect(await tell(session)).toMatchObject({ code: 200, status: "ignored" });
    expect(await tell(captured(5950))).toMatchObject({ code: 200, status: "recorded" });
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      netMinor: 5000,
      taxMinor: 950,
      lines: [
        { line: "li_1", netMinor: 3500, articles: ["prod_1", "price_1"] },
        { line: "li_2", netMinor: 1500 },
      ],
    });
    await tell(refunded(5950));
    expect(await journey.balance("north")).toEqual({ heldMinor: 500, payableMinor: 0 });
    await tell(refunded(8925));
    expect(await journey.balance("north")).toEqual({ heldMinor: 250, payableMinor: 0 });
    expect(await tell(captured(5950))).toMatchObject({ status: "duplicate" });
    await journey.expectSoundLedger();
  });

  it("has a refund that is smaller than what was let go, which its total leaves out", async () => {
    const { journey, session, captured, tell } = await open();
    await tell(session);
    await tell(captured(5950));
    await tell(refunded(2975));
    expect(await journey.balance("north")).toEqual({ heldMinor: 250, payableMinor: 0 });
    await journey.expectSoundLedger();
  });

  it("is waited for while the API gives no answer, and no other payment is a sale", async () => {
    const { journey, captured, tell, told } = await open();
    told.status = 500;
    expect(await tell(captured(11_900))).toEqual({ code: 200, status: "waiting" });
    told.status = 200;
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await journey.explain("cs_1")).toMatchObject({ outcome: "credited", netMinor: 10_000 });
    const other = { ...captured(500, { id: "pi_2", latest_charge: "ch_2" }), id: "evt_3" };
    expect(await tell(other)).toMatchObject({ code: 200 });
    await expect(journey.explain("pi_2")).rejects.toThrow();
    const automatic = { payment_method_options: {}, id: "pi_3" };
    expect(await tell({ ...captured(500, automatic), id: "evt_4" })).toMatchObject({ status: "ignored" });
    await journey.expectSoundLedger();
  });

  it("is found by reconcile where the shop had no API when it was captured", async () => {
    const { journey, session, captured, tell, told } = await open({ asked: false });
    await tell(session);
    await tell(captured(11_900));
    await expect(journey.explain("cs_1")).rejects.toThrow();
    told.events = [captured(11_900), session];
    const settings = { kind: "stripe" as const, secrets: [], api: { token: "rk_1" } };
    const read = { shop: "stripe", settings, dryRun: false };
    expect(await reconcileOrders(journey.deps, { ...read, since: addDays(journey.now, -7) })).toMatchObject({
      recorded: 1,
      refused: 0,
    });
    expect(await reconcileOrders(journey.deps, read)).toMatchObject({ recorded: 0, refused: 0 });
    expect(await journey.balance("north")).toEqual({ heldMinor: 1000, payableMinor: 0 });
    await journey.expectSoundLedger();
  });
});
