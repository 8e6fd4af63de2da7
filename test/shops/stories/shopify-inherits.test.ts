import {
  moneySet,
  shopifyBillingAttempt,
  shopifyContractCreated,
  shopifyOrderPaid,
} from "../shopify-fixtures.ts";
import { back, disputed, id, of, on, order } from "./shopify-tellings.ts";
import { playStories } from "./story.ts";

const paid = (reference: string, day = 0, { more = {}, ...sale }: Record<string, unknown> = {}) =>
  shopifyOrderPaid({
    attributes: { reference },
    ...sale,
    more: { updated_at: on(day), ...(more as object) },
  });
const renewal = () => [
  paid("", 31, { id: 8, source: "subscription_contract_checkout_one" }),
  shopifyBillingAttempt(8),
];

playStories("shopify", [
  {
    name: "a renewal while a dispute of the first order is open, which is then won",
    tells: (ref) => [
      paid(ref),
      shopifyContractCreated(id),
      disputed(1, "needs_response", { at: on(5) }),
      ...renewal(),
      disputed(1, "won", { at: on(5), finalizedOn: on(40) }),
    ],
    ends: [...order(1000), of(8, 1000, { cycle: "renewal" })],
  },
  {
    name: "a renewal of which the first order was refunded whole has nobody to inherit from",
    tells: (ref) => [paid(ref), shopifyContractCreated(id), back(2, "119.00"), ...renewal()],
    ends: [...order(0), of(8, 0, { outcome: "unattributed" })],
  },
  {
    name: "an order of nothing that an edit gave a price, paid, and refunded in part",
    tells: (ref) => {
      const now = {
        ...{ current_total_price: "119.00", current_total_price_set: moneySet("119.00", "EUR") },
        ...{ current_total_tax: "19.00", current_total_tax_set: moneySet("19.00", "EUR") },
      };
      const free = { total: "0.00", tax: "0.00" };
      return [paid(ref, 0, free), paid(ref, 2, { ...free, more: now }), back(5, "23.80")];
    },
    ends: order(800, { netMinor: 10_000 }),
  },
]);
