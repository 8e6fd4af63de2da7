import { describe, expect, it } from "vitest";
import { deliveredAtSeconds } from "../../../test/shops/deliveries.ts";
import { everyKind, everyShop } from "../../../test/shops/every-shop.ts";
import type { ShopSettings } from "../config/shop-config.ts";
import { instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { checkDelivery } from "./check-event.ts";
import { openShops } from "./open-shops.ts";

const at = instant(deliveredAtSeconds * 1000);

describe("the event of a shop's check", () => {
  it.each(everyKind)("is taken, and records nothing (%s)", (kind) => {
    const settings = { ...everyShop[kind].settings, kind, secrets: [everyShop[kind].secret] } as ShopSettings;
    const shop = openShops(new Map([[as.shop(kind), settings]])).get(as.shop(kind));
    const reading = shop?.read(checkDelivery(settings, { id: "check_1", at }), at);
    const readings = reading?.outcome === "batch" ? reading.readings : [reading];
    expect(readings.map((one) => one?.outcome)).toEqual(["ignored"]);
  });
});
