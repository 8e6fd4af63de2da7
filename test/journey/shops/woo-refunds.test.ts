import { afterEach, expect, it } from "vitest";
import { retryWaiting } from "../../../server/src/intake/waiting-room.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { woocommerceDelivery } from "../../shops/deliveries.ts";
import { openShopApis } from "../../shops/shop-apis.ts";
import { type WooOrder, wooOrderUpdated } from "../../shops/woocommerce-fixtures.ts";
import { openJourney } from "../journey.ts";
import { secretName } from "../receiver-world.ts";

const item = (id: number, total: string, total_tax: string) => ({
  id,
  product_id: id,
  quantity: 1,
  total,
  total_tax,
});
const back = (of: number, total: string, total_tax: string) => ({
  id: 900 + of,
  total,
  total_tax,
  meta_data: [{ id: 1, key: "_refunded_item_id", value: String(of) }],
});

let api: ReturnType<typeof openShopApis> | undefined;
afterEach(async () => {
  await api?.close();
});

onEveryEngine("what was refunded of an order at WooCommerce", (bench) => {
  const open = async (refunds: () => { status?: number; body: unknown }) => {
    api = openShopApis(["https://shop.acme.example"], refunds);
    const journey = await openJourney(bench, {
      shops: {
        stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
        woocommerce: {
          kind: "woocommerce",
          secrets: [{ env: secretName("woocommerce") }],
          api: {
            url: "https://shop.acme.example",
            key: { env: "GUMROAD_API_TOKEN" },
            secret: { env: "GUMROAD_API_TOKEN" },
          },
        },
      },
    });
    const { token } = await journey.partnerWithToken("north", { percent: 10 });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const tell = (day: number, order: WooOrder = {}) => {
      const at = new Date(journey.now - (5 - day) * 3_600_000).toISOString().slice(0, 19);
      const line_items = [item(1, "60.00", "11.40"), item(2, "40.00", "7.60")];
      const more = { line_items, date_modified_gmt: at };
      const told = wooOrderUpdated({ meta: { reference }, status: "completed", ...order, more });
      return journey.deliver("woocommerce", woocommerceDelivery(told));
    };
    return { journey, tell };
  };
  const earned = async (journey: Awaited<ReturnType<typeof open>>["journey"]) => {
    const { credits, lines } = await journey.explain("727", "woocommerce");
    return { earned: credits[0]?.remainingMinor, lost: lines.map(({ lostNetMinor }) => lostNetMinor) };
  };

  it("is told apart from its tax, and by line", async () => {
    const refunds = [{ id: 801, line_items: [back(1, "0.00", "-11.40")] }];
    const { journey, tell } = await open(() => ({ body: refunds }));
    await tell(0);
    expect(api?.asked).toEqual([]);
    await tell(1, { refunds: [{ id: 801, total: "-11.40" }] });
    expect(await earned(journey)).toEqual({ earned: 1000, lost: [0, 0] });
    refunds.push({ id: 802, line_items: [back(2, "-40.00", "-7.60")] });
    const both = [
      { id: 801, total: "-11.40" },
      { id: 802, total: "-47.60" },
    ];
    await tell(2, { refunds: both });
    expect(await earned(journey)).toEqual({ earned: 600, lost: [0, 4000] });
    expect(api?.asked[0]?.path).toBe("/wp-json/wc/v3/orders/727/refunds?per_page=100");
    await journey.expectSoundLedger();
  });

  it("is taken in proportion where the API tells no lines, or may not be read", async () => {
    let answer: { status?: number; body: unknown } = { body: [{ id: 801, line_items: [] }] };
    const { journey, tell } = await open(() => answer);
    await tell(0);
    await tell(1, { refunds: [{ id: 801, total: "-59.50" }] });
    expect(await earned(journey)).toEqual({ earned: 500, lost: [3000, 2000] });
    answer = { status: 403, body: {} };
    await tell(2, { refunds: [{ id: 801, total: "-11.90" }] });
    expect(await earned(journey)).toMatchObject({ earned: 900 });
  });

  it("waits while the API gives no answer", async () => {
    let status = 500;
    const { journey, tell } = await open(() => ({
      status,
      body: [{ id: 801, line_items: [back(1, "-60.00", "-11.40")] }],
    }));
    await tell(0);
    expect(await tell(1, { refunds: [{ id: 801, total: "-71.40" }] })).toEqual({
      code: 200,
      status: "waiting",
    });
    status = 200;
    journey.pass(1 / 24);
    expect(await retryWaiting(journey.intake)).toBe(1);
    expect(await earned(journey)).toEqual({ earned: 400, lost: [6000, 0] });
  });
});
