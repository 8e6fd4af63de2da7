/**
 * FastSpring's deliveries as FastSpring sends them, with webhook expansion. Members follow
 * https://developer.fastspring.com/reference/ordercompleted and its neighbours; members nobody here reads are kept where
 * they make a body of a real one's shape.
 */

type Json = Record<string, unknown>;

/** What surrounds the object of an event. */
export interface FastspringEnvelope {
  eventId?: string;
  createdMs?: number;
  live?: boolean;
}

/** A delivery of several events. */
export const fastspringBatch = (...events: Json[]): Json => ({ events });

/** One event of a delivery. */
export function fastspringEvent(type: string, data: unknown, envelope: FastspringEnvelope = {}): Json {
  return {
    id: envelope.eventId ?? "vGfK0pRcTqSw8FZr8mUo3A",
    processed: false,
    created: envelope.createdMs ?? 1_763_561_590_123,
    type,
    live: envelope.live ?? true,
    data,
  };
}

/** What an order is about. Amounts are major units. */
export interface FastspringOrder extends FastspringEnvelope {
  id?: string;
  reference?: string | null;
  currency?: string;
  total?: number;
  tax?: number;
  tags?: unknown;
  email?: string | null;
  subscription?: string;
  attributes?: unknown;
  coupons?: unknown;
  more?: Json;
}

const orderOf = (order: FastspringOrder): Json => {
  const id = order.id ?? "NRlOHP0TSM6MwxzPMoc-dg";
  const total = order.total ?? 119;
  const tax = order.tax ?? (total === 119 ? 19 : 0);
  const contact = { first: "A.", last: "Customer", email: order.email ?? "customer@example.com" };
  return {
    order: id,
    id,
    reference: order.reference === undefined ? "ACM251119-7891-01112" : order.reference,
    buyerReference: null,
    ipAddress: "203.0.113.7",
    completed: true,
    changed: 1_763_561_590_000,
    changedInSeconds: 1_763_561_590,
    changedDisplay: "11/19/25",
    language: "en",
    live: order.live ?? true,
    currency: order.currency ?? "EUR",
    payoutCurrency: "EUR",
    account: { id: "abCdE1FGH2Hij3KLMnOpqR", account: "abCdE1FGH2Hij3KLMnOpqR", contact, language: "en" },
    address: { city: "Wien", postalCode: "1010", country: "AT", display: "1010 Wien, AT" },
    total,
    totalDisplay: `€${total}`,
    totalInPayoutCurrency: total,
    tax,
    taxInPayoutCurrency: tax,
    subtotal: total - tax,
    discount: 0.0,
    discountWithTax: 0.0,
    billDescriptor: "FS* fsprg.com",
    payment: { type: "test", cardEnding: "4242" },
    customer: { ...contact, email: order.email === undefined ? contact.email : order.email },
    tags: order.tags ?? {},
    coupons: order.coupons ?? [],
    items: [
      {
        product: "acme-paint-one-year",
        quantity: 1,
        display: "Acme Paint, one year",
        sku: null,
        subtotal: total - tax,
        discount: 0.0,
        attributes: order.attributes ?? {},
        fulfillments: {},
        ...(order.subscription === undefined ? {} : { subscription: subscriptionOf(order.subscription) }),
      },
    ],
    ...order.more,
  };
};

const subscriptionOf = (id: string): Json => ({
  id,
  subscription: id,
  active: true,
  state: "active",
  intervalUnit: "year",
  autoRenew: true,
});

/** `order.completed`: a purchase of 119.00 EUR, 19.00 of it tax by default. */
export const fastspringOrderCompleted = (order: FastspringOrder = {}): Json =>
  fastspringEvent("order.completed", orderOf(order), order);

/** `subscription.charge.completed`: a further year of the same price. */
export const fastspringChargeCompleted = (order: FastspringOrder & { subscription: string }): Json =>
  fastspringEvent(
    "subscription.charge.completed",
    {
      order: orderOf({ ...order, tags: order.tags ?? null }),
      currency: order.currency ?? "EUR",
      total: order.total ?? 119,
      status: "successful",
      timestamp: order.createdMs ?? 1_763_561_590_123,
      sequence: 2,
      periods: null,
      account: "abCdE1FGH2Hij3KLMnOpqR",
      subscription: subscriptionOf(order.subscription),
    },
    order,
  );

/** What a return is about. The amount is major units, tax included. */
export interface FastspringReturn extends FastspringEnvelope {
  id?: string;
  original?: string;
  reference?: string | null;
  currency?: string;
  total?: number;
  /** The part of the total that is tax. */
  tax?: number;
  completed?: boolean;
  items?: Json[];
}

/** `return.created`: all of 119.00 EUR by default. */
export function fastspringReturnCreated(returned: FastspringReturn = {}): Json {
  const total = returned.total ?? 119;
  const data = {
    return: returned.id ?? "aBCDE12fGH3iJkL4mNOpqr",
    quote: null,
    reference: "ACM251120-8910-11121D",
    completed: returned.completed ?? true,
    changed: 1_763_630_000_000,
    live: returned.live ?? true,
    account: "abCdE1FGH2Hij3KLMnOpqR",
    currency: returned.currency ?? "EUR",
    payoutCurrency: "EUR",
    totalReturn: total,
    ...(returned.tax === undefined ? {} : { tax: returned.tax, subtotal: total - returned.tax }),
    totalReturnDisplay: `€${total}`,
    totalReturnInPayoutCurrency: total,
    original: {
      id: returned.original ?? "NRlOHP0TSM6MwxzPMoc-dg",
      order: returned.original ?? "NRlOHP0TSM6MwxzPMoc-dg",
      reference: returned.reference === undefined ? "ACM251119-7891-01112" : returned.reference,
      account: "abCdE1FGH2Hij3KLMnOpqR",
      currency: returned.currency ?? "EUR",
      total: 119,
      tax: 19,
    },
    customer: { first: "A.", last: "Customer", email: "customer@example.com" },
    reason: "Product Not Received",
    note: "",
    type: "RETURN",
    items: returned.items ?? [],
  };
  return fastspringEvent("return.created", data, returned);
}
