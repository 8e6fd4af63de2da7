/** Events of a vendor's own shop as `docs/shops/own-shop.md` describes them. */

type Json = Record<string, unknown>;

const envelope = (type: string, timestamp: unknown, data: Json): Json => ({ type, timestamp, data });

/** `purchase.completed`: one renewal of 119.00 EUR, 19.00 of it tax. Members given replace or add to the data's. */
export function ownPurchaseCompleted(more: Json = {}): Json {
  const data = {
    order: "A-1001",
    cycle: "renewal",
    lines: [{ product: "acme-paint", description: "One year", quantity: 1, netMinor: 10000, taxMinor: 1900 }],
    netMinor: 10000,
    taxMinor: 1900,
    currency: "EUR",
    customer: { email: "customer@example.com" },
    licence: "AAAA-BBBB",
    reference: "r_0123456789",
    coupon: "SUMMER",
    paidAt: "2025-11-19T14:13:10Z",
    ...more,
  };
  return envelope("purchase.completed", data.paidAt, data);
}

/** `purchase.refunded`: all of 119.00 EUR. Members given replace or add to the data's. */
export function ownPurchaseRefunded(more: Json = {}): Json {
  const data = {
    order: "A-1001",
    refund: "R-1",
    amountMinor: 11900,
    currency: "EUR",
    refundedAt: "2025-11-20T09:00:00+01:00",
    ...more,
  };
  return envelope("purchase.refunded", data.refundedAt, data);
}

/** `purchase.disputed`: opened. Members given replace or add to the data's. */
export function ownPurchaseDisputed(more: Json = {}): Json {
  const data = {
    order: "A-1001",
    dispute: "D-1",
    status: "opened",
    amountMinor: 11900,
    currency: "EUR",
    disputedAt: "2025-11-21T09:00:00Z",
    ...more,
  };
  return envelope("purchase.disputed", data.disputedAt, data);
}
