import { createHmac } from "node:crypto";
import type { ShopKind, ShopSettings } from "../../../server/src/config/shop-config.ts";
import { openShops } from "../../../server/src/shops/open-shops.ts";
import type { Shop } from "../../../server/src/shops/shop.ts";
import { type Instant, instant } from "../../../server/src/words/clock.ts";
import { as } from "../../../server/src/words/ids.ts";
import { type Delivery, deliveredAtSeconds } from "../../shops/deliveries.ts";
import { everyKind, everyShop } from "../../shops/every-shop.ts";
import type { Section } from "../bench.ts";
import { type Figure, figure } from "../report.ts";

const now = instant(deliveredAtSeconds * 1000);

/** How long one kind of shop, and its control, are measured in a round, in milliseconds. */
const turnMs = 120;

/** What a webhook costs the processor before anything is stored: verified and normalised, beside its HMAC alone. */
export const shops: Section = async (bench) => {
  bench.note(
    "Webhooks are read in one thread without HTTP and database. Chargebee and Gumroad sign nothing: their control is the HMAC of the same body all the same.",
  );
  const figures: Figure[] = [];
  for (const kind of everyKind) {
    const shop = openShop(kind);
    const delivery = everyShop[kind].deliver(everyShop[kind].example, { timestamp: deliveredAtSeconds });
    const hmac = hmacOf(delivery, everyShop[kind].secret);
    const ours: number[] = [];
    const control: number[] = [];
    for (const measured of ["warm-up", ...Array<string>(bench.options.rounds).fill("round")]) {
      const [taken, hashed] = [perSecond(() => take(shop, delivery, now)), perSecond(hmac)];
      if (measured === "warm-up") continue;
      ours.push(taken);
      control.push(hashed);
    }
    bench.say(`${kind}: ${delivery.body.length} bytes`);
    figures.push(
      figure({
        section: "shops",
        what: `${kind} webhooks`,
        unit: "/s",
        rounds: ours,
        control: { what: `HMAC of ${delivery.body.length} B`, rounds: control },
      }),
    );
  }
  return figures;
};

function openShop(kind: ShopKind): Shop {
  const name = as.shop(kind);
  const settings = { ...everyShop[kind].settings, kind, secrets: [everyShop[kind].secret] } as ShopSettings;
  const shop = openShops(new Map([[name, settings]])).get(name);
  if (shop === undefined) throw new Error(`no shop ${kind}`);
  return shop;
}

function take(shop: Shop, delivery: Delivery, at: Instant): void {
  const reading = shop.read(delivery, at);
  const [first] = reading.outcome === "batch" ? reading.readings : [reading];
  if (first?.outcome !== "events") throw new Error(`${shop.kind} did not take its own example`);
}

const hmacOf =
  ({ body }: Delivery, secret: string) =>
  () =>
    void createHmac("sha256", secret).update(body).digest("hex");

function perSecond(work: () => void): number {
  const begun = performance.now();
  let done = 0;
  let elapsedMs = 0;
  while (elapsedMs < turnMs) {
    for (let batch = 0; batch < 50; batch++) work();
    done += 50;
    elapsedMs = performance.now() - begun;
  }
  return (done * 1000) / elapsedMs;
}
