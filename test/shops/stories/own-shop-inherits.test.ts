import { a, b, back, cart, disputed, fifth, of, on, order, sold } from "./own-shop-tellings.ts";
import { playStories } from "./story.ts";

const first = (ref: string, more: object = {}) => sold(ref, { subscription: "S-1", ...more });
const further = (day: number, more: object = {}) =>
  sold(null, { order: "A-2", subscription: "S-1", cycle: "renewal", paidAt: on(day), ...more });

playStories("standard-webhooks", [
  {
    name: "a renewal while a dispute of the first order is open, which is then won",
    tells: (ref) => [first(ref), disputed(5, "opened"), further(31), disputed(40, "won")],
    ends: [...order(1000), of("A-2", 1000, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which the first order was refunded whole has nobody to inherit from",
    tells: (ref) => [first(ref), back(2, "R-1"), further(31)],
    ends: [...order(0), of("A-2", 0, { outcome: "unattributed" })],
  },
  {
    name: "a renewal, and a whole refund of the first order that did not happen after all",
    tells: (ref) => [first(ref), back(2, "R-1"), further(31), back(40, "R-1", { status: "failed" })],
    ends: [...order(1000), of("A-2", 1000, { cycle: "renewal" })],
  },
  {
    name: "an order of nothing that is amended to a price, paid, and refunded in part",
    tells: (ref) => [
      sold(ref, { netMinor: 0, taxMinor: 0, changedAt: on(0) }),
      sold(ref, { changedAt: on(3) }),
      back(5, "R-1", fifth),
    ],
    ends: order(800, { netMinor: 10_000 }),
  },
  {
    name: "an upgrade, then a part of the first order refunded, then all of the upgrade",
    tells: (ref) => [
      first(ref),
      further(10, { cycle: "upgrade" }),
      back(12, "R-1", fifth),
      back(13, "R-2", { order: "A-2" }),
    ],
    ends: [...order(800), of("A-2", 0)],
  },
  {
    name: "a line that an amendment makes nothing, whose part was refunded before",
    tells: (ref) => [
      sold(ref, { ...cart(a, b), changedAt: on(0) }),
      back(2, "R-1", { amountMinor: 4760, lines: [{ line: "b", netMinor: 4000, taxMinor: 760 }] }),
      sold(ref, { ...cart(a, { ...b, netMinor: 0, taxMinor: 0 }), changedAt: on(3) }),
    ],
    ends: order(200, { netMinor: 6000 }),
  },
]);
