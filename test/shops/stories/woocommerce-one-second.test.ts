import { playStories } from "./story.ts";
import { half, order, told } from "./woo-orders.ts";

// Three changes within one second: the order is told as it was, as something else, and as it was again. Times have whole
// seconds, so no reading can tell which was last; `docs/shops/woocommerce.md` says what counts. Save the order once more
// and it is told as it is.
const corrected = { total: "59.50", tax: "9.50" };

playStories("woocommerce", [
  {
    name: "a refund that was entered and deleted within one second counts",
    tells: (ref) => [told(ref, 2), told(ref, 2, { refunds: [half] }), told(ref, 2)],
    ends: order(500),
  },
  {
    name: "a refund that was entered and deleted within one second, and the order saved once more",
    tells: (ref) => [told(ref, 2), told(ref, 2, { refunds: [half] }), told(ref, 2), told(ref, 3)],
    ends: order(1000),
  },
  {
    name: "an order that was cancelled and completed within one second is cancelled",
    tells: (ref) => [told(ref, 2), told(ref, 2, { status: "cancelled" }), told(ref, 2)],
    ends: order(0),
  },
  {
    name: "an order that was cancelled and completed within one second, and saved once more",
    tells: (ref) => [told(ref, 2), told(ref, 2, { status: "cancelled" }), told(ref, 2), told(ref, 3)],
    ends: order(1000),
  },
  {
    name: "of two prices of one second the larger counts, whichever comes last",
    tells: (ref) => [told(ref, 2, corrected), told(ref, 2), told(ref, 2, corrected)],
    ends: order(1000, { netMinor: 10_000 }),
  },
  {
    name: "two prices of one second, and the order saved once more",
    tells: (ref) => [told(ref, 2, corrected), told(ref, 2), told(ref, 2, corrected), told(ref, 3, corrected)],
    ends: order(500, { netMinor: 5000 }),
  },
]);
