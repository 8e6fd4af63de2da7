import { expect, it } from "vitest";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { woocommerceDelivery } from "../../shops/deliveries.ts";
import { wooOrderUpdated, wooSubscriptionCreated } from "../../shops/woocommerce-fixtures.ts";
import { openJourney } from "../journey.ts";
import { tellShopStory } from "./shop-story.ts";

const first = { id: 1, total: "-35.70" };

tellShopStory({
  kind: "woocommerce",
  order: "727",
  sale: ({ at, reference, subscription }) => [
    wooOrderUpdated({ paidAt: at, meta: { _wc_order_attribution_utm_content: reference } }),
    ...(subscription ? [wooSubscriptionCreated({ at })] : []),
  ],
  renewal: {
    order: "911",
    event: ({ at }) => wooOrderUpdated({ id: 911, paidAt: at, meta: { _subscription_renewal: "728" } }),
  },
  partialRefund: (_, [sale]) => ({ ...sale, refunds: [first] }),
  fullRefund: ({ afterPartial }, [sale]) => ({
    ...sale,
    status: "refunded",
    refunds: afterPartial ? [first, { id: 2, total: "-83.30" }] : [{ id: 2, total: "-119.00" }],
  }),
});

onEveryEngine("WooCommerce's ping when a webhook is saved", (bench) => {
  it("is answered 200 without a signature, and records nothing", async () => {
    const journey = await openJourney(bench);
    const ping = (text: string) =>
      journey.deliver("woocommerce", { headers: new Headers(), body: Buffer.from(text) });
    expect(await ping("webhook_id=12")).toEqual({ code: 200, status: "ignored" });
    expect(journey.logged("webhook.rejected")).toMatchObject([{ outcome: "ignored", type: "ping" }]);
    for (const text of [
      "webhook_id=12&order=1",
      "webhook_id=",
      "webhook_id=1e3",
      `webhook_id=${"1".repeat(21)}`,
    ])
      expect(await ping(text)).toMatchObject({ code: "signature_invalid", status: 401 });
    const unsigned = woocommerceDelivery(wooOrderUpdated());
    unsigned.headers.delete("x-wc-webhook-signature");
    expect(await journey.deliver("woocommerce", unsigned)).toMatchObject({ status: 401 });
    await journey.expectSoundLedger();
  });
});
