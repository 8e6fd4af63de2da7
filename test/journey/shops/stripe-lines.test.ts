import { afterEach, expect, it } from "vitest";
import { retryWaiting } from "../../../server/src/intake/waiting-room.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeDelivery } from "../../shops/deliveries.ts";
import { openShopApis } from "../../shops/shop-apis.ts";
import {
  stripeChargeRefunded,
  stripeCheckoutCompleted,
  stripeInvoicePaid,
} from "../../shops/stripe-fixtures.ts";
import { openJourney } from "../journey.ts";
import { runRaw } from "../raw-database.ts";

const line = (id: string, total: number, tax: number, product: string) => ({
  id,
  amount_total: total,
  amount_subtotal: total - tax,
  amount_tax: tax,
  quantity: 1,
  price: { id: `price_${id}`, product, recurring: null },
});
const lines = [line("li_1", 8330, 1330, "prod_paint"), line("li_2", 3570, 570, "prod_brushes")];

let api: ReturnType<typeof openShopApis> | undefined;
afterEach(async () => {
  await api?.close();
});

onEveryEngine("the lines of a Checkout Session", (bench) => {
  const open = async () => {
    let status = 200;
    api = openShopApis(["https://api.stripe.com"], () => ({
      status,
      body: { data: lines, has_more: false },
    }));
    const journey = await openJourney(bench, {
      products: [
        {
          id: "acme-paint",
          name: "Acme Paint",
          checkout: { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" },
          articles: { stripe: ["prod_paint"] },
        },
      ],
      shops: {
        stripe: {
          kind: "stripe",
          secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }],
          api: { token: { env: "GUMROAD_API_TOKEN" } },
        },
      },
    });
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const timestamp = Math.floor(journey.now / 1000);
    const session = (id: string, reference?: string) => {
      const told = { id: `cs_${id}`, eventId: `evt_${id}`, paymentIntent: `pi_${id}` };
      return stripeDelivery(
        stripeCheckoutCompleted({ ...told, createdSeconds: timestamp, reference: reference ?? null }),
        { timestamp },
      );
    };
    const sold = session("1", reference);
    const answers = (now: number) => {
      status = now;
    };
    return { journey, session, sold, answers };
  };

  it("are asked for, and say which product each is of", async () => {
    const { journey, sold } = await open();
    expect(await journey.deliver("stripe", sold)).toMatchObject({ code: 200 });
    const record = await journey.explain("cs_1");
    expect(record).toMatchObject({
      outcome: "credited",
      netMinor: 10_000,
      lines: [
        {
          line: "li_1",
          netMinor: 7000,
          taxMinor: 1330,
          product: "acme-paint",
          articles: ["prod_paint", "price_li_1"],
        },
        { line: "li_2", netMinor: 3000, taxMinor: 570 },
      ],
    });
    const refund = stripeChargeRefunded({ paymentIntent: "pi_1", refundedMinor: 5950 });
    await journey.stripe(refund);
    expect(api?.asked).toHaveLength(1);
    await journey.expectSoundLedger();
  });

  it("say of an invoice for no subscription whether it is a sale", async () => {
    const { journey } = await open();
    const createdSeconds = Math.floor(journey.now / 1000);
    const invoice = (id: string, product: string) => {
      const line = {
        id: `il_${id}`,
        amount: 10_000,
        quantity: 1,
        taxes: [{ amount: 1900 }],
        pricing: { price_details: { product } },
      };
      const about = { id: `in_${id}`, eventId: `evt_in_${id}`, createdSeconds };
      const told = {
        ...about,
        billingReason: "manual",
        subscription: null,
        more: { lines: { data: [line] } },
      };
      return stripeDelivery(stripeInvoicePaid(told), { timestamp: createdSeconds });
    };
    expect(await journey.deliver("stripe", invoice("1", "prod_paint"))).toEqual({
      code: 200,
      status: "recorded",
    });
    expect(await journey.explain("in_1")).toMatchObject({
      netMinor: 10_000,
      lines: [{ product: "acme-paint" }],
    });
    expect(await journey.deliver("stripe", invoice("2", "prod_consulting"))).toEqual({
      code: 200,
      status: "ignored",
    });
    expect(journey.logged("webhook.rejected")).toMatchObject([{ reason: "not_used", eventId: "evt_in_2" }]);
  });

  it("are waited for while the API gives no answer, the delivery being durable", async () => {
    const { journey, sold, answers } = await open();
    answers(500);
    expect(await journey.deliver("stripe", sold)).toEqual({ code: 200, status: "waiting" });
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await journey.balance("north")).toEqual({ heldMinor: 0, payableMinor: 0 });
    answers(200);
    journey.pass(1 / 24);
    // The signature is an hour old by now: its time is held against when it came in.
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await journey.balance("north")).toEqual({ heldMinor: 2000, payableMinor: 0 });
    expect(await journey.explain("cs_1")).toMatchObject({ lines: [{ line: "li_1" }, { line: "li_2" }] });
    expect(await retryWaiting(journey.intake)).toBe(0);
  });

  it("are waited for by the others too where somebody has broken the seal of one", async () => {
    const { journey, session, answers } = await open();
    answers(500);
    for (const id of ["1", "2"]) {
      expect(await journey.deliver("stripe", session(id))).toEqual({ code: 200, status: "waiting" });
      journey.pass(1 / 1440);
    }
    await runRaw(journey.database, [
      `update waiting_deliveries set sealed = (select sealed from waiting_deliveries order by id desc limit 1)
        where id = (select min(id) from waiting_deliveries)`,
    ]);
    answers(200);
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(2);
    expect(await journey.explain("cs_2")).toMatchObject({ lines: [{ line: "li_1" }, { line: "li_2" }] });
    journey.pass(15);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(journey.logged("webhook.failed").map(({ reason }) => reason)).toContain("given_up");
    expect(await retryWaiting(journey.intake)).toBe(0);
  });

  it("are not waited for where the key may not read them, nor for more than a day", async () => {
    const { journey, session, sold, answers } = await open();
    answers(403);
    expect(await journey.deliver("stripe", sold)).toMatchObject({ code: 200, status: "recorded" });
    expect(await journey.explain("cs_1")).toMatchObject({
      outcome: "credited",
      netMinor: 10_000,
      lines: [{ line: "order" }],
    });
    answers(500);
    expect(await journey.deliver("stripe", session("2"))).toEqual({ code: 200, status: "waiting" });
    journey.pass(2);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await journey.explain("cs_2")).toMatchObject({ netMinor: 10_000 });
  });
});
