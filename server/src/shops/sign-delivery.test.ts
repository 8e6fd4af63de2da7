import { describe, expect, it } from "vitest";
import { deliveredAtSeconds } from "../../../test/shops/deliveries.ts";
import { everyKind, everyShop } from "../../../test/shops/every-shop.ts";
import type { ShopKind, ShopSettings } from "../config/shop-config.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { openShops } from "./open-shops.ts";
import { signDelivery } from "./sign-delivery.ts";

const at = instant(deliveredAtSeconds * 1000);
const signedKinds = everyKind.filter((kind) => everyShop[kind].signedBy.length > 0);
const settingsOf = (kind: ShopKind) =>
  ({ ...everyShop[kind].settings, kind, secrets: [everyShop[kind].secret] }) as ShopSettings;

describe("a delivery that we sign", () => {
  it.each(signedKinds)("has the headers that the shop itself sends (%s)", (kind) => {
    const { example, deliver } = everyShop[kind];
    const { headers, body } = deliver(example, { id: "msg_1", timestamp: deliveredAtSeconds });
    const ours = signDelivery(settingsOf(kind), { id: "msg_1", at, body });
    for (const name of everyShop[kind].signedBy) expect(ours.get(name)).toBe(headers.get(name));
  });

  it.each(signedKinds)("may be of any bytes, and is refused by what they are (%s)", (kind) => {
    const shop = openShops(new Map([[as.shop(kind), settingsOf(kind)]])).get(as.shop(kind));
    const becauseOf = (body: Uint8Array) =>
      shop?.read({ headers: signDelivery(settingsOf(kind), { id: "msg_1", at, body }), body }, at);
    expect(becauseOf(Buffer.from([0x22, 0xfc, 0x22]))).toEqual({
      outcome: "refused",
      because: "body_not_utf8",
    });
    expect(becauseOf(Buffer.from('{"a":'))).toEqual({ outcome: "refused", because: "body_not_json" });
    expect(becauseOf(Buffer.from("[".repeat(65)))).toMatchObject({ because: "body_too_deep" });
    expect(becauseOf(Buffer.from("7"))).toMatchObject({ because: "event_malformed" });
  });
});
